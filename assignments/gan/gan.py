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
# name: gan
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # A generative adversarial network
#
# ![Five rows of twelve small images. The first four rows show the same twelve latent points after 1, 5, 20 and 80 epochs of training: grey blots at first, then nearly the same figure twelve times, then mostly another one, at last handwritten digits of many kinds, a few of them hard to read. The fifth row shows twelve real digits.](data/cover.png)
#
# Each of the first four rows shows the same twelve random points, turned into images by one network while it learns. At
# the end of this notebook you have trained that network yourself, in about a minute. It never sees a digit.
#
# A *generative adversarial network* (GAN) is a game of two networks (Goodfellow et al., 2014). A **discriminator** is
# shown real images and generated ones and learns to tell which is which. A **generator** turns random numbers into
# images and learns to mislead it. Each is the other's teacher: as the discriminator gets better at spotting what is
# wrong with the images, the generator learns what to put right.
#
# **You need** convolutions, `keras.Model` subclasses and `tf.GradientTape`. **It takes** about 80 minutes. Nothing here
# needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `build_discriminator`: from an image to one number | 20 |
# | 2 | `build_generator`: from random numbers to an image | 20 |
# | 3 | `GAN.compile`: two optimizers, one loss, two running means | 20 |
# | 4 | `GAN.train_step`: half a step for each network | 40 |
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
    if Path("gan").is_dir():
        os.chdir("gan")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("gan").is_dir():
            os.chdir("gan")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("gan.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("gan.ipynb")

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
# `(N, H, W, C)` with one channel. A GAN needs no labels; we use them at the end, to see which digits it makes.

# %%
with np.load("data/digits.npz") as digits:
    images = digits["images"][..., None].astype("float32") / 8 - 1
    labels = digits["labels"]
LATENT_DIM = 16
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

# %% [raw]
# # BEGIN QUESTION
# name: discriminator

# %% [markdown]
# ## 1 · The discriminator: real or generated?
#
# The discriminator is a small image classifier with two classes. Convolutions with stride 2 halve height and width while
# the number of channels grows; what is left is flattened, and a dense layer makes one number of it.
#
# This number is a **logit** $\ell$. It may be anything from $-\infty$ to $\infty$, and a sigmoid turns it into a
# probability:
#
# $$p(\text{generated}) = \sigma(\ell) = \frac{1}{1 + e^{-\ell}}$$
#
# In this notebook a *large* logit says "generated" and a *small* one "real". Other texts have it the other way round;
# either works, if it is kept throughout.
#
# | tensor | shape | may be |
# |---|---|---|
# | images | `(B, H, W, C)` | −1 to 1 |
# | logits | `(B, 1)` | any number |
#
# The sigmoid is **not** part of the network. It belongs to the loss, `BinaryCrossentropy(from_logits=True)`, which
# computes it together with the logarithm and so stays exact where the probability is close to 0 or 1.

# %% [markdown]
# **The wrong turn** is a sigmoid in the network *and* in the loss. Nothing fails, but the loss takes the probability for
# a logit and squashes it a second time. The picture shows the loss of one generated image: it ought to go to 0 as the
# discriminator gets surer, and with two sigmoids it gets stuck above 0.3. Worse, a discriminator that is quite wrong
# (on the left) has almost no slope to learn from.

# %% tags=["demo"]
score = np.linspace(-6, 6, 121)
squashed = 1 / (1 + np.exp(-score))
plt.figure(figsize=(7, 3.4))
plt.plot(score, np.log1p(np.exp(-score)), color="#D55E00", label="one sigmoid, in the loss")
plt.plot(score, np.log1p(np.exp(-squashed)), "--", color="#0072B2", label="a second one in the network")
plt.ylim(0, None)
plt.xlabel("what the last dense layer says of a generated image")
plt.ylabel("loss")
plt.legend()
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_discriminator(image_shape):
    """Builds the network that judges images.

    image_shape: `(H, W, C)`, with H and W multiples of 4.

    Returns a `keras.Model` (functional or `keras.Sequential`, made from `keras.Input`) from images of shape `(B, H, W, C)`
    to logits of shape `(B, 1)`.

    - At least two convolutions, whose strides (or a pooling of 2 × 2) shrink the image: the last map is a quarter as high and
      as wide as the image, or smaller.
    - The logit may be any number: after the last layer that has weights comes no activation and no clipping.
    - Every pixel and every channel counts (padding "same", so that no border is dropped), and every layer is used.
    - It is not linear: there are activations on the way.
    - An image's logit does not depend on the other images of the batch when the network is used with `training=False`.

    The rest is yours to choose. A good choice: convolutions of 3 × 3 with 32 and 64 filters, each followed by a leaky ReLU
    of slope 0.2; then flatten, and drop 30 % out, so that the discriminator does not learn the digits by heart.

    Example: `build_discriminator((8, 8, 1))` called on 5 images returns a tensor of shape `(5, 1)`.
    """
    # BEGIN SOLUTION NO PROMPT
    pixels = keras.Input(image_shape)
    x = layers.Conv2D(32, 3, strides=2, padding="same")(pixels)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Conv2D(64, 3, strides=2, padding="same")(x)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Dropout(0.3)(layers.Flatten()(x))
    logit = layers.Dense(1)(x)
    return keras.Model(pixels, logit, name="discriminator")
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. An input for images of the given shape.
    # 2. Convolutions with strides, each with its activation.
    # 3. Flatten, and come down to one number.
    # 4. The model from the input to this number.
    raise NotImplementedError("build_discriminator is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How high and wide is an image of 8 × 8 pixels after two convolutions of stride 2 with padding "same"?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# A leaky ReLU is a layer of its own. The last layer has one unit and no activation.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.layers.Conv2D` with `strides`, `keras.layers.LeakyReLU`, `keras.layers.Flatten`,
# `keras.layers.Dropout`, `keras.layers.Dense`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "One number for each image, whatever the images' shape."
failure_message: "Expected: one number for each image, whatever the images' shape."
""" # END TEST CONFIG


def test_shape(build_discriminator):
    import keras
    import numpy as np

    for shape in [(8, 8, 1), (12, 4, 3)]:
        model = build_discriminator(shape)
        assert isinstance(model, keras.Model), f"expected a keras.Model, got {type(model).__name__}: what do you return?"
        logits = np.asarray(model(np.zeros((5, *shape), "float32")))
        assert logits.shape == (5, 1), f"5 images of shape {shape}: expected logits of shape (5, 1), got {logits.shape}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The logits may be any number."
failure_message: "Expected: logits that may be any number."
""" # END TEST CONFIG


def test_any_number(build_discriminator):
    import numpy as np

    discriminator = build_discriminator((8, 8, 1))
    for weight in discriminator.trainable_weights:
        weight.assign(np.random.default_rng(len(weight.shape)).normal(size=weight.shape))
    noise = 50 * np.random.default_rng(1).normal(size=(60, 8, 8, 1)).astype("float32")
    logits = np.asarray(discriminator(noise))
    for weight in discriminator.trainable_weights[-2:]:
        weight.assign(-weight)  # the last layer's: what was high is low now
    logits = np.concatenate([logits, discriminator(noise)])
    assert logits.max() > 1 and logits.min() < -1, (
        f"with large random weights the logits go from {logits.min():.3g} to {logits.max():.3g}, and should go far beyond "
        "-1 and 1: is there an activation after the last layer?"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "Convolutions shrink the image, and every pixel counts."
failure_message: "Expected: convolutions that shrink the image, and every pixel counts."
""" # END TEST CONFIG


def test_every_pixel(build_discriminator):
    import numpy as np
    import tensorflow as tf

    discriminator = build_discriminator((12, 8, 1))
    kernels = [weight for weight in discriminator.trainable_weights if len(weight.shape) == 4]
    assert len(kernels) >= 2, f"expected at least two convolutions, got {len(kernels)}"
    pixels = tf.constant(np.random.default_rng(1).normal(size=(20, 12, 8, 1)), "float32")
    with tf.GradientTape() as tape:
        tape.watch(pixels)
        logits = discriminator(pixels)
    gradient = tape.gradient(logits, pixels)
    assert gradient is not None, "the logits do not depend on the image"
    unused = np.argwhere(np.abs(gradient).max(axis=(0, 3)) == 0)
    assert len(unused) < 12 * 8, "no pixel changes the logit: what comes after the last layer?"
    assert not len(unused), (
        f"{len(unused)} pixels do not count, the first in row {unused[0][0]}, column {unused[0][1]}: do your convolutions "
        'have padding="same", and kernels at least as wide as their stride?'
    )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Your discriminator in its first lesson: to tell digits from noise, in which each pixel is any grey. Three epochs
# are enough. A generator will not make it so easy.

# %% tags=["demo"]
with picture("build_discriminator"):
    keras.utils.set_random_seed(1)
    pupil = build_discriminator((8, 8, 1))
    noise = np.random.default_rng(0).uniform(-1, 1, images.shape).astype("float32")
    pupil.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
    lesson = np.concatenate([noise, images]), np.repeat([[1.0], [0.0]], len(images), axis=0)
    pupil.fit(*lesson, batch_size=64, epochs=3, verbose=0)
    plt.figure(figsize=(7, 3.2))
    plt.hist(np.ravel(pupil(images)), 40, alpha=0.6, color="#D55E00", label="real digits")
    plt.hist(np.ravel(pupil(noise)), 40, alpha=0.6, color="#0072B2", label="noise", hatch="//")
    plt.xlabel("logit: left of 0 real, right of 0 generated")
    plt.ylabel("images")
    plt.legend()

# %% [raw]
# # BEGIN QUESTION
# name: generator

# %% [markdown]
# ## 2 · The generator: an image from nothing
#
# The generator goes the other way. It starts from a *latent point* $z$, `latent_dim` numbers drawn from a standard normal
# distribution. A dense layer makes a small map with many channels of it, and **transposed convolutions** with stride 2
# double height and width until the image has its size.
#
# The real images have pixels from −1 to 1, so the generated ones must have them as well: the last activation is `tanh`.
# Otherwise the discriminator could tell the two apart by their range alone.
#
# | tensor | shape | may be |
# |---|---|---|
# | latent points | `(B, D)`, with D = `latent_dim` | any number |
# | first map | `(B, H/4, W/4, ·)` | any number |
# | images | `(B, H, W, C)` | −1 to 1 |

# %% [markdown]
# **A wrong turn to know of.** A transposed convolution stamps its kernel onto the larger map, once for each pixel of the
# smaller one. If the kernel's size is not a multiple of the stride, the stamps overlap unevenly, and the images get the
# pattern of a *checkerboard*. Below: how many stamps fall on each pixel, for stride 2 and two sizes of the kernel. (At the
# border there are fewer with either. No test looks at this; the generator can learn to even it out, but it takes longer.)

# %% tags=["demo"]
figure, axes = plt.subplots(1, 2, figsize=(7, 3.4), layout="constrained")
for axis, size in zip(axes, [3, 4]):
    stamp = layers.Conv2DTranspose(1, size, 2, "same", kernel_initializer="ones")
    counts = np.asarray(stamp(np.ones((1, 5, 5, 1), "float32")))[0, ..., 0]
    shown = axis.imshow(counts, cmap="gray_r", vmin=0, vmax=5)
    axis.set(title=f"kernel of {size} × {size}", xlabel="column", ylabel="row")
figure.colorbar(shown, ax=axes, label="stamps on the pixel")
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_generator(latent_dim, image_shape):
    """Builds the network that turns latent points into images.

    latent_dim: D. image_shape: `(H, W, C)`, with H and W multiples of 4.

    Returns a `keras.Model` (functional or `keras.Sequential`, made from `keras.Input`) from latent points of shape `(B, D)`
    to images of shape `(B, H, W, C)`.

    - At least two convolutions, transposed ones or others after an upsampling; they start from a map that is at most a
      quarter as high and as wide as the image.
    - Values lie between -1 and 1, by one `tanh` at the very end; between it and the last layer that has weights comes nothing.
    - Every number of the latent point counts, every layer is used, and every pixel and channel has a value of its own.
    - It is not linear before the `tanh` either: there are activations on the way.
    - A point's image does not depend on the other points of the batch when the network is used with `training=False`.

    The rest is yours to choose. A good choice: a dense layer to a map of H/4 × W/4 with 64 channels; transposed convolutions
    of 4 × 4 with 64 and 32 filters; each of the three followed by a leaky ReLU of slope 0.2; last a convolution of 3 × 3
    that makes the channels.

    Example: `build_generator(16, (8, 8, 1))` called on 5 points returns a tensor of shape `(5, 8, 8, 1)`.
    """
    # BEGIN SOLUTION NO PROMPT
    height, width, channels = image_shape
    z = keras.Input((latent_dim,))
    x = layers.Dense(height // 4 * (width // 4) * 64)(z)
    x = layers.Reshape((height // 4, width // 4, 64))(layers.LeakyReLU(0.2)(x))
    x = layers.Conv2DTranspose(64, 4, strides=2, padding="same")(x)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Conv2DTranspose(32, 4, strides=2, padding="same")(x)
    x = layers.LeakyReLU(0.2)(x)
    generated = layers.Conv2D(channels, 3, padding="same", activation="tanh")(x)
    return keras.Model(z, generated, name="generator")
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. An input for latent points.
    # 2. A dense layer, reshaped to a small map with many channels.
    # 3. Transposed convolutions up to the image's size.
    # 4. The image's channels, with values between -1 and 1.
    raise NotImplementedError("build_generator is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# To end at H × W after doubling twice, how high and wide must the first map be? How many units must the dense layer
# before it have?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Give a transposed convolution a stride of 2 and padding "same", and it doubles height and width exactly. The number of
# channels at the end comes from `image_shape`, too.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.layers.Dense`, `keras.layers.Reshape`, `keras.layers.Conv2DTranspose`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "One image for each latent point, in the shape asked for."
failure_message: "Expected: one image for each latent point, in the shape asked for."
""" # END TEST CONFIG


def test_shape(build_generator):
    import keras
    import numpy as np

    for latent_dim, shape in [(16, (8, 8, 1)), (3, (12, 4, 2))]:
        model = build_generator(latent_dim, shape)
        assert isinstance(model, keras.Model), f"expected a keras.Model, got {type(model).__name__}: what do you return?"
        made = np.asarray(model(np.zeros((5, latent_dim), "float32")))
        assert made.shape == (5, *shape), (
            f"5 points of {latent_dim} numbers, image_shape {shape}: expected shape {(5, *shape)}, got {made.shape}"
        )


# %%
""" # BEGIN TEST CONFIG
success_message: "Values lie between -1 and 1 and come near both ends."
failure_message: "Expected: values between -1 and 1 that come near both ends."
""" # END TEST CONFIG


def test_range(build_generator):
    import numpy as np

    generator = build_generator(6, (8, 8, 1))
    for weight in generator.trainable_weights:
        weight.assign(np.random.default_rng(len(weight.shape)).normal(size=weight.shape))
    made = np.asarray(generator(np.random.default_rng(1).normal(size=(40, 6)).astype("float32")))
    assert abs(made).max() <= 1, f"values go from {made.min():.3g} to {made.max():.3g}: which activation keeps them between -1 and 1?"
    assert made.min() < -0.9 and made.max() > 0.9, (
        f"with large random weights values go from {made.min():.3g} to {made.max():.3g}, and should come near -1 and 1: "
        "tanh comes at the very end, and alone"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "Every number of the latent point counts."
failure_message: "Expected: every number of the latent point counts."
""" # END TEST CONFIG


def test_every_number(build_generator):
    import numpy as np

    generator = build_generator(6, (12, 8, 1))
    kernels = [weight for weight in generator.trainable_weights if len(weight.shape) == 4]
    assert len(kernels) >= 2, f"expected at least two convolutions, got {len(kernels)}"
    point = np.random.default_rng(1).normal(size=(1, 6)).astype("float32")
    others = np.asarray(generator(point + 2 * np.eye(6, dtype="float32"))) - np.asarray(generator(point))
    still = np.flatnonzero(np.abs(others).max(axis=(1, 2, 3)) < 1e-7)
    assert not len(still), f"the image stays the same when number {still[0]} of the latent point changes"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** What your generator makes before it has learned anything: grey with a faint pattern, and all twelve hardly
# different. Every value is near 0, far from both ends of `tanh`, so there is room to learn in either direction.

# %% tags=["demo"]
with picture("build_generator"):
    keras.utils.set_random_seed(1)
    show_images(build_generator(LATENT_DIM, (8, 8, 1))(keras.random.normal((12, LATENT_DIM))), "before training")

# %% [markdown]
# ## The class `GAN`
#
# The next two answers are methods of one class. It begins here with what it is made of. You need not read `part_of`:
# Python has no way to go on with a class in a later cell, and `@part_of(GAN)` makes one. The methods of the class
# below it join `GAN`, and `super()` works in them as in any class. You can run such a cell as often as you like. If
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


class GAN(keras.Model):
    """A generator and a discriminator, trained against each other.

    discriminator: a model from images `(B, H, W, C)` to logits `(B, 1)`.
    generator: a model from latent points `(B, latent_dim)` to images `(B, H, W, C)`.
    """

    def __init__(self, discriminator, generator, latent_dim):
        super().__init__()
        self.discriminator = discriminator
        self.generator = generator
        self.latent_dim = latent_dim


# %% [raw]
# # BEGIN QUESTION
# name: compile

# %% [markdown]
# ## 3 · A `compile` of its own
#
# `compile` tells a model how it will be trained. That of `keras.Model` takes one optimizer. Here two networks want
# opposite things, so each needs **an optimizer of its own**, with a learning rate of its own. (Keras insists: an optimizer
# refuses weights that were not there when it was first used.) The loss is the same cross-entropy for both; what differs is
# the labels.
#
# `compile` also makes two **metrics**, which keep a running mean of each network's loss:
#
# | kept as | what it is |
# |---|---|
# | `self.d_optimizer` | the first argument; moves the discriminator |
# | `self.g_optimizer` | the second argument; moves the generator |
# | `self.loss_fn` | the third argument; `loss_fn(labels, logits)` → scalar |
# | `self.d_loss_metric` | made here: a `keras.metrics.Mean` with the name `"d_loss"` |
# | `self.g_loss_metric` | made here: a `keras.metrics.Mean` with the name `"g_loss"` |
#
# When an epoch begins, `fit` sets back every metric in `self.metrics`. Keras puts a metric there when it becomes an
# attribute of the model; whoever overrides the property `metrics` must list both.

# %% [markdown]
# **The wrong turn** is to report the loss of a single batch. `fit` shows what the *last* `train_step` of an epoch returned,
# and with our 1,797 digits in batches of 64 the last batch has five images. Below, two epochs of made-up losses, which fall a
# little from each batch to the next: the dots are what single batches say, the line is the running mean that starts anew with
# each epoch.

# %% tags=["demo"]
batch_losses = np.linspace(1.4, 0.8, 58) + 0.3 * np.random.default_rng(2).normal(size=58)
mean, running = keras.metrics.Mean(), []
for step, loss in enumerate(batch_losses):
    if step == 29:
        mean.reset_state()
    mean.update_state(loss)
    running.append(float(mean.result()))
plt.figure(figsize=(7, 3.2))
plt.plot(batch_losses, ".", color="#0072B2", label="loss of one batch")
for start in (0, 29):
    plt.plot(range(start, start + 29), running[start : start + 29], color="#D55E00", label="running mean" if start else None)
plt.axvline(28.5, color="black", linewidth=0.8)
plt.xlabel("batch (a new epoch begins at the line)")
plt.ylabel("loss")
plt.legend()
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
@part_of(GAN)
class GAN:
    def compile(self, d_optimizer, g_optimizer, loss_fn):
        """Keeps the optimizers and the loss, makes the two metrics, and prepares the model for `fit`.

        `d_optimizer`, `g_optimizer`: Keras optimizers. `loss_fn`: a function of `(labels, logits)`, both of shape `(n, 1)`,
        that returns a scalar of shape `()`. Each is kept as an attribute of the same name, as it is: no copies. Returns
        nothing.

        Makes `d_loss_metric` and `g_loss_metric`, two `keras.metrics.Mean` named "d_loss" and "g_loss". Both are among
        `self.metrics`, so that `reset_metrics` and every new epoch of `fit` set them back.

        Afterwards `fit` must accept the model as compiled. A second call, before any training, replaces what the first one
        kept. `keras.Model.compile` needs none of the three arguments.

        Example: after `gan.compile(Adam(1e-3), Adam(1e-4), BinaryCrossentropy(from_logits=True))` the learning rate of
        `gan.g_optimizer` is 1e-4, and "d_loss" and "g_loss" are among the names of `gan.metrics`.
        """
        # BEGIN SOLUTION NO PROMPT
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn
        self.d_loss_metric = keras.metrics.Mean(name="d_loss")
        self.g_loss_metric = keras.metrics.Mean(name="g_loss")
        # END SOLUTION
        """ # BEGIN PROMPT
        raise NotImplementedError("GAN.compile is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which class defines the `compile` that you override? What would be missing if nobody called that one?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Five attributes: three are arguments, two you make.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `super()` in the Python documentation, `keras.metrics.Mean` and its argument `name`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Both optimizers and the loss are kept, each under its own name."
failure_message: "Expected: both optimizers and the loss, each under its own name."
""" # END TEST CONFIG


def test_keeps(GAN):
    import keras

    gan = GAN(keras.Sequential(), keras.Sequential(), latent_dim=3)
    given = {
        "d_optimizer": keras.optimizers.SGD(0.1),
        "g_optimizer": keras.optimizers.SGD(0.2),
        "loss_fn": lambda labels, logits: 1.0,
    }
    gan.compile(*given.values())
    for name, value in given.items():
        assert hasattr(gan, name), f"after compile the model has no attribute {name}: keep it on self"
        kept = getattr(gan, name)
        others = [other for other in given if given[other] is kept and other != name]
        cause = f" It holds {others[0]}." if others else ""
        assert kept is value, f"gan.{name} is not what compile was given as {name}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Two running means, d_loss and g_loss, are kept and can be set back."
failure_message: "Expected: two running means, d_loss and g_loss, that are kept and can be set back."
""" # END TEST CONFIG


def test_means(GAN):
    import keras

    gan = GAN(keras.Sequential(), keras.Sequential(), latent_dim=3)
    gan.compile(keras.optimizers.SGD(), keras.optimizers.SGD(), lambda labels, logits: 1.0)
    for name in ("d_loss", "g_loss"):
        metric = getattr(gan, f"{name}_metric", None)
        assert metric is not None, f"after compile the model has no attribute {name}_metric"
        assert metric.name == name, f"{name}_metric should have the name {name!r}, and has {metric.name!r}"
        metric.update_state(2.0)
        metric.update_state(5.0)
        assert float(metric.result()) == 3.5, (
            f"{name}_metric was given 2 and 5: expected the mean 3.5, got {float(metric.result())}. Is it a keras.metrics.Mean, "
            "and one for each network?"
        )
    gan.reset_metrics()
    for name in ("d_loss", "g_loss"):
        left = float(getattr(gan, f"{name}_metric").result())
        assert left == 0, f"gan.reset_metrics() leaves {left} in {name}_metric: is it among gan.metrics?"


# %%
""" # BEGIN TEST CONFIG
success_message: "fit accepts the model as compiled."
failure_message: "Expected: fit accepts the model as compiled."
""" # END TEST CONFIG


def test_fit_accepts(GAN):
    import keras
    import numpy as np

    class Counting(GAN):
        def train_step(self, real_images):
            return {"batches": keras.ops.ones(())}

    gan = Counting(keras.Sequential(), keras.Sequential(), latent_dim=3)
    gan.compile(keras.optimizers.SGD(), keras.optimizers.SGD(), lambda labels, logits: 0.0)
    try:
        gan.fit(np.zeros((2, 4, 5, 1), "float32"), verbose=0)
    except ValueError as error:
        raise AssertionError(f"fit refuses the model: {error} (does your compile call the one that it overrides?)") from None


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The check of the next question brings a stand-in for your `compile`. It is made here; there is nothing to do in this
# cell.

# %%
def stand_in_compile(gan, d_rate, g_rate):
    """Gives a model what `compile` should: plain gradient descent, the usual loss, and two metrics."""
    with contextlib.suppress(Exception):  # yours may make more; if it is not right yet, no matter
        gan.compile(None, None, None)
    keras.Model.compile(gan)
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    given = {"d_optimizer": keras.optimizers.SGD(d_rate), "g_optimizer": keras.optimizers.SGD(g_rate), "loss_fn": entropy}
    for name, value in given.items():
        setattr(gan, name, value)
    for name in ("d_loss", "g_loss"):
        setattr(gan, f"{name}_metric", keras.metrics.Mean(name))


# %% [raw]
# # BEGIN QUESTION
# name: train_step

# %% [markdown]
# ## 4 · The training step
#
# `fit` calls `train_step` for each batch of B real images. It has two halves:
#
# | | what is judged | labels | whose weights move |
# |---|---|---|---|
# | discriminator's half | B generated images and the B real ones | the truth: generated **1**, real **0** | the discriminator's, by `d_optimizer` |
# | generator's half | B newly generated images | a lie: **0**, "all of these are real" | the generator's, by `g_optimizer` |
#
# With logits $\ell$ and the cross-entropy between a label and a logit, $H(1, \ell) = -\log \sigma(\ell)$ and
# $H(0, \ell) = -\log(1 - \sigma(\ell))$, the two losses are
#
# $$d\_loss = \frac{1}{2B} \Big( \sum_{i=1}^{B} H\big(1, \ell(\tilde x_i)\big) + \sum_{i=1}^{B} H\big(0, \ell(x_i)\big) \Big), \qquad
# g\_loss = \frac1B \sum_{i=1}^{B} H\big(0, \ell(\tilde x'_i)\big)$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `real_images` | `(B, H, W, C)` |
# | $\tilde x$, $\tilde x'$ | generated images, from **fresh** latent points in each half | `(B, H, W, C)` |
# | labels | as many as there are logits, in their order | `(2B, 1)` or `(B, 1)` |
#
# The lie is the trick of the whole method. The generator does not learn from images; it learns from what would have to
# change in *its* images for the discriminator to believe the lie. The gradient flows through the discriminator to get
# there, but the discriminator does not move in this half: it would learn to believe the lie itself.
#
# This method uses what question 3 provides, through `self`: `self.d_optimizer`, `self.g_optimizer`, `self.loss_fn`,
# `self.d_loss_metric` and `self.g_loss_metric`. If question 3 is not done yet, the check below still works: it brings a
# stand-in.

# %% [markdown]
# **The wrong turn** is a half-step that moves both networks. Take the smallest discriminator there is, $\ell = w\,x$ with
# $w = 1$, and a generator that always makes the image $g = 2$. Both pictures show fifteen steps of the
# generator's half: on the left as it should be, on the right with both of them moving. (On the left $w$ stays 1, so image and
# logit are one line.) On the right the logit falls faster. But look at why.

# %% tags=["demo"]
figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), sharey=True, layout="constrained")
for axis, who_moves in zip(axes, ["g", "wg"]):
    w, g, history = 1.0, 2.0, []
    for _ in range(16):
        history.append((w, g, w * g))
        slope = 1 / (1 + np.exp(-w * g))  # of H(0, logit), by the logit
        w, g = w - 0.1 * slope * g * ("w" in who_moves), g - 0.1 * slope * w
    for values, style, label in zip(zip(*history), ["-", "--", ":"], ["$w$: discriminator", "$g$: image", "logit $w\\,g$"]):
        axis.plot(values, style, label=label)
    axis.set(title="generator's half, " + ("generator moves" if who_moves == "g" else "both move"), xlabel="step")
axes[0].legend()
plt.show()

# %% [markdown]
# On the right the discriminator gave in: it now calls the image real that it was asked to spot, and the image has moved
# less than on the left.

# %% [raw]
# # BEGIN SOLUTION


# %%
@part_of(GAN)
class GAN:
    def train_step(self, real_images):
        """Trains on one batch: half a step for the discriminator, then half a step for the generator.

        `real_images`: float tensor of shape `(B, H, W, C)`. B may change from batch to batch (the last one of an epoch is
        often short) and may be unknown in graph mode.

        - Generated images have the label 1 and real ones 0, exactly: no noise on the labels. In the generator's half the
          label is 0.
        - Latent points are drawn from a standard normal distribution, B in each half, new ones each time.
        - Each half moves its own network, once, by its own optimizer, and leaves the other's weights alone. The
          generator's half is judged by the discriminator that has just learned.
        - Losses are computed by `self.loss_fn(labels, logits)`, labels first.

        In which order, in one batch or in two, generated and real images are judged is your choice; where you judge them in
        two, `d_loss` may be the mean of the two losses or their sum. Saying `training=True` to the networks, so that dropout
        works, is good practice.

        Returns a dict with `d_loss` and `g_loss`, the running means that `d_loss_metric` and `g_loss_metric` have after this
        batch. Each loss is as computed for its half-step, before the weights move.

        Example: if the discriminator's loss is 0.5 in the first batch and 0.7 in the second, the second call returns 0.6 as
        `d_loss`.
        """
        # BEGIN SOLUTION NO PROMPT
        batch_size = ops.shape(real_images)[0]
        ones, zeros = ops.ones((batch_size, 1)), ops.zeros((batch_size, 1))

        latents = keras.random.normal((batch_size, self.latent_dim))
        fake_images = self.generator(latents, training=True)
        everything = ops.concatenate([fake_images, real_images])
        truth = ops.concatenate([ones, zeros])
        d_weights = self.discriminator.trainable_weights
        with tf.GradientTape() as tape:
            d_loss = self.loss_fn(truth, self.discriminator(everything, training=True))
        self.d_optimizer.apply(tape.gradient(d_loss, d_weights), d_weights)

        latents = keras.random.normal((batch_size, self.latent_dim))
        g_weights = self.generator.trainable_weights
        with tf.GradientTape() as tape:
            logits = self.discriminator(self.generator(latents, training=True), training=True)
            g_loss = self.loss_fn(zeros, logits)
        self.g_optimizer.apply(tape.gradient(g_loss, g_weights), g_weights)

        self.d_loss_metric.update_state(d_loss)
        self.g_loss_metric.update_state(g_loss)
        return {"d_loss": self.d_loss_metric.result(), "g_loss": self.g_loss_metric.result()}
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. How many images are in this batch?
        # 2. The discriminator's half: draw latent points, generate images, judge them and the real ones under a tape,
        #    with true labels. Move the discriminator's weights, and no others.
        # 3. The generator's half: draw new latent points; under a tape, generate and judge, with labels that lie.
        #    Move the generator's weights, and no others.
        # 4. Update both metrics and return what they say.
        raise NotImplementedError("GAN.train_step is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# For the generator's weights to get a gradient, what must happen inside its tape: only the judging, or the making of the
# images as well?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# `tape.gradient(loss, weights)` gives gradients for those weights that you name, and an optimizer moves only those that
# you hand it. `model.trainable_weights` lists a network's own. The batch's size is a question for the batch, and labels
# are made in that size.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.ops.shape`, `keras.random.normal`, `keras.ops.ones`, `keras.ops.zeros`, `keras.ops.concatenate`,
# `optimizer.apply(gradients, weights)`, or `optimizer.apply_gradients` with pairs.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Each half-step moves its own network, in the right direction, and leaves the other alone."
failure_message: "Expected: each half-step moves its own network, in the right direction, and leaves the other alone."
""" # END TEST CONFIG


def test_own_network(GAN, stand_in_compile):
    import keras
    import numpy as np

    dense = keras.layers.Dense
    discriminator = keras.Sequential([keras.Input((1, 2, 1)), keras.layers.Flatten(), dense(1, use_bias=False)])
    to_pixels = dense(2, kernel_initializer="zeros", bias_initializer=keras.initializers.Constant(0.5))
    generator = keras.Sequential([keras.Input((3,)), to_pixels, keras.layers.Reshape((1, 2, 1))])
    start = [np.float32([[0.3], [-0.2]])]
    real = np.tile(np.float32([1, -1]).reshape(1, 1, 2, 1), (6, 1, 1, 1))
    for d_rate, g_rate in [(0.1, 0.0), (0.0, 0.1)]:
        discriminator.set_weights(start)
        to_pixels.bias.assign([0.5, 0.5])
        gan = GAN(discriminator, generator, latent_dim=3)
        stand_in_compile(gan, d_rate, g_rate)
        try:
            gan.train_step(keras.ops.convert_to_tensor(real))
        except ValueError as error:
            if "No gradients" not in str(error):
                raise
            raise AssertionError(
                "an optimizer got no gradients: is all that stands between its network's weights and the loss inside the tape? "
                "For the generator that is the making of the images, too"
            ) from None
        d_moved = np.ravel(discriminator.get_weights()[0] - start[0])
        g_moved = np.asarray(to_pixels.bias) - 0.5
        name, moved, other, still = ("discriminator", d_moved, "generator", g_moved)
        if g_rate:
            name, moved, other, still = other, still, name, moved
        assert np.abs(still).max() < 1e-7, (
            f"the {other}'s own learning rate is 0, and yet it moved: the {name}'s half moves it as well"
        )
        assert np.abs(moved).max() > 1e-6, f"the {name} did not move: does its optimizer get its gradients and weights?"
        if d_rate:
            # The generated image is (0.5, 0.5) and the real one (1, -1).
            ask = "Are the labels in the order of the images, and before the logits in loss_fn?"
            assert moved @ [0.5, 0.5] > 0, (
                f"the logit of a generated image should rise in the discriminator's half: its label is 1. {ask}"
            )
            assert moved @ [1, -1] < 0, (
                f"the logit of a real image should fall in the discriminator's half: its label is 0. {ask}"
            )
        else:
            assert moved @ np.ravel(start[0]) < 0, (
                "the logit of a generated image should fall in the generator's half: the label that misleads is 0"
            )


# %%
""" # BEGIN TEST CONFIG
success_message: "Labels fit the logits, in number and kind, also for a short batch; each optimizer takes one step."
failure_message: "Expected: labels that fit the logits, also for a short batch, and one step for each optimizer."
""" # END TEST CONFIG


def test_labels(GAN, stand_in_compile):
    import keras
    import numpy as np
    import tensorflow as tf

    seen = []

    class Recording(keras.losses.BinaryCrossentropy):
        def call(self, y_true, y_pred):
            tf.py_function(lambda a, b: seen.append((a.numpy(), b.numpy())), [y_true, y_pred], [])
            return super().call(y_true, y_pred) if y_true.shape == y_pred.shape else keras.ops.sum(y_pred)

    dense = keras.layers.Dense
    discriminator = keras.Sequential([keras.Input((1, 2, 1)), keras.layers.Flatten(), dense(1)])
    generator = keras.Sequential([keras.Input((3,)), dense(2), keras.layers.Reshape((1, 2, 1))])
    for batch in (6, 5):
        gan = GAN(discriminator, generator, latent_dim=3)
        stand_in_compile(gan, 0.1, 0.1)
        gan.loss_fn = Recording(from_logits=True)
        seen.clear()
        gan.train_step(keras.ops.ones((batch, 1, 2, 1)))
        for y_true, y_pred in seen:
            assert y_true.size == y_pred.size, f"a batch of {batch}: the loss got {y_true.size} labels for {y_pred.size} logits"
            assert set(np.unique(y_true)) <= {0, 1}, (
                f"labels are 0 and 1, and come first; the loss got {y_true.ravel()[:4].round(3)} as its first argument"
            )
        ones = sum(int(y_true.sum()) for y_true, _ in seen)
        zeros = sum(y_true.size for y_true, _ in seen) - ones
        assert (ones, zeros) == (batch, 2 * batch), (
            f"a batch of {batch}: expected {batch} labels 1 (generated images) and {2 * batch} labels 0 (real images, and the lie), "
            f"got {ones} and {zeros}"
        )
        got = int(gan.d_optimizer.iterations), int(gan.g_optimizer.iterations)
        assert got == (1, 1), f"expected one step of each optimizer, got {got[0]} of d_optimizer and {got[1]} of g_optimizer"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each half draws latent points of its own."
failure_message: "Expected: latent points of its own for each half."
""" # END TEST CONFIG


def test_fresh_latents(GAN, stand_in_compile):
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

    discriminator = keras.Sequential([keras.Input((1, 2, 1)), keras.layers.Flatten(), keras.layers.Dense(1)])
    gan = GAN(discriminator, Generator(), latent_dim=5)
    stand_in_compile(gan, 0.1, 0.1)
    gan.train_step(keras.ops.ones((6, 1, 2, 1)))
    latents = np.concatenate(seen)
    assert latents.shape[1:] == (5,), f"with latent_dim=5, expected latent points of shape (B, 5), got {seen[0].shape}"
    different = len(np.unique(latents, axis=0))
    assert different >= 12, f"two halves with 6 images each: expected 12 different latent points, got {different}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The logs are running means, and fit goes through short batches."
failure_message: "Expected: logs that are running means, and a fit that goes through short batches."
""" # END TEST CONFIG


def test_logs(GAN, stand_in_compile):
    import keras
    import numpy as np

    dense = keras.layers.Dense
    discriminator = keras.Sequential([keras.Input((1, 2, 1)), keras.layers.Flatten(), dense(1, kernel_initializer="ones")])
    generator = keras.Sequential([keras.Input((3,)), dense(2, kernel_initializer="zeros"), keras.layers.Reshape((1, 2, 1))])
    real = np.repeat(np.float32([0, 0, 0, 0, 3, 3]), 2).reshape(6, 1, 2, 1)
    gan = GAN(discriminator, generator, latent_dim=3)
    stand_in_compile(gan, 0.0, 0.0)
    alone = []
    for batch in (real[:4], real[4:]):
        gan.reset_metrics()
        logs = gan.train_step(keras.ops.convert_to_tensor(batch))
        assert isinstance(logs, dict) and {"d_loss", "g_loss"} <= set(logs), f"expected a dict with d_loss and g_loss, got {logs}"
        for name in ("d_loss", "g_loss"):
            assert not isinstance(logs[name], keras.metrics.Metric), f"{name} in the logs is a metric: return its result()"
        alone.append(float(logs["d_loss"]))
    assert abs(float(logs["g_loss"]) - np.log(2)) < 1e-4, (
        f"all logits of generated images are 0: expected a g_loss of {np.log(2):.4f}, got {float(logs['g_loss']):.4f}"
    )
    try:
        history = gan.fit(real, batch_size=4, shuffle=False, verbose=0).history
    except TypeError as error:
        raise AssertionError(
            f"called by hand train_step works, but not in fit: {error}\nfit makes a graph of it, where tensors have no values yet: "
            "ask ops.shape for the batch's size, not .shape or len, and use neither NumPy nor float()"
        ) from None
    got = history["d_loss"][0]
    # Whether a short batch counts less is up to you.
    assert min(abs(got - np.average(alone, weights=weights)) for weights in ([1, 1], [4, 2])) < 1e-3, (
        f"two batches with the losses {alone[0]:.4f} and {alone[1]:.4f}: fit should report their mean, and reports {got:.4f}. "
        "Return what the metrics say"
    )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Put together
#
# Now everything runs: four answers, two networks, real digits. The training takes about a minute on two cores. The
# callback keeps what the generator makes of the same latent points as it learns, and the two losses of each epoch.

# %% tags=["demo"]
class Snapshots(keras.callbacks.Callback):
    """Keeps images of the same latent points after some epochs, and each epoch's losses."""

    def __init__(self, epochs):
        super().__init__()
        self.epochs, self.images, self.losses = epochs, [], []
        self.latents = np.random.default_rng(3).normal(size=(1000, LATENT_DIM)).astype("float32")

    def on_epoch_end(self, epoch, logs=None):
        self.losses.append([float(logs["d_loss"]), float(logs["g_loss"])])
        if epoch + 1 in self.epochs:
            self.images.append(np.asarray(self.model.generator(self.latents)))
            print(f"epoch {epoch + 1:3}   d_loss {self.losses[-1][0]:.2f}   g_loss {self.losses[-1][1]:.2f}")


def train(epochs=80, d_rate=1e-3, g_rate=1e-3):
    """Train a new GAN; returns it and its snapshots."""
    keras.utils.set_random_seed(7)
    gan = GAN(build_discriminator((8, 8, 1)), build_generator(LATENT_DIM, (8, 8, 1)), LATENT_DIM)
    # Momentum (beta_1) is low: each network chases a target that the other one keeps moving.
    both = [keras.optimizers.Adam(rate, beta_1=0.5) for rate in (d_rate, g_rate)]
    gan.compile(*both, keras.losses.BinaryCrossentropy(from_logits=True))
    snapshots = Snapshots([1, 5, 20, epochs])
    gan.fit(images, batch_size=64, epochs=epochs, verbose=0, callbacks=[snapshots])
    return gan, snapshots


with picture("every answer"):
    gan, snapshots = train()
    rows = np.concatenate([*(batch[:12] for batch in snapshots.images), images[:12]])
    show_images(rows, f"after {', '.join(map(str, snapshots.epochs))} epochs; last row: real digits")

# %% [markdown]
# **Is it any good?** The losses do not say. In most training a falling loss means progress; here each loss falls at the
# other one's cost. A discriminator that cannot tell real from generated at all gives every image the probability ½, and
# then both losses are $\log 2 \approx 0.69$; if your `d_loss` is a sum of two, it is twice that. (It would be a perfect
# generator, or a hopeless discriminator.)
#
# So look at samples, and at more than a handful. A generator that only repeated its data would be of no use: the nearest
# real digit to each generated one should be *like* it, not the same.

# %% tags=["demo"]
if "gan" in globals():
    d_losses, g_losses = zip(*snapshots.losses)
    plt.figure(figsize=(7, 3.2))
    plt.plot(range(1, len(d_losses) + 1), d_losses, color="#0072B2", label="d_loss")
    plt.plot(range(1, len(g_losses) + 1), g_losses, "--", color="#D55E00", label="g_loss")
    plt.axhline(np.log(2), color="black", linewidth=0.8, linestyle=":", label="log 2")
    plt.xlabel("epoch")
    plt.ylabel("mean loss")
    plt.legend()
    plt.show()
    generated = snapshots.images[-1][:12]
    nearest = [images[np.square(images - one).sum(axis=(1, 2, 3)).argmin()] for one in generated]
    show_images(np.concatenate([generated, nearest]), "generated digits, and below each the real one that is nearest to it")
    plt.show()

# %% [markdown]
# ### Mode collapse
#
# The discriminator looks at one image at a time. So the generator may win by making *one* convincing image again and
# again: nobody tells it that variety is wanted. This is **mode collapse**, the failure that GANs are known for. The
# discriminator then learns to spot this one image, the generator moves on to another, and so round and round.
#
# Look again at the opening picture, where there are twelve latent points: after 5 epochs they make hardly more than one image,
# after 20 epochs mostly another one. Your own GAN goes through something like it, how badly depends on its layers. Below are
# 24 samples of each age, and how often each kind of digit comes up among 500 of them, judged by the nearest real digit. Later
# the two networks come to a balance, in which a generator that repeats itself is caught before it can profit, and variety
# grows. Not every GAN gets that far.

# %% tags=["demo"]
def kinds(samples):
    """How often each digit comes up among samples, in percent, by the label of the nearest real image."""
    nearest = [np.square(images - one).sum(axis=(1, 2, 3)).argmin() for one in samples]
    return 100 * np.bincount(labels[nearest], minlength=10) / len(samples)


if "gan" in globals():
    ages = list(zip(snapshots.epochs, snapshots.images))[1:]
    for epoch, batch in ages:
        show_images(batch[:24], f"after {epoch} epochs")
        plt.show()
    figure, axes = plt.subplots(1, 4, figsize=(12, 2.8), sharey=True, layout="constrained")
    for axis, title, batch in zip(axes, [*(f"after {epoch} epochs" for epoch, _ in ages), "real"], [*(batch for _, batch in ages), images]):
        axis.bar(range(10), kinds(batch[:500]), color="#0072B2")
        axis.set(title=title, xlabel="kind of digit", xticks=range(10))
    axes[0].set_ylabel("share of 500 images, in percent")
    plt.show()

# %% [markdown]
# **One knob to turn.** Take both `#` away below and run the cell: now the generator learns ten times as fast as the
# discriminator. Before you do, write down which of the two losses you expect to fall. Then look at the samples: is there any
# grey left in them? (Where `tanh` is close to its ends, its slope is close to 0.) Next, try `d_rate=1e-2` instead: is it as
# bad when the discriminator is the faster one?

# %% tags=["demo"]
# other, other_snapshots = train(epochs=30, g_rate=1e-2)
# show_images(other_snapshots.images[-1][:36], "d_loss {:.2f}, g_loss {:.2f}".format(*other_snapshots.losses[-1]))

# %% [markdown]
# ## What you can do now
#
# - You can build a discriminator and a generator from convolutions, for images of any size.
# - You can train two networks against each other, with a `compile` and a `train_step` of your own, and `fit` still runs it.
# - You know why a GAN's losses say little, and what mode collapse looks like.
#
# **Three things to try.** Walk in a straight line from one latent point to another, in twelve steps, and look at the digits
# on the way. Give the real images the label 0.1 instead of 0 (*label smoothing*) and compare the two losses. Add
# `layers.BatchNormalization` to the generator: does it learn faster?
#
# **What the hidden tests look at.** The two networks: shapes, for images of other sizes as well; that there are convolutions
# and small maps; what comes last; that every pixel, channel, latent number and layer counts; that examples do not mix.
# `compile`: what it keeps, what the metrics are called and say, when they are set back, and `fit`. The training step: which
# weights move, by how much and in which order (with networks and a loss made for the purpose), labels, fresh latent points,
# logs, several batches in a row, a short last batch in `fit`. Where there is time, a GAN is trained on the digits with your
# step, and a classifier says whether its samples are digits, and of how many kinds.
#
# **To hand in**, save the notebook and submit the file `gan.ipynb`. Nothing else is needed. To be sure that it runs from
# top to bottom, restart the kernel and run all cells first.
