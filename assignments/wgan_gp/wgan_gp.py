# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [raw]
# # ASSIGNMENT CONFIG
# name: wgan_gp
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # Wasserstein GAN with gradient penalty
#
# ![Five rows of twelve small images. The first four rows show the same twelve latent points after 1, 3, 10 and 150 epochs of training: grey blots at first, then strokes, at last handwritten digits. The fifth row shows twelve real digits, which look much the same.](data/cover.png)
#
# Each of the first four rows shows the same twelve random points, turned into images by one network while it learns. At
# the end of this notebook you have trained that network yourself, in about half a minute. It never sees a digit: all it
# ever hears is how a second network, its critic, scores what it makes.
#
# In a *generative adversarial network* (GAN) a **generator** turns noise into images and a **discriminator** tells them
# from real ones. The first GANs were hard to train: a discriminator that had become good had nothing left to teach. A
# *Wasserstein GAN* (WGAN) replaces it with a **critic**, which does not judge "real or fake" but measures *how far
# apart* the two kinds of image are, and the *gradient penalty* (GP) keeps that measure honest (Gulrajani et al., 2017).
#
# **You need** `keras.Model` subclasses and `tf.GradientTape`; having seen an ordinary GAN helps. **It takes** about 90
# minutes. Nothing here needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `discriminator_loss`: what the critic minimises | 10 |
# | 2 | `generator_loss`: what the generator minimises | 10 |
# | 3 | `WGAN.gradient_penalty`: keep the critic's slope at 1 | 30 |
# | 4 | `WGAN.compile`: two optimizers, two losses | 15 |
# | 5 | `WGAN.train_step`: several steps of the critic, one of the generator | 35 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it. Each question can be solved even if
# an earlier one is not right yet; where your code uses an earlier answer, the text says so.

# %% [markdown]
# ## Set-up
#
# Run these cells first. In Google Colab the first one installs what is missing and asks for the zip file that you were
# given.

# %%
import json
import os
import sys
import zipfile
from pathlib import Path

if "google.colab" in sys.modules:
    get_ipython().run_line_magic("pip", "install --quiet otter-grader==7.0.0")
    if Path("wgan_gp").is_dir():
        os.chdir("wgan_gp")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("wgan_gp").is_dir():
            os.chdir("wgan_gp")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("wgan_gp.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("wgan_gp.ipynb")

# %%
import contextlib
import inspect

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers, ops

keras.utils.set_random_seed(7)


@contextlib.contextmanager
def picture(waits_for):
    """Draw what stands in the block; while an answer that it needs is not written yet, say so instead."""
    try:
        yield
        plt.show()
    except NotImplementedError:
        plt.close("all")
        print(f"A picture comes here. It waits for {waits_for}.")


# %% [markdown]
# The data: 1,797 handwritten digits of 8 × 8 pixels, scaled to values from −1 (paper) to 1 (ink), as an array of shape
# `(N, H, W, C)` with one channel.

# %%
with np.load("data/digits.npz") as digits:
    images = digits["images"][..., None].astype("float32") / 8 - 1
print("images:", images.shape, " from", images.min(), "to", images.max())


def show_images(images, title="", columns=12):
    """Draw images of shape `(N, H, W, C)` side by side, `columns` to a row."""
    images = np.asarray(images)
    rows = -(-len(images) // columns)
    height, width = images.shape[1:3]
    sheet = np.full((rows * (height + 1) + 1, columns * (width + 1) + 1), -1.0)
    for i, image in enumerate(images):
        top, left = i // columns * (height + 1) + 1, i % columns * (width + 1) + 1
        sheet[top : top + height, left : left + width] = image[..., 0]
    plt.figure(figsize=(0.8 * columns, 0.8 * rows + 0.3))
    plt.imshow(-sheet, cmap="gray", vmin=-1, vmax=1)
    plt.title(title, loc="left")
    plt.axis("off")


# %% tags=["demo"]
show_images(images[:12], "twelve of the real digits")
plt.show()

# %% [markdown]
# ### The two networks
#
# They are given, so that you can think about how to train them. The generator maps a *latent* point, `D` = 16 numbers
# drawn from a standard normal distribution, to an image; `tanh` keeps its pixels between −1 and 1. The critic maps an
# image to one **score**: any number at all, so its last layer has no activation. On images this small dense layers do
# well and train in seconds.
#
# The text says *critic*; the code says `discriminator`, as most code for GANs does.

# %%
LATENT_DIM = 16


def build_discriminator():
    """The critic: images `(B, 8, 8, 1)` → scores `(B, 1)`."""
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Flatten(),
            layers.Dense(256),
            layers.LeakyReLU(0.2),
            layers.Dense(128),
            layers.LeakyReLU(0.2),
            layers.Dense(1),
        ],
        name="discriminator",
    )


def build_generator():
    """Latent points `(B, LATENT_DIM)` → images `(B, 8, 8, 1)` between −1 and 1."""
    return keras.Sequential(
        [
            keras.Input((LATENT_DIM,)),
            layers.Dense(128),
            layers.LeakyReLU(0.2),
            layers.Dense(256),
            layers.LeakyReLU(0.2),
            layers.Dense(64, activation="tanh"),
            layers.Reshape((8, 8, 1)),
        ],
        name="generator",
    )


# %% tags=["demo"]
untrained = build_generator()
for network in (untrained, build_discriminator()):
    print(f"{network.name}: {network.count_params():,} parameters")
show_images(untrained(keras.random.normal((12, LATENT_DIM))), "what the generator makes before training")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: discriminator_loss

# %% [markdown]
# ## 1 · What the critic wants
#
# The critic $D$ gives each image a score. It wants real images to score high and generated ones to score low, with as
# wide a **gap** as it can:
#
# $$\text{gap} = \frac1B \sum_{i=1}^{B} D(x_i) \;-\; \frac1B \sum_{i=1}^{B} D(\tilde x_i)$$
#
# Among all critics whose slope is nowhere steeper than 1, the widest gap is the *Wasserstein distance*: how far, on
# average, one would have to move the generated images to turn them into the real ones. That is what makes the score
# worth learning from. (Question 3 sees to the slope.)
#
# An optimizer makes a loss **small**. You write the loss that makes the gap **wide**.
#
# | symbol | in code | shape |
# |---|---|---|
# | $D(x_i)$ | `real_scores` | `(B, 1)`: one score for each real image |
# | $D(\tilde x_i)$ | `fake_scores` | `(B, 1)`: one score for each generated image |
# | the loss | what you return | `()`: a single number |

# %% [markdown]
# **The wrong turn** is the habit of earlier GANs: a sigmoid and a cross-entropy. Picture images of a single pixel, the
# generated ones near −0.5 and the real ones near 0.5. A discriminator with a sigmoid soon tells them apart, and then it
# is flat wherever there are images: a generated image that moves a little sees no change. A straight score has the same
# slope everywhere, however easy the two are to tell apart.

# %% tags=["demo"]
pixel = np.linspace(-1, 1, 201)
sigmoid = 1 / (1 + np.exp(-20 * pixel))
figure, axes = plt.subplots(1, 2, figsize=(10, 3.2))
axes[0].plot(pixel, sigmoid, label="discriminator with a sigmoid", color="#0072B2")
axes[0].plot(pixel, pixel, "--", label="critic of slope 1", color="#D55E00")
axes[1].plot(pixel, 20 * sigmoid * (1 - sigmoid), color="#0072B2")
axes[1].plot(pixel, np.ones_like(pixel), "--", color="#D55E00")
for axis, title in zip(axes, ["score", "slope of the score: what the generator learns from"]):
    axis.axvspan(-0.7, -0.3, color="black", alpha=0.08)
    axis.axvspan(0.3, 0.7, color="black", alpha=0.2)
    axis.set(title=title, xlabel="value of the pixel (left band: generated, right band: real)")
axes[0].legend()
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
def discriminator_loss(real_scores, fake_scores):
    """The critic's loss: small when real images score high and generated ones low.

    `real_scores`, `fake_scores`: float tensors of shape `(B, 1)`, any numbers. Returns a scalar
    float tensor, shape `()`: **minus the gap** between the two mean scores. No sigmoid, no
    logarithm, no clipping. It is differentiable and works in graph mode.

    Example: real_scores = [[4], [1], [-2]] and fake_scores = [[0], [-3], [0.6]] give -1.8: the
    means are 1 and -0.8, the gap is 1.8.
    """
    # BEGIN SOLUTION NO PROMPT
    return ops.mean(fake_scores) - ops.mean(real_scores)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("discriminator_loss is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# If every real score grows by 1, the critic has done better. What should the loss do?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# The loss has two terms, and one of them is negative. Try the docstring's example by hand.
# </details>
# <details><summary>Hint 3: a name to look up</summary>
#
# `keras.ops.mean`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The docstring's example comes out."
failure_message: "Expected: the docstring's example."
""" # END TEST CONFIG


def test_example(discriminator_loss):
    import numpy as np
    import tensorflow as tf

    got = np.asarray(discriminator_loss(tf.constant([[4.0], [1], [-2]]), tf.constant([[0.0], [-3], [0.6]])))
    assert got.shape == (), f"expected a single number of shape (), got shape {got.shape}: take the mean over all scores"
    causes = {
        1.8: " That is the gap: an optimizer would close it.",
        0.2: " One sign is wrong.",
        -0.2: " One sign is wrong.",
        -5.4: " Means, not sums.",
    }
    cause = next((cause for value, cause in causes.items() if np.allclose(got, value, atol=1e-3)), "")
    assert np.allclose(got, -1.8, atol=1e-4), f"expected -1.8, got {got:.4g}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each real score pulls the loss down, each generated one pushes it up, all with the same force."
failure_message: "Expected: each real score pulls the loss down, each generated one pushes it up, all with the same force."
""" # END TEST CONFIG


def test_gradients(discriminator_loss):
    import numpy as np
    import tensorflow as tf

    real, fake = tf.Variable([[30.0], [-1], [2], [0]]), tf.Variable([[-20.0], [1], [5], [0.5]])
    with tf.GradientTape() as tape:
        loss = discriminator_loss(real, fake)
    to_real, to_fake = tape.gradient(loss, [real, fake])
    assert to_real is not None and to_fake is not None, (
        "no gradient from the loss to the scores: stay with keras.ops or tf functions all the way"
    )
    for name, gradient, wanted in [("real", to_real, -0.25), ("generated", to_fake, 0.25)]:
        got = np.asarray(gradient).ravel()
        assert np.allclose(got, wanted, atol=1e-4), (
            f"with 4 images, when a {name} score grows by 1 the loss should change by {wanted}; yours changes by {got.round(3)}"
        )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A critic made by hand: it compares an image with the average digit. Here are its scores for real digits
# and for grey noise, and what your loss says of it. A critic that has learned will do far better.

# %% tags=["demo"]
with picture("discriminator_loss"):
    template = images.mean(axis=0) / np.linalg.norm(images.mean(axis=0))
    noise = np.random.default_rng(0).uniform(-1, 1, images.shape).astype("float32")
    real_scores = ops.sum(images * template, axis=(1, 2, 3))[:, None]
    fake_scores = ops.sum(noise * template, axis=(1, 2, 3))[:, None]
    loss = float(discriminator_loss(real_scores, fake_scores))
    plt.figure(figsize=(7, 3.2))
    plt.hist(np.ravel(fake_scores), 40, alpha=0.6, color="#0072B2", label="noise", hatch="//")
    plt.hist(np.ravel(real_scores), 40, alpha=0.6, color="#D55E00", label="real digits")
    plt.title(f"a critic made by hand: its loss is {loss:.2f}", loc="left")
    plt.xlabel("score")
    plt.ylabel("images")
    plt.legend()

# %% [raw]
# # BEGIN QUESTION
# name: generator_loss

# %% [markdown]
# ## 2 · What the generator wants
#
# The generator wants the same gap **narrow**. It has no hand in the scores of real images: they are a constant to it.
# So it looks at its own images only and wants their mean score high:
#
# $$\text{what it wants high} = \frac1B \sum_{i=1}^{B} D(\tilde x_i)$$
#
# Again an optimizer makes a loss small.
#
# | symbol | in code | shape |
# |---|---|---|
# | $D(\tilde x_i)$ | `fake_scores` | `(B, 1)`: the critic's score for each generated image |
# | the loss | what you return | `()`: a single number |
#
# **The wrong turn** here is to give the generator the critic's loss and turn round the sign of the whole. Its gradient
# would be the same, but the number would be another, and the real images would have to be scored once more for nothing.

# %% [raw]
# # BEGIN SOLUTION


# %%
def generator_loss(fake_scores):
    """The generator's loss: small when the critic scores the generated images high.

    `fake_scores`: float tensor of shape `(B, 1)`, any numbers. Returns a scalar float tensor, shape
    `()`. No sigmoid, no logarithm, no clipping. It is differentiable and works in graph mode.

    Example: fake_scores = [[0], [-3], [0.6]] give 0.8.
    """
    # BEGIN SOLUTION NO PROMPT
    return -ops.mean(fake_scores)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("generator_loss is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# If the critic likes a generated image better than before, has the generator done better or worse? What should its loss
# do?
# </details>
# <details><summary>Hint 2: a name to look up</summary>
#
# `keras.ops.mean`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The docstring's example comes out."
failure_message: "Expected: the docstring's example."
""" # END TEST CONFIG


def test_example(generator_loss):
    import numpy as np
    import tensorflow as tf

    got = np.asarray(generator_loss(tf.constant([[0.0], [-3], [0.6]])))
    assert got.shape == (), f"expected a single number of shape (), got shape {got.shape}: take the mean over all scores"
    causes = {-0.8: " The sign is wrong: the generator wants high scores.", 2.4: " The mean, not the sum."}
    cause = next((cause for value, cause in causes.items() if np.allclose(got, value, atol=1e-3)), "")
    assert np.allclose(got, 0.8, atol=1e-4), f"expected 0.8, got {got:.4g}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Every score counts the same, however high or low it is."
failure_message: "Expected: every score counts the same, however high or low it is."
""" # END TEST CONFIG


def test_gradients(generator_loss):
    import numpy as np
    import tensorflow as tf

    fake = tf.Variable([[-30.0], [1], [50], [0.5]])
    with tf.GradientTape() as tape:
        loss = generator_loss(fake)
    gradient = tape.gradient(loss, fake)
    assert gradient is not None, "no gradient from the loss to the scores: stay with keras.ops or tf functions all the way"
    got = np.asarray(gradient).ravel()
    assert np.allclose(got, -0.25, atol=1e-4), (
        f"with 4 images, when a score grows by 1 the loss should change by -0.25; yours changes by {got.round(3)}"
    )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A tug of war. Both losses for one real image with score 1, as the score of one generated image moves: what
# lowers one of them raises the other.

# %% tags=["demo"]
with picture("discriminator_loss and generator_loss"):
    scores = np.linspace(-3, 3, 13, dtype="float32")
    fakes = [ops.reshape(score, (1, 1)) for score in scores]
    critics = [discriminator_loss(ops.ones((1, 1)), fake) for fake in fakes]
    generators = [generator_loss(fake) for fake in fakes]
    plt.figure(figsize=(7, 3.2))
    plt.plot(scores, critics, "o-", color="#0072B2", label="critic's loss")
    plt.plot(scores, generators, "s--", color="#D55E00", label="generator's loss")
    plt.xlabel("score of the generated image")
    plt.ylabel("loss")
    plt.legend()

# %% [markdown]
# ## The class `WGAN`
#
# The next three answers are methods of one class. It begins here with what it is made of. You need not read `part_of`:
# Python has no way to go on with a class in a later cell, and `@part_of(WGAN)` makes one. The methods of the class
# below it join `WGAN`, and `super()` works in them as in any class. You can run such a cell as often as you like. If
# you run the one below again, the class begins anew: then run your answers again as well.

# %%
def part_of(whole):
    """A decorator: what the class below it defines becomes part of the class `whole`."""

    def join(part):
        for name, value in vars(part).items():
            if not name.startswith("__") or name == "__init__":
                setattr(whole, name, value)
            function = inspect.unwrap(getattr(value, "fget", value))
            for cell in getattr(function, "__closure__", None) or ():
                if cell.cell_contents is part:  # what super() reads
                    cell.cell_contents = whole
        return whole

    return join


class WGAN(keras.Model):
    """A generator and its critic, trained together.

    discriminator: the critic, a model from images `(B, H, W, C)` to scores `(B, 1)`.
    generator: a model from latent points `(B, latent_dim)` to images `(B, H, W, C)`.
    discriminator_extra_steps: how many steps the critic takes for each step of the generator; kept
        as `d_steps`.
    gp_weight: what the gradient penalty is multiplied by in the critic's loss.
    """

    def __init__(self, discriminator, generator, latent_dim, discriminator_extra_steps=3, gp_weight=10.0):
        super().__init__()
        self.discriminator = discriminator
        self.generator = generator
        self.latent_dim = latent_dim
        self.d_steps = discriminator_extra_steps
        self.gp_weight = gp_weight


# %% [raw]
# # BEGIN QUESTION
# name: gradient_penalty

# %% [markdown]
# ## 3 · Keep the slope at 1
#
# Without a limit the critic can widen its gap by making everything steeper: twice the scores, twice the gap, and
# nothing learned about digits. The gap is a distance only if the critic's slope is at most 1 everywhere, and the best
# such critic has a slope of exactly 1 on the straight lines that lead from generated images to real ones. So we pick a
# random point $\hat x$ on such a line for each example, measure the slope there, and charge for its difference from 1:
#
# $$\hat x_i = x_i + \alpha_i\,(\tilde x_i - x_i), \qquad \alpha_i \sim \mathcal U(0, 1)$$
#
# $$\text{penalty} = \frac1B \sum_{i=1}^{B} \Big( \big\lVert \nabla_{\hat x_i} D(\hat x_i) \big\rVert_2 - 1 \Big)^2$$
#
# The slope of a function of many pixels is the *norm of its gradient*: the square root of the sum of its squares over
# all pixels and channels **of one image**.
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$, $\tilde x$ | `real_images`, `fake_images` | `(B, H, W, C)` |
# | $\alpha$ | random numbers that you draw | `(B, 1, 1, 1)`: one for each **example**, new in **each call** |
# | $\hat x$ | the points on the lines | `(B, H, W, C)` |
# | $\nabla_{\hat x} D(\hat x)$ | gradient of the scores with respect to $\hat x$ | `(B, H, W, C)` |
# | $\lVert\cdot\rVert_2$ | slope for each example | `(B,)` |
# | penalty | what you return | `()` |
#
# The whole penalty must stay differentiable, since the critic learns from it: the gradient of a gradient.

# %% [markdown]
# **Two wrong turns.** The first is the shape of $\alpha$. Shapes are matched from their *last* axis, so an $\alpha$ of
# shape `(B,)` or `(B, 1)` meets the wrong axis, and with digits of 8 × 8 pixels in a batch of 8, no error tells you.
# Below, the second line has the right shape in the end, and yet each *row of pixels* got a number of its own.
#
# The second is NumPy. `fit` runs `train_step` in *graph mode*: Python code runs once, is recorded, and the recording is
# played for each batch. A number that NumPy drew is in the recording, the same in every batch. Also, in graph mode
# `batch_size` may be a tensor whose value is not known while recording. `keras.random` and `tf.random` know how to deal
# with both.

# %% tags=["demo"]
batch = np.zeros((8, 8, 8, 1))
for shape in [(8,), (8, 1), (8, 1, 1, 1)]:
    product = np.ones(shape) * batch
    print(f"alpha of shape {shape!s:12} times a batch of shape {batch.shape} gives {product.shape}")


@tf.function
def draw():
    return np.random.uniform(), keras.random.uniform(())


print("\nthree draws in graph mode")
for name, draws in zip(["NumPy", "Keras"], zip(*[draw() for _ in range(3)])):
    print(f"  {name}:", *[f"{float(number):.3f}" for number in draws])

# %% tags=["demo"]
fraction = np.linspace(0, 1, 12).reshape(-1, 1, 1, 1)
fake_image = np.asarray(build_generator()(keras.random.normal((1, LATENT_DIM))))
points = images[:1] + fraction * (fake_image - images[:1])
show_images(points, "points on the line from a real image (left) to a generated one (right)")
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
@part_of(WGAN)
class WGAN:
    def gradient_penalty(self, batch_size, real_images, fake_images):
        """How far the critic's slope is from 1 between real and generated images.

        `batch_size`: B, an integer; in graph mode it may be a scalar tensor. `real_images`,
        `fake_images`: float tensors of shape `(B, H, W, C)`. H, W and C need not be those of our
        digits.

        Returns a scalar float tensor, shape `()`: the mean over the examples of (norm of the
        gradient - 1)², **not** multiplied by `gp_weight`. Each example has one alpha, uniform
        between 0 and 1 and new in each call, also in graph mode. The norm is over all axes of one
        image. Slopes below 1 cost as slopes above 1 do. The critic is called with `training=True`,
        as everywhere in this notebook. A gradient flows from the penalty to the critic's weights.

        Example: for a critic D(x) = 3·x₁ + 4·x₂ on images of two pixels the gradient is (3, 4)
        everywhere, its norm 5, and the penalty 16.
        """
        # BEGIN SOLUTION NO PROMPT
        alpha = keras.random.uniform((batch_size, 1, 1, 1))
        points = real_images + alpha * (fake_images - real_images)
        with tf.GradientTape() as tape:
            tape.watch(points)
            scores = self.discriminator(points, training=True)
        gradients = tape.gradient(scores, points)
        norms = ops.sqrt(ops.sum(ops.square(gradients), axis=(1, 2, 3)))
        return ops.mean(ops.square(norms - 1))
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. Draw one alpha for each example, and find the points on the lines.
        # 2. Score these points under a tape. A tape records what happens to variables; tell it to
        #    record these points as well.
        # 3. Take the gradient of the scores with respect to the points: shape (B, H, W, C).
        # 4. Take each example's norm, shape (B,), and from it the penalty.
        raise NotImplementedError("WGAN.gradient_penalty is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# The points are not variables. Has the tape been told to watch them *before* the critic scores them?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# The tape gives you the gradient of the *sum* of all scores. Since each score depends on its own image only, row `i` of
# it is the gradient of score `i`. The norm of that row is a sum over all its axes, so all but the first.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.random.uniform`, `tf.GradientTape.watch`, `keras.ops.sqrt`, `keras.ops.sum` with a tuple as its `axis`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "For a critic whose gradient is the same everywhere, the penalty is (norm - 1)²."
failure_message: "Expected: (norm - 1)² for a critic whose gradient is the same everywhere."
""" # END TEST CONFIG


def test_linear_critic(WGAN):
    import keras
    import numpy as np

    critic = keras.Sequential([keras.Input((1, 2, 1)), keras.layers.Flatten(), keras.layers.Dense(1, use_bias=False)])
    real, fake = keras.random.normal((5, 1, 2, 1), seed=1), keras.random.normal((5, 1, 2, 1), seed=2)
    wgan = WGAN(critic, keras.Sequential(), latent_dim=3)
    for weights, expected in [([3, 4], 16), ([0.3, 0.4], 0.25)]:
        critic.set_weights([np.float32(weights).reshape(2, 1)])
        got = np.asarray(wgan.gradient_penalty(5, real, fake))
        assert got.shape == (), f"expected a single number of shape (), got shape {got.shape}"
        causes = {
            (5**0.5 * 5 - 1) ** 2: " Is your norm over the whole batch? Each example has a norm of its own.",
            24**2: " The norm has a square root.",
            0.75**2: " The norm has a square root.",
            (12.5**0.5 - 1) ** 2: " A norm sums the squares; yours averages them.",
            36: " The gradient's elements are summed before they are squared.",
            160: " It is multiplied by gp_weight; that comes in question 5.",
            80: " The mean over the examples, not the sum.",
        }
        cause = next((cause for value, cause in causes.items() if np.allclose(got, value, rtol=1e-3)), "")
        assert np.allclose(got, expected, rtol=1e-3), f"gradient {weights}: expected {expected}, got {got:.4g}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each example has one point on its own line, and a slope of its own."
failure_message: "Expected: one point on the line for each example, and a slope of its own."
""" # END TEST CONFIG


def test_points_on_lines(WGAN):
    import keras
    import numpy as np
    import tensorflow as tf

    seen = []

    class Critic(keras.Model):
        def call(self, images, training=False):
            tf.py_function(lambda each: seen.append(each.numpy()), [images], [])
            return keras.ops.sum(keras.ops.square(images), axis=(1, 2, 3))[:, None]

    real, fake = keras.random.normal((6, 2, 5, 3), seed=1), 7 + keras.random.normal((6, 2, 5, 3), seed=2)
    wgan = WGAN(Critic(), keras.Sequential(), latent_dim=3)
    got = np.asarray(wgan.gradient_penalty(6, real, fake))
    points = seen[-1]
    assert points.shape == real.shape, (
        f"images have shape {real.shape}, but the critic was given {points.shape}: is alpha's shape (B, 1, 1, 1)?"
    )
    alpha = np.reshape((points - real) / (fake - real), (6, -1))
    assert np.ptp(alpha, axis=1).max() < 1e-3, (
        "the pixels of one image have different alphas: its point is not on the line. Is alpha's shape (B, 1, 1, 1)?"
    )
    assert alpha.min() > -1e-3 and alpha.max() < 1.001, (
        f"alpha goes from {alpha.min():.2f} to {alpha.max():.2f}: expected numbers between 0 and 1"
    )
    assert np.ptp(alpha[:, 0]) > 1e-3, f"all examples of the batch have the same alpha {alpha[0, 0]:.3f}"
    norms = np.linalg.norm(2 * points.reshape(6, -1), axis=1)
    expected, cause = np.mean((norms - 1) ** 2), ""
    if np.allclose(got, (norms - 1).mean() ** 2, rtol=1e-3):
        cause = " That is the square of the mean difference, instead of the mean of the squares."
    assert np.allclose(got, expected, rtol=1e-3), (
        f"six different slopes: expected the penalty {expected:.2f}, got {got:.2f}.{cause}"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "The critic can learn from the penalty, in graph mode too."
failure_message: "Expected: a penalty that the critic can learn from, in graph mode too."
""" # END TEST CONFIG


def test_critic_learns(WGAN):
    import keras
    import numpy as np
    import tensorflow as tf

    critic = keras.Sequential([keras.Input((1, 2, 1)), keras.layers.Flatten(), keras.layers.Dense(1, use_bias=False)])
    critic.set_weights([np.float32([[3], [4]])])
    wgan = WGAN(critic, keras.Sequential(), latent_dim=3)
    real, fake = tf.zeros((4, 1, 2, 1)), tf.ones((4, 1, 2, 1))

    def gradient(real, fake):
        with tf.GradientTape() as tape:
            penalty = wgan.gradient_penalty(tf.shape(real)[0], real, fake)
        return tape.gradient(penalty, critic.trainable_weights[0])

    got = gradient(real, fake)
    assert got is not None, (
        "no gradient from the penalty to the critic's weights: stay with keras.ops or tf functions all the way"
    )
    assert np.allclose(got, [[4.8], [6.4]], rtol=1e-3), (
        f"for a critic with weights (3, 4) expected the penalty's gradient (4.8, 6.4), got {np.asarray(got).ravel().round(3)}"
    )
    unknown = tf.TensorSpec((None, 1, 2, 1))
    got = tf.function(gradient, input_signature=[unknown, unknown], autograph=False)(real, fake)
    assert np.allclose(got, [[4.8], [6.4]], rtol=1e-3), "in graph mode the gradient is another than outside of it"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Images of one pixel again: generated ones near −0.5, real ones near 0.5, so the distance is 1. Two critics
# train for 300 steps on your loss, one with your penalty and one without. With the penalty the slope settles just above
# 1, where the two forces balance, and the gap near 1. Without it the gap has no end.

# %% tags=["demo"]
def train_line_critic(gp_weight, steps=300):
    """Train a critic of one-pixel images; returns it and its loss on the last batch."""
    keras.utils.set_random_seed(1)
    hidden = [layers.Dense(32, "tanh"), layers.Dense(32, "tanh")]
    critic = keras.Sequential([keras.Input((1, 1, 1)), layers.Flatten(), *hidden, layers.Dense(1)])
    left, right = np.asarray(critic(np.float32([-0.5, 0.5]).reshape(2, 1, 1, 1))).ravel()
    if left > right:
        # Along a single pixel a slope of -1 can become 1 only by way of 0, and the penalty bars that way.
        critic.layers[-1].kernel.assign(-critic.layers[-1].kernel)
    wgan, optimizer = WGAN(critic, keras.Sequential(), latent_dim=1), keras.optimizers.Adam(0.01)
    optimizer.build(critic.trainable_weights)

    @tf.function
    def step():
        real, fake = (keras.random.normal((128, 1, 1, 1), centre, 0.1) for centre in (0.5, -0.5))
        with tf.GradientTape() as tape:
            loss = discriminator_loss(critic(real), critic(fake))
            total = loss + gp_weight * wgan.gradient_penalty(128, real, fake)
        optimizer.apply(tape.gradient(total, critic.trainable_weights), critic.trainable_weights)
        return loss

    for _ in range(steps):
        loss = step()
    return critic, float(loss)


with picture("WGAN.gradient_penalty"):
    pixel = np.linspace(-1, 1, 161, dtype="float32").reshape(-1, 1, 1, 1)
    plt.figure(figsize=(7, 3.6))
    for gp_weight, style, colour in [(10.0, "-", "#D55E00"), (0.0, "--", "#0072B2")]:
        critic, loss = train_line_critic(gp_weight)
        scores = np.asarray(critic(pixel)).ravel()
        label = f"gp_weight = {gp_weight:g}: gap {-loss:.1f}"
        plt.plot(pixel.ravel(), scores - scores[80], style, color=colour, label=label)
    plt.axvspan(-0.7, -0.3, color="black", alpha=0.08)
    plt.axvspan(0.3, 0.7, color="black", alpha=0.2)
    plt.ylim(-2, 2)
    plt.xlabel("value of the pixel (left band: generated, right band: real)")
    plt.ylabel("score, minus the score at 0")
    plt.legend()

# %% [raw]
# # BEGIN QUESTION
# name: compile

# %% [markdown]
# ## 4 · A `compile` of its own
#
# `compile` tells a model how it will be trained. That of `keras.Model` takes one optimizer and one loss. Ours has two
# networks that want opposite things, so it needs **two optimizers and two losses**, and a `compile` with another
# signature that keeps them for `train_step`:
#
# | argument | kept as | what it is |
# |---|---|---|
# | `d_optimizer` | `self.d_optimizer` | moves the critic |
# | `g_optimizer` | `self.g_optimizer` | moves the generator |
# | `d_loss_fn` | `self.d_loss_fn` | `d_loss_fn(real_scores, fake_scores)` → scalar |
# | `g_loss_fn` | `self.g_loss_fn` | `g_loss_fn(fake_scores)` → scalar |
#
# **The wrong turn** is to forget that `keras.Model` has a `compile` too, which prepares the model for `fit`. A class
# that overrides a method should usually call the one it overrides. Below is what happens to a class that does not: the
# model *was* compiled, and yet `fit` says that it was not.

# %% tags=["demo"]
class Forgetful(keras.Model):
    def compile(self, how):
        self.how = how

    def train_step(self, data):
        return {}


forgetful = Forgetful()
forgetful.compile("well")
try:
    forgetful.fit(images[:2], verbose=0)
except ValueError as error:
    print(error)

# %% [raw]
# # BEGIN SOLUTION


# %%
@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
        """Keeps the optimizers and losses, and prepares the model for `fit`.

        `d_optimizer`, `g_optimizer`: Keras optimizers. `d_loss_fn`: a function of `(real_scores,
        fake_scores)`, `g_loss_fn`: a function of `fake_scores`; scores have shape `(B, 1)`, and
        both return a scalar. Each is kept as an attribute of the same name, as it is: no copies.
        Returns nothing.

        Afterwards `fit` must accept the model as compiled. A second call replaces what the first
        one kept. `keras.Model.compile` needs none of the four.

        Example: after `wgan.compile(Adam(1e-3), Adam(1e-4), discriminator_loss, generator_loss)`
        the learning rate of `wgan.g_optimizer` is 1e-4.
        """
        # BEGIN SOLUTION NO PROMPT
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.d_loss_fn = d_loss_fn
        self.g_loss_fn = g_loss_fn
        # END SOLUTION
        """ # BEGIN PROMPT
        raise NotImplementedError("WGAN.compile is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which class defines the `compile` that you override? How do you reach it from within yours?
# </details>
# <details><summary>Hint 2: a name to look up</summary>
#
# `super()` in the Python documentation.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Both optimizers and both losses are kept, each under its own name."
failure_message: "Expected: both optimizers and both losses, each under its own name."
""" # END TEST CONFIG


def test_keeps(WGAN):
    import keras

    wgan = WGAN(keras.Sequential(), keras.Sequential(), latent_dim=3)
    given = {
        "d_optimizer": keras.optimizers.SGD(0.1),
        "g_optimizer": keras.optimizers.SGD(0.2),
        "d_loss_fn": lambda real_scores, fake_scores: 1.0,
        "g_loss_fn": lambda fake_scores: 2.0,
    }
    wgan.compile(*given.values())
    for name, value in given.items():
        assert hasattr(wgan, name), f"after compile the model has no attribute {name}: keep it on self"
        kept = getattr(wgan, name)
        others = [other for other in given if given[other] is kept and other != name]
        cause = f" It holds {others[0]}." if others else ""
        assert kept is value, f"wgan.{name} is not what compile was given as {name}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "fit accepts the model as compiled."
failure_message: "Expected: fit accepts the model as compiled."
""" # END TEST CONFIG


def test_fit_accepts(WGAN):
    import keras
    import numpy as np

    class Counting(WGAN):
        def train_step(self, real_images):
            return {"batches": keras.ops.ones(())}

    wgan = Counting(keras.Sequential(), keras.Sequential(), latent_dim=3)
    wgan.compile(keras.optimizers.SGD(), keras.optimizers.SGD(), lambda real_scores, fake_scores: 0.0, lambda fake_scores: 0.0)
    try:
        wgan.fit(np.zeros((2, 4, 5, 1), "float32"), verbose=0)
    except ValueError as error:
        raise AssertionError(f"fit refuses the model: {error} (does your compile call the one that it overrides?)") from None


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The check of the next question brings stand-ins for your `compile` and its losses. They are made here; there is
# nothing to do in this cell.

# %%
def stand_in_compile(wgan, d_rate, g_rate):
    """Gives a model what `compile` should: plain gradient descent, and two losses that no GAN uses."""
    given = {
        "d_optimizer": keras.optimizers.SGD(d_rate),
        "g_optimizer": keras.optimizers.SGD(g_rate),
        "d_loss_fn": lambda real_scores, fake_scores: ops.mean(0.3 * real_scores + 0.2 * fake_scores),
        "g_loss_fn": lambda fake_scores: ops.mean(0.4 * fake_scores),
    }
    with contextlib.suppress(Exception):  # yours may make metrics; if it is not right yet, no matter
        wgan.compile(**given)
    keras.Model.compile(wgan)
    for name, value in given.items():
        setattr(wgan, name, value)


# %% [raw]
# # BEGIN QUESTION
# name: train_step

# %% [markdown]
# ## 5 · The training step
#
# `fit` calls `train_step` for each batch of real images. The generator can only be as good as its critic's advice, so
# the critic goes first and takes several steps, then the generator takes one:
#
# | | repeated | loss | whose weights move |
# |---|---|---|---|
# | critic's step | `self.d_steps` times | `d_loss_fn(real_scores, fake_scores) + gp_weight · penalty` | the critic's, by `d_optimizer` |
# | generator's step | once | `g_loss_fn(fake_scores)` | the generator's, by `g_optimizer` |
#
# Every one of these steps draws **fresh** latent points from a standard normal distribution and generates fresh images
# from them. The real images are the same throughout one call.
#
# This method uses what questions 3 and 4 provide, through `self`: `self.gradient_penalty(batch_size, real_images,
# fake_images)`, `self.d_optimizer`, `self.g_optimizer`, `self.d_loss_fn` and `self.g_loss_fn`. Use these and not
# `discriminator_loss` by its name, so that your class works with any loss. If questions 3 or 4 are not done yet, the
# check below still works: it brings stand-ins of its own.

# %% [markdown]
# **The wrong turn** is a step that moves both networks. The generator's loss depends on the critic's weights as well,
# so the tape has gradients for both. Take the smallest critic there is, $D(x) = w\,x$ with $w = 1$, and a generator
# that always makes the image $g = 2$. See what happens to both when the generator's loss $-w\,g$ moves both: the
# generator improves a little, and the critic is *taught to be fooled*.

# %% tags=["demo"]
w, g = tf.Variable(1.0), tf.Variable(2.0)
with tf.GradientTape() as tape:
    loss = -w * g
for variable, gradient in zip([w, g], tape.gradient(loss, [w, g])):
    variable.assign_sub(0.1 * gradient)
print(f"the generator's image: 2 became {g.numpy():.1f}")
print(f"the critic's weight: 1 became {w.numpy():.1f}, so image 2 scores {2 * w.numpy():.1f} instead of 2.0")

# %% [raw]
# # BEGIN SOLUTION


# %%
@part_of(WGAN)
class WGAN:
    def train_step(self, real_images):
        """Trains on one batch: `d_steps` steps of the critic, then one of the generator.

        `real_images`: float tensor of shape `(B, H, W, C)`. B may change from batch to batch (the
        last one of an epoch is often short) and may be unknown in graph mode. Every call of either
        network says `training=True`: inside `train_step` Keras does not do so by itself.

        Returns a dict of scalars: `d_loss`, the critic's loss of its last step, **with** the
        weighted penalty, and `g_loss`, the generator's loss without it. Each is the loss as
        computed for the step, before the weights move. (Running means over an epoch, by
        `keras.metrics.Mean`, are fine too.)

        Example: with `discriminator_extra_steps=5`, one call moves `d_optimizer.iterations` on by 5
        and `g_optimizer.iterations` by 1.
        """
        # BEGIN SOLUTION NO PROMPT
        batch_size = ops.shape(real_images)[0]
        d_weights = self.discriminator.trainable_weights
        for _ in range(self.d_steps):
            latents = keras.random.normal((batch_size, self.latent_dim))
            fake_images = self.generator(latents, training=True)
            with tf.GradientTape() as tape:
                real_scores = self.discriminator(real_images, training=True)
                fake_scores = self.discriminator(fake_images, training=True)
                penalty = self.gradient_penalty(batch_size, real_images, fake_images)
                d_loss = self.d_loss_fn(real_scores, fake_scores) + self.gp_weight * penalty
            self.d_optimizer.apply(tape.gradient(d_loss, d_weights), d_weights)

        g_weights = self.generator.trainable_weights
        latents = keras.random.normal((batch_size, self.latent_dim))
        with tf.GradientTape() as tape:
            fake_scores = self.discriminator(self.generator(latents, training=True), training=True)
            g_loss = self.g_loss_fn(fake_scores)
        self.g_optimizer.apply(tape.gradient(g_loss, g_weights), g_weights)
        return {"d_loss": d_loss, "g_loss": g_loss}
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. How many images are in this batch?
        # 2. As often as self.d_steps says:
        #    a. Draw latent points and generate images from them.
        #    b. Under a tape: score real and generated images, and put together the critic's loss
        #       with its penalty.
        #    c. Move the critic's weights, and no others.
        # 3. Once: draw latent points; under a tape, generate images and score them; move the
        #    generator's weights, and no others.
        # 4. Return the two losses.
        raise NotImplementedError("WGAN.train_step is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# For the generator's weights to get a gradient, what must happen inside its tape: only the scoring, or the making of
# the images as well?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# `tape.gradient(loss, weights)` gives gradients for those weights that you name, and an optimizer moves only those that
# you hand it. `model.trainable_weights` lists a network's own.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.ops.shape`, `keras.random.normal`, `optimizer.apply(gradients, weights)`, or `optimizer.apply_gradients` with
# pairs.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The critic takes d_steps steps and the generator one, whatever the batch's size."
failure_message: "Expected: d_steps steps of the critic and one of the generator, whatever the batch's size."
""" # END TEST CONFIG


def test_counts_steps(WGAN, stand_in_compile):
    import keras

    class StandIn(WGAN):
        def gradient_penalty(self, batch_size, real_images, fake_images):
            return keras.ops.sum(self.discriminator(real_images)) * 0.01

    dense = keras.layers.Dense
    critic = keras.Sequential([keras.Input((1, 2, 1)), keras.layers.Flatten(), dense(1)])
    generator = keras.Sequential([keras.Input((3,)), dense(2), keras.layers.Reshape((1, 2, 1))])
    for d_steps, batch in [(1, 6), (4, 5)]:
        wgan = StandIn(critic, generator, latent_dim=3, discriminator_extra_steps=d_steps)
        stand_in_compile(wgan, 0.1, 0.1)
        logs = wgan.train_step(keras.ops.ones((batch, 1, 2, 1)))
        got = int(wgan.d_optimizer.iterations), int(wgan.g_optimizer.iterations)
        assert got == (d_steps, 1), (
            f"with discriminator_extra_steps={d_steps}, expected {d_steps} steps of the critic and 1 of the generator, "
            f"got {got[0]} and {got[1]}"
        )
        assert isinstance(logs, dict) and {"d_loss", "g_loss"} <= set(logs), (
            f"expected a dict with d_loss and g_loss, got {logs}"
        )


# %%
""" # BEGIN TEST CONFIG
success_message: "Each step moves its own network and leaves the other alone."
failure_message: "Expected: each step moves its own network and leaves the other alone."
""" # END TEST CONFIG


def test_own_network(WGAN, stand_in_compile):
    import keras
    import numpy as np

    class StandIn(WGAN):
        def gradient_penalty(self, batch_size, real_images, fake_images):
            return keras.ops.mean(self.discriminator(fake_images)) * 0.01

    dense = keras.layers.Dense
    critic = keras.Sequential([keras.Input((1, 2, 1)), keras.layers.Flatten(), dense(1, use_bias=False)])
    generator = keras.Sequential([keras.Input((3,)), dense(2, bias_initializer="ones"), keras.layers.Reshape((1, 2, 1))])
    for d_rate, g_rate in [(0.1, 0.0), (0.0, 0.1)]:
        wgan = StandIn(critic, generator, latent_dim=3, discriminator_extra_steps=2)
        stand_in_compile(wgan, d_rate, g_rate)
        before = [np.concatenate([w.ravel() for w in model.get_weights()]) for model in (critic, generator)]
        wgan.train_step(keras.ops.ones((6, 1, 2, 1)))
        after = [np.concatenate([w.ravel() for w in model.get_weights()]) for model in (critic, generator)]
        for name, rate, a, b in zip(["critic", "generator"], [d_rate, g_rate], before, after):
            if rate:
                assert not np.allclose(a, b, atol=1e-7), f"the {name} did not move: is its loss computed inside the tape?"
            else:
                assert np.allclose(a, b, atol=1e-7), (
                    f"the {name}'s own learning rate is 0, and yet it moved: the other one's step moves it as well"
                )


# %%
""" # BEGIN TEST CONFIG
success_message: "Every step gets latent points of its own."
failure_message: "Expected: latent points of its own for every step."
""" # END TEST CONFIG


def test_fresh_latents(WGAN, stand_in_compile):
    import keras
    import numpy as np
    import tensorflow as tf

    seen = []

    class Generator(keras.Model):
        def __init__(self):
            super().__init__()
            self.shift = self.add_weight(shape=(2,), initializer="zeros")

        def call(self, latents, training=False):
            tf.py_function(lambda each: seen.append(each.numpy()), [latents], [])
            return keras.ops.reshape(latents[:, :2] + self.shift, (-1, 1, 2, 1))

    class StandIn(WGAN):
        def gradient_penalty(self, batch_size, real_images, fake_images):
            return keras.ops.mean(self.discriminator(fake_images)) * 0.01

    critic = keras.Sequential([keras.Input((1, 2, 1)), keras.layers.Flatten(), keras.layers.Dense(1)])
    wgan = StandIn(critic, Generator(), latent_dim=5, discriminator_extra_steps=2)
    stand_in_compile(wgan, 0.1, 0.1)
    wgan.train_step(keras.ops.ones((6, 1, 2, 1)))
    latents = np.concatenate(seen)
    assert latents.shape[1:] == (5,), f"with latent_dim=5, expected latent points of shape (B, 5), got {seen[0].shape}"
    different = len(np.unique(latents, axis=0))
    assert different >= 18, (
        f"2 steps of the critic and 1 of the generator, 6 images each: expected 18 different latent points, got {different}"
    )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Put together
#
# Now everything runs: five answers, two networks, real digits. 150 epochs take about half a minute on two cores. The
# callback keeps what the generator makes of the same twelve latent points as it learns.

# %% tags=["demo"]
class Snapshots(keras.callbacks.Callback):
    """Keeps the critic's gap after each epoch, and images of the same latent points after some."""

    def __init__(self, epochs):
        super().__init__()
        self.epochs, self.images, self.gaps = epochs, [], []
        self.latents = np.random.default_rng(3).normal(size=(1000, LATENT_DIM)).astype("float32")

    def on_epoch_end(self, epoch, logs=None):
        generated, critic = np.asarray(self.model.generator(self.latents)), self.model.discriminator
        self.gaps.append(np.mean(critic(images)) - np.mean(critic(generated)))
        if epoch + 1 in self.epochs:
            self.images.append(generated[:12])
            print(f"epoch {epoch + 1:3}   gap {self.gaps[-1]:.2f}")


def train(epochs=150, discriminator_extra_steps=3, gp_weight=10.0):
    """Train a new WGAN; returns it and its snapshots."""
    keras.utils.set_random_seed(7)
    wgan = WGAN(build_discriminator(), build_generator(), LATENT_DIM, discriminator_extra_steps, gp_weight)
    # Momentum (beta_1) is low: each network chases a target that the other one keeps moving.
    optimizers = [keras.optimizers.Adam(5e-4, beta_1=0.5, beta_2=0.9) for _ in range(2)]
    wgan.compile(*optimizers, discriminator_loss, generator_loss)
    snapshots = Snapshots([1, 3, 10, epochs])
    wgan.fit(images, batch_size=64, epochs=epochs, verbose=0, callbacks=[snapshots])
    return wgan, snapshots


with picture("every answer"):
    wgan, snapshots = train()
    rows = np.concatenate([*snapshots.images, images[:12]])
    show_images(rows, f"after {', '.join(map(str, snapshots.epochs))} epochs; last row: real digits")

# %% [markdown]
# **Is it any good?** Looking at samples is one test. Here are three more. The mean and the spread of each pixel over
# 1,000 generated digits should look like those of the real ones. The critic's gap should shrink from its peak as the
# generator closes in. And the nearest real digit to each generated one should be *like* it but not the same: a
# generator that copies has learned nothing.

# %% tags=["demo"]
if "wgan" in globals():
    generated = np.asarray(wgan.generator(keras.random.normal((1000, LATENT_DIM), seed=5)))
    widths = [1, 1, 1, 1, 2.6]
    figure, axes = plt.subplots(1, 5, figsize=(13, 3), width_ratios=widths, layout="constrained")
    for column, (kind, batch) in enumerate([("real", images), ("generated", generated)]):
        axes[column].imshow(batch.mean(axis=0)[..., 0], cmap="gray_r", vmin=-1, vmax=1)
        axes[column].set_title(f"mean, {kind}", fontsize=10)
        axes[column + 2].imshow(batch.std(axis=0)[..., 0], cmap="gray_r", vmin=0, vmax=1)
        axes[column + 2].set_title(f"spread, {kind}", fontsize=10)
    for axis in axes[:4]:
        axis.axis("off")
    axes[4].plot(np.arange(1, len(snapshots.gaps) + 1), snapshots.gaps, color="#0072B2")
    axes[4].set(xlabel="epoch", ylabel="gap", ylim=(0, None))
    plt.show()
    nearest = [images[np.square(images - one).sum(axis=(1, 2, 3)).argmin()] for one in generated[:12]]
    pairs = np.concatenate([generated[:12], nearest])
    show_images(pairs, "generated digits, and below each the real one that is nearest to it")
    plt.show()

# %% [markdown]
# **One knob to turn.** Take both `#` away and run the cell below: it trains without the penalty. Before you do, write
# down what you expect of the gap and of the samples. Then try `gp_weight=10.0, discriminator_extra_steps=1`. What does
# the generator lose when its critic has less time to learn?

# %% tags=["demo"]
# other, other_snapshots = train(epochs=40, gp_weight=0.0)
# show_images(other_snapshots.images[-1], f"the gap is {other_snapshots.gaps[-1]:.1f}")

# %% [markdown]
# ## What you can do now
#
# - You can train two networks against each other, with losses and optimizers of your own, and `fit` still runs it.
# - You can take the gradient of a gradient, and you know why a critic's slope must be held.
# - You can tell whether a GAN works by more than a look.
#
# **Three things to try.** Replace the dense layers by `Conv2D` and `Conv2DTranspose`, as for larger images: how much
# longer does an epoch take, and are the digits better? Walk in a straight line from one latent point to another, in
# twelve steps, and look at the digits on the way. Add `layers.BatchNormalization` to the critic and find out why the
# paper says not to: think of what row `i` of the gradient then means.
#
# **What the hidden tests look at.** The losses: their values, their gradients, their shape. The penalty: critics whose
# gradients are known, the points at which yours is measured, how alpha is distributed, gradients to the critic's
# weights, graph mode with batches of different sizes. `compile`: what it keeps, and `fit`. The training step: how many
# steps, which weights move and by how much (with stand-ins for your other answers), fresh latent points, `gp_weight`,
# `training=True`, a short last batch in `fit`, the logs. Where there is time, a WGAN is trained with your step, and the
# statistics of its samples are compared with the data's; and a critic is trained with your penalty, to measure a
# distance that is known.
#
# **To hand in**, save the notebook and submit the file `wgan_gp.ipynb`. Nothing else is needed. To be sure that it runs
# from top to bottom, restart the kernel and run all cells first.
