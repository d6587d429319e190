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
# name: vae
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # Variational autoencoder
#
# ![Left: handwritten digits and their reconstructions from two numbers. Middle: a plane on which each digit stands where its code lies, equal digits together. Right: a grid of new digits that nobody wrote.](data/cover.png)
#
# At the end of this notebook you have all three parts of this picture: a network that squeezes a digit into **two numbers**
# and rebuilds it, a map of where the ten digits live, and digits that nobody ever wrote.
#
# An ordinary autoencoder gives each image one point, and what lies between the points is anyone's guess. A *variational*
# autoencoder (VAE) gives each image a small cloud and keeps all clouds close to one standard normal distribution. So the space has
# no holes: draw a point from that normal distribution, decode it, and you have a new image.
#
# **You need** the functional API, `keras.Model` subclasses and `tf.GradientTape`. **It takes** about 90 minutes.
# Nothing here needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `Sampling`: a layer that draws from a cloud and lets gradients through | 15 |
# | 2 | `build_encoder`: image → cloud | 15 |
# | 3 | `build_decoder`: point → image | 15 |
# | 4 | `kl_divergence`: how far a cloud is from the standard normal | 15 |
# | 5 | `VAE.train_step`: one step of training | 30 |
# | 6 | `generate`: new digits | 10 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it. Each question can be solved even if an
# earlier one is not right yet; where your code uses an earlier answer, the text says so.

# %% [markdown]
# ## Set-up
#
# Run these cells first. In Google Colab the first one installs what is missing and asks for the zip file that you were given.

# %%
import json
import os
import sys
import zipfile
from pathlib import Path

if "google.colab" in sys.modules:
    get_ipython().run_line_magic("pip", "install --quiet otter-grader==7.0.0")
    if Path("vae").is_dir():
        os.chdir("vae")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("vae").is_dir():
            os.chdir("vae")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("vae.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("vae.ipynb")

# %%
import contextlib
import functools

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
        print(f"A picture comes here once {waits_for} is written.")


# %% [markdown]
# The data: 1,797 handwritten digits of 8 × 8 pixels, scaled to values from 0 (paper) to 1 (ink), as an array of shape
# `(N, H, W, C)` with one channel. 1,500 of them are for training. The other 297 are *held out*: the network never trains on
# them, so that they can tell whether it learned digits or learned the training set by heart.

# %%
with np.load("data/digits.npz") as digits:
    images = digits["images"][..., None].astype("float32") / 16
    labels = digits["labels"]

train_images, held_out_images = images[:1500], images[1500:]
train_labels, held_out_labels = labels[:1500], labels[1500:]
print("training:", train_images.shape, " held out:", held_out_images.shape)


# One dark colour for each digit; pictures also write the digit itself, so that none depends on telling colours apart.
DIGIT_COLOURS = ["#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#8C6D00", "#5E3C99", "#B2182B", "#2B7A78", "#666666"]


def show_images(images, title="", columns=10):
    """Draw images of shape `(N, H, W, C)` side by side, `columns` to a row."""
    images = np.asarray(images)
    rows = -(-len(images) // columns)
    height, width = images.shape[1:3]
    sheet = np.ones((rows * (height + 1) + 1, columns * (width + 1) + 1))
    for i, image in enumerate(images):
        top, left = i // columns * (height + 1) + 1, i % columns * (width + 1) + 1
        sheet[top : top + height, left : left + width] = 1 - image[..., 0]
    plt.figure(figsize=(0.8 * columns, 0.8 * rows))
    plt.imshow(sheet, cmap="gray", vmin=0, vmax=1)
    plt.title(title, loc="left")
    plt.axis("off")


# %% tags=["demo"]
show_images(train_images[:10], f"ten training images: {' '.join(map(str, train_labels[:10]))}")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: sampling

# %% [markdown]
# ## 1 · Draw from a cloud, and let gradients through
#
# The encoder will describe each image's cloud by a normal distribution: a mean and a variance for each latent dimension.
# To decode, we need a point $z$ from that cloud. Drawing is random, and there is no gradient of "draw a number" with respect to the
# mean, so the encoder could not learn. The *reparameterization trick* draws noise that depends on nothing, and then shifts and
# scales it:
#
# $$z = \mu + \sigma\,\varepsilon, \qquad \varepsilon \sim \mathcal N(0, 1), \qquad \sigma = \exp\left(\tfrac12 \log\sigma^2\right)$$
#
# Now $\partial z/\partial\mu = 1$ and $\partial z/\partial\sigma = \varepsilon$. The encoder gives us $\log\sigma^2$ and not $\sigma$,
# because a logarithm may be any number at all, while $\sigma$ must stay positive.
#
# | symbol | in code | shape |
# |---|---|---|
# | $\mu$ | `z_mean` | `(B, D)`: `B` images in the batch, `D` latent dimensions |
# | $\log\sigma^2$ | `z_log_var` | `(B, D)` |
# | $\varepsilon$ | noise that you draw | `(B, D)`: a number of its own for every image **and** every dimension, new in **each call** |
# | $z$ | what you return | `(B, D)` |

# %% [markdown]
# **Two wrong turns**, shown below. A draw made by NumPy is a constant in TensorFlow's eyes: no gradient. And an integer
# seed given to `keras.random.normal` gives the same "noise" in every call, for it is the seed of that one draw.

# %% tags=["demo"]
mean = tf.Variable([0.5])
with tf.GradientTape() as tape:
    z = tf.constant(np.random.normal(mean.numpy(), 1.0))
print("gradient of a NumPy draw with respect to the mean:", tape.gradient(z, mean))
print("three draws with seed=3:", *[float(keras.random.normal((1,), seed=3)[0]) for _ in range(3)])

# %% [raw]
# # BEGIN SOLUTION


# %%
class Sampling(layers.Layer):
    """Draws one point from each image's cloud.

    `Sampling()((z_mean, z_log_var))` takes a pair (tuple or list) of float tensors of shape `(B, D)` and returns a float
    tensor `z` of shape `(B, D)`:

        z = z_mean + exp(z_log_var / 2) * epsilon,    epsilon ~ N(0, 1)

    epsilon is new for each call, each image and each dimension, in training and outside of it. `z` can be differentiated with
    respect to both inputs. B may be unknown when the model is built.

    Example: z_mean = 3, z_log_var = 1.386 (a variance of 4) and epsilon = -0.5 give z = 3 + 2 * (-0.5) = 2.
    """

    def call(self, inputs):
        # BEGIN SOLUTION NO PROMPT
        z_mean, z_log_var = inputs
        epsilon = keras.random.normal(ops.shape(z_mean))
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. Take the pair apart.
        # 2. Draw epsilon, in the shape of z_mean.
        # 3. Shift and scale it.
        raise NotImplementedError("Sampling is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# The number of images in a batch is not known when the model is built. Where can you ask for it while the model runs?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# `z_mean.shape` may hold `None` in its first place. There is an operation that gives the shape as it is at run time.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.ops.shape`, `keras.random.normal`, `keras.ops.exp`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "One point for each cloud, in the shape of z_mean."
failure_message: "Expected: one point for each cloud, in the shape of z_mean."
""" # END TEST CONFIG


def test_shape(Sampling):
    import numpy as np

    z_mean, z_log_var = np.zeros((5, 3), "float32"), np.ones((5, 3), "float32")
    z = np.asarray(Sampling()((z_mean, z_log_var)))
    assert z.shape == (5, 3), f"z_mean has shape (5, 3), so z must have it too; yours has {z.shape}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The cloud has the right centre and spread."
failure_message: "Expected: a cloud with centre z_mean and standard deviation exp(z_log_var / 2)."
""" # END TEST CONFIG


def test_centre_and_spread(Sampling):
    import numpy as np

    z_mean = np.tile(np.float32([-4, 0, 5]), (4000, 1))
    z_log_var = np.tile(np.float32([-2, 1, 2]), (4000, 1))
    z = np.asarray(Sampling()((z_mean, z_log_var)))
    centre, spread = z.mean(axis=0), z.std(axis=0)
    expected = np.exp([-1, 0.5, 1])
    cause = ""
    if np.allclose(spread, np.exp([-2, 1, 2]), rtol=0.1):
        cause = " That is exp(z_log_var), the variance: a standard deviation is its square root."
    elif np.allclose(spread, [2, 1, 2], rtol=0.1):
        cause = " That is z_log_var itself: it is a logarithm."
    assert np.allclose(centre, [-4, 0, 5], atol=0.3), f"expected centres near [-4, 0, 5], got {centre.round(2)}"
    assert np.allclose(spread, expected, rtol=0.1), (
        f"for z_log_var = [-2, 1, 2] expected standard deviations near {expected.round(2)}, got {spread.round(2)}.{cause}"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "Each call, each image and each dimension has noise of its own."
failure_message: "Expected: noise of its own for each call, each image and each dimension."
""" # END TEST CONFIG


def test_own_noise(Sampling):
    import numpy as np

    layer, zeros = Sampling(), np.zeros((4, 3), "float32")
    z = np.asarray(layer((zeros, zeros)))
    again = np.asarray(layer((zeros, zeros)))
    assert z.any(), "z is z_mean itself, although the standard deviation is 1: is anything drawn and added?"
    assert not np.allclose(z, again), "two calls gave the same noise: is there an integer seed in your draw?"
    assert not np.allclose(z[0], z[1]), f"two images of a batch got the same noise {z[0]}: draw in the shape of z_mean"
    assert not np.allclose(z[:, 0], z[:, 1]), "all dimensions of an image got the same noise: draw in the shape of z_mean"


# %%
""" # BEGIN TEST CONFIG
success_message: "Gradients reach z_mean and z_log_var."
failure_message: "Expected: gradients that reach z_mean and z_log_var."
""" # END TEST CONFIG


def test_gradients(Sampling):
    import numpy as np
    import tensorflow as tf

    z_mean, z_log_var = tf.Variable(tf.ones((5, 3))), tf.Variable(tf.ones((5, 3)))
    with tf.GradientTape() as tape:
        drawn = Sampling()((z_mean, z_log_var))
    to_mean, to_log_var = tape.gradient(drawn, [z_mean, z_log_var])
    assert to_mean is not None and to_log_var is not None, (
        "no gradient from z to z_mean or to z_log_var: stay with keras.ops or tf functions all the way"
    )
    assert np.allclose(to_mean, 1), f"when z_mean grows by 1, so does z; your z grows by {np.asarray(to_mean)[0]}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Three clouds in the plane, 300 draws from each. Each ellipse holds 39 % of its cloud: it is drawn at one
# standard deviation.

# %% tags=["demo"]
with picture("Sampling"):
    clouds = [([-3, 0], [0.0, 0.0]), ([1, 2], [-3.0, 1.0]), ([3, -1], [1.0, -2.0])]
    plt.figure(figsize=(7, 4))
    for (mean, log_var), marker, colour in zip(clouds, "os^", ["#0072B2", "#D55E00", "#009E73"]):
        z = Sampling()((np.tile(np.float32(mean), (300, 1)), np.tile(np.float32(log_var), (300, 1))))
        plt.scatter(*np.asarray(z).T, s=9, marker=marker, color=colour, alpha=0.5, label=f"mean {mean}, log-variance {log_var}")
        angle = np.linspace(0, 2 * np.pi, 100)
        plt.plot(mean[0] + np.exp(log_var[0] / 2) * np.cos(angle), mean[1] + np.exp(log_var[1] / 2) * np.sin(angle), color="black")
    plt.xlabel("$z_1$")
    plt.ylabel("$z_2$")
    plt.axis("equal")
    plt.legend(loc="upper left", fontsize=8)

# %% [raw]
# # BEGIN QUESTION
# name: encoder

# %% [markdown]
# ## 2 · The encoder: from an image to a cloud
#
# The encoder looks at an image and says where its cloud lies. Two convolutions with stride 2 halve height and width twice while
# the number of channels grows; a dense layer mixes what is left; then **two separate heads** read off the mean and the
# log-variance. Your `Sampling` layer draws a point, so that whoever uses the encoder gets all three.
#
# | tensor | shape | may be |
# |---|---|---|
# | images | `(B, H, W, C)` | 0 to 1 |
# | `z_mean` | `(B, D)` | any number |
# | `z_log_var` | `(B, D)` | any number |
# | `z` | `(B, D)` | any number, another one in each call |

# %% [markdown]
# **The wrong turn.** After a row of layers with `activation="relu"` it is easy to give the heads one as well. Below, what becomes
# of a plane of possible means: a ReLU leaves a quarter of it (and piles the rest up on the axes), a tanh a small square. The standard normal
# distribution, where we shall draw from later, covers all of it.

# %% tags=["demo"]
scores = np.random.default_rng(0).normal(scale=1.5, size=(600, 2))
figure, panels = plt.subplots(1, 3, figsize=(9, 3), sharex=True, sharey=True)
for panel, name, codes in zip(panels, ["relu", "tanh", "none"], [np.maximum(scores, 0), np.tanh(scores), scores]):
    panel.scatter(*codes.T, s=6, alpha=0.5)
    panel.set(title=f"activation: {name}", xlabel="$\\mu_1$", aspect="equal")
panels[0].set_ylabel("$\\mu_2$")
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_encoder(image_shape, latent_dim):
    """Builds the network that maps images to clouds and draws a point from each.

    image_shape: `(H, W, C)`, with H and W multiples of 4. latent_dim: D.

    Returns a functional `keras.Model` (made from `keras.Input`) with one input of shape `(B, H, W, C)` and a list of three outputs
    of shape `(B, D)`, in this order: `z_mean`, `z_log_var`, `z`.

    - `z_mean` and `z_log_var` each have a layer of their own and may be any number: no activation, no clipping.
    - `z` is drawn from the two by your `Sampling` layer.
    - Every pixel and every channel of the image counts (padding "same", so that no border is dropped).

    The layers between are yours to choose. A good choice: `Conv2D` with 16 and then 32 filters of 3 × 3, stride 2, padding "same", ReLU;
    `Flatten`; `Dense(32)` with ReLU.

    Example: `build_encoder((8, 8, 1), 2)` called on 5 images returns three tensors of shape `(5, 2)`.
    """
    # BEGIN SOLUTION NO PROMPT
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(images)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Flatten()(x)
    x = layers.Dense(32, activation="relu")(x)
    z_mean = layers.Dense(latent_dim, name="z_mean")(x)
    z_log_var = layers.Dense(latent_dim, name="z_log_var")(x)
    z = Sampling(name="z")((z_mean, z_log_var))
    return keras.Model(images, [z_mean, z_log_var, z], name="encoder")
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. An input for images of the given shape.
    # 2. Convolutions with stride 2, then flatten, then a dense layer.
    # 3. Two heads, and a draw from them.
    # 4. The model from the input to the three outputs.
    raise NotImplementedError("build_encoder is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which layer has an output of `D` numbers that may be negative as well as larger than one?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# A functional model starts at an input, passes tensors from layer to layer, and is made from its two ends. It may end in a list of tensors.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.Input`, `layers.Conv2D`, `layers.Flatten`, `layers.Dense`, `keras.Model(inputs, outputs)`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Three outputs of latent_dim numbers, for any image_shape."
failure_message: "Expected: three outputs of latent_dim numbers each, for any image_shape."
""" # END TEST CONFIG


def test_outputs(build_encoder):
    import numpy as np

    encoder = build_encoder((12, 8, 3), 5)
    outputs = encoder(np.ones((2, 12, 8, 3), "float32"))
    assert isinstance(outputs, (list, tuple)), f"expected a list of three outputs, got a {type(outputs).__name__}"
    assert len(outputs) == 3, f"expected [z_mean, z_log_var, z], got {len(outputs)} outputs"
    shapes = [tuple(output.shape) for output in outputs]
    assert shapes == [(2, 5)] * 3, f"2 images and latent_dim 5: expected three shapes (2, 5), got {shapes}"


# %%
""" # BEGIN TEST CONFIG
success_message: "z is a fresh draw; z_mean and z_log_var stay the same."
failure_message: "Expected: z is a fresh draw in each call; z_mean and z_log_var stay the same."
""" # END TEST CONFIG


def test_only_z_is_random(build_encoder):
    import numpy as np

    encoder = build_encoder((12, 8, 3), 5)
    images = np.random.default_rng(0).random((2, 12, 8, 3), dtype="float32")
    first, second = [[np.asarray(output) for output in encoder(images)] for _ in range(2)]
    for i, name in enumerate(["z_mean", "z_log_var"]):
        assert np.allclose(first[i], second[i]), f"output {i} should be {name}, but it changes from call to call: is z in its place?"
    assert not np.allclose(first[2], second[2]), "output 2 should be z, a fresh draw, but two calls gave the same: see question 1"


# %%
""" # BEGIN TEST CONFIG
success_message: "z_mean and z_log_var can be large, and of either sign."
failure_message: "Expected: z_mean and z_log_var that can be large, and of either sign."
""" # END TEST CONFIG


def test_unbounded(build_encoder):
    import numpy as np

    encoder, rng = build_encoder((12, 8, 3), 24), np.random.default_rng(0)
    # With large weights, an output without activation is large too.
    encoder.set_weights([30 * (w + rng.normal(scale=0.05, size=w.shape)) for w in encoder.get_weights()])
    outputs = encoder(rng.random((4, 12, 8, 3), dtype="float32"))
    for name, values in zip(["z_mean", "z_log_var"], outputs):
        low, high = np.min(values), np.max(values)
        assert low < -1 and high > 1, (
            f"with large weights {name} should go far below -1 and far above 1, but it stays between {low:.2f} and {high:.2f}: "
            "does its layer have an activation?"
        )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The digits on the latent plane, where your encoder puts them before it has learned anything. Each number
# is one image. Remember this picture: you will see it again after training.

# %% tags=["demo"]
def show_plane(codes, labels, title, limit=None):
    """Write each image's label at its code; `codes` has shape `(N, 2)`, `labels` `(N,)`."""
    plt.figure(figsize=(7, 7))
    for (x, y), label in zip(np.asarray(codes), labels):
        plt.text(x, y, str(label), color=DIGIT_COLOURS[label], fontsize=8, ha="center", va="center", clip_on=True)
    limit = limit or 1.1 * np.abs(codes).max()
    plt.axis([-limit, limit, -limit, limit])
    plt.gca().set_aspect("equal")
    plt.xlabel("$\\mu_1$")
    plt.ylabel("$\\mu_2$")
    plt.title(title)


with picture("build_encoder"):
    untrained = build_encoder(train_images.shape[1:], 2)
    untrained.summary()
    show_plane(untrained(held_out_images)[0], held_out_labels, "before training")

# %% [raw]
# # BEGIN QUESTION
# name: decoder

# %% [markdown]
# ## 3 · The decoder: from a point to an image
#
# The decoder runs the encoder's way back. A dense layer makes enough numbers for a small stack of feature maps, a quarter of the image
# high and wide; two `Conv2DTranspose` layers with stride 2 double height and width each; a last one makes the image's channels.
# A pixel is a degree of ink between 0 and 1, and training will read it as a probability, so the last layer's activation must keep it there.
#
# | tensor | shape | may be |
# |---|---|---|
# | `z` | `(B, D)` | any number |
# | after `Dense` and `Reshape` | `(B, H/4, W/4, filters)` | |
# | the image | `(B, H, W, C)` | strictly between 0 and 1 |

# %% [markdown]
# **The wrong turn.** Without an activation at the end, nothing complains: the loss that we shall use cuts predictions off at 0 and 1.
# Below, the loss of one pixel of ink (target 1). A prediction of 1.3 costs nothing at all, and a prediction of −0.3, as wrong as can be,
# has no gradient that would mend it.

# %% tags=["demo"]
for prediction in [0.3, 0.9, 1.3, -0.3]:
    prediction = tf.Variable([prediction])
    with tf.GradientTape() as tape:
        loss = keras.losses.binary_crossentropy(tf.constant([1.0]), prediction)
    print(f"prediction {prediction.numpy()[0]:4.1f}: loss {loss.numpy():5.2f}, gradient {tape.gradient(loss, prediction).numpy()[0]:5.2f}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_decoder(latent_dim, image_shape):
    """Builds the network that maps points of the latent space to images.

    latent_dim: D. image_shape: `(H, W, C)`, with H and W multiples of 4. Mind the order of the two arguments: it is the order in
    which the data flows.

    Returns a functional `keras.Model` (made from `keras.Input`) with one input of shape `(B, D)` and one output of shape
    `(B, H, W, C)`, each value between 0 and 1 without ever reaching them (but for rounding): every pixel and channel has a sigmoid of its own.

    The layers between are yours to choose. A good choice: `Dense` to H/4 · W/4 · 32 numbers with ReLU; `Reshape`; `Conv2DTranspose` with 32
    and then 16 filters of 3 × 3, stride 2, padding "same", ReLU; a last `Conv2DTranspose` with C filters.

    Example: `build_decoder(2, (8, 8, 1))` called on 5 points returns a tensor of shape `(5, 8, 8, 1)`.
    """
    # BEGIN SOLUTION NO PROMPT
    height, width, channels = image_shape
    z = keras.Input((latent_dim,))
    x = layers.Dense(height // 4 * (width // 4) * 32, activation="relu")(z)
    x = layers.Reshape((height // 4, width // 4, 32))(x)
    x = layers.Conv2DTranspose(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(x)
    images = layers.Conv2DTranspose(channels, 3, padding="same", activation="sigmoid")(x)
    return keras.Model(z, images, name="decoder")
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. An input for points with latent_dim numbers.
    # 2. A dense layer and a reshape to (H/4, W/4, filters).
    # 3. Two transposed convolutions that double height and width.
    # 4. A last one that makes the image, then the model from the input to it.
    raise NotImplementedError("build_decoder is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Each transposed convolution with stride 2 doubles height and width. From which size do two of them reach `H × W`?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# `image_shape` is not always `(8, 8, 1)`. Compute the size of the dense layer from it.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `layers.Reshape`, `layers.Conv2DTranspose` with `strides` and `padding`, the activations on keras.io.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "From latent_dim numbers to an image of image_shape."
failure_message: "Expected: from latent_dim numbers to an image of image_shape."
""" # END TEST CONFIG


def test_shape(build_decoder):
    import numpy as np

    decoder = build_decoder(5, (12, 8, 3))
    shape = tuple(decoder(np.ones((2, 5), "float32")).shape)
    cause = " (are height and width swapped?)" if shape == (2, 8, 12, 3) else ""
    assert shape == (2, 12, 8, 3), f"2 points and image_shape (12, 8, 3): expected shape (2, 12, 8, 3), got {shape}{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Values come near 0 and near 1, and stay between them."
failure_message: "Expected: values that come near 0 and near 1, and stay between them."
""" # END TEST CONFIG


def test_range(build_decoder):
    import numpy as np

    decoder, rng = build_decoder(5, (12, 8, 3)), np.random.default_rng(0)
    # Large weights drive the last layer far to both sides.
    decoder.set_weights([10 * (w + rng.normal(scale=0.05, size=w.shape)) for w in decoder.get_weights()])
    images = np.asarray(decoder(rng.normal(size=(20, 5)).astype("float32")))
    low, high = images.min(), images.max()
    assert 0 <= low and high <= 1, f"expected values between 0 and 1, got {low:.2f} to {high:.2f}: which activation is last?"
    assert low < 0.1 and high > 0.9, (
        f"with large weights the values should span nearly all of 0 to 1, but they stay between {low:.2f} and {high:.2f}: "
        "is there another activation before the last one?"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "Each point has an image of its own."
failure_message: "Expected: each point has an image of its own, whatever else is in the batch."
""" # END TEST CONFIG


def test_own_image(build_decoder):
    import numpy as np

    decoder, rng = build_decoder(5, (12, 8, 3)), np.random.default_rng(0)
    decoder.set_weights([w + rng.normal(scale=0.05, size=w.shape) for w in decoder.get_weights()])  # as if it had learned a little
    points = rng.normal(size=(3, 5)).astype("float32")
    together, alone = np.asarray(decoder(points)), np.asarray(decoder(points[1:2]))
    assert not np.allclose(together[0], together[1]), "two points gave the same image: does the input reach the output?"
    assert np.allclose(together[1], alone[0], atol=1e-5), "a point's image depends on the other points of the batch"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Ten random points, decoded before training. Grey, but of the right shape.

# %% tags=["demo"]
with picture("build_decoder"):
    blank = build_decoder(2, train_images.shape[1:])
    show_images(blank(np.random.default_rng(0).normal(size=(10, 2)).astype("float32")), "before training")

# %% [raw]
# # BEGIN QUESTION
# name: kl_divergence

# %% [markdown]
# ## 4 · How far is a cloud from the standard normal?
#
# Left to itself, the encoder would shrink each cloud to a point and move it far away from the others: safe to decode, but full of holes. The
# *Kullback–Leibler divergence* is the price for that: it measures how far the cloud $q = \mathcal N(\mu, \sigma^2)$ is from the *prior*
# $p = \mathcal N(0, 1)$, in nats (a nat is 1.44 bits). It is zero when the two agree and positive otherwise. For
# normal distributions with independent dimensions it has a closed form (Kingma and Welling, 2014, appendix B):
#
# $$\mathrm{KL}(q\,\|\,p) = -\frac12 \sum_{j=1}^{D} \left(1 + \log\sigma_j^2 - \mu_j^2 - \sigma_j^2\right)$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $\mu$ | `z_mean` | `(B, D)` |
# | $\log\sigma^2$ | `z_log_var` | `(B, D)` |
# | KL | what you return | `(B,)`: one number for each image |

# %% [markdown]
# **The wrong turn** is to average over the dimensions, as most Keras losses do. Independent dimensions each carry information of their own, so
# their divergences *add up*. Below, an estimate straight from the definition, the mean of $\log q(z) - \log p(z)$ over draws from $q$:
# twice as many equal dimensions, twice the divergence.

# %% tags=["demo"]
def estimate_kl(mean, std, draws=200_000):
    """A rough KL of N(mean, std²) from N(0, 1), by drawing; `mean` and `std` are NumPy arrays of shape `(D,)`."""
    noise = np.random.default_rng(0).normal(size=(draws, len(mean)))
    log_q = -0.5 * noise**2 - np.log(std)
    log_p = -0.5 * (mean + std * noise) ** 2
    return (log_q - log_p).sum(axis=1).mean()


for dimensions in [1, 2, 4]:
    print(dimensions, "dimensions:", estimate_kl(np.full(dimensions, 1.5), np.full(dimensions, 0.5)).round(2), "nats")

# %% [raw]
# # BEGIN SOLUTION


# %%
def kl_divergence(z_mean, z_log_var):
    """KL divergence of each image's cloud from the standard normal, in nats.

    `z_mean`, `z_log_var`: float tensors of shape `(B, D)`. Returns a float tensor of shape `(B,)`: the **sum** over the D dimensions, for each
    image on its own (no mean over the batch; that comes in question 5). It is differentiable and works in graph mode.

    Example: z_mean = [[1, 0, -2]] and z_log_var = [[0, 1, 0]] give [2.859]: 0.5 + 0.359 + 2.
    """
    # BEGIN SOLUTION NO PROMPT
    per_dimension = 1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var)
    return -0.5 * ops.sum(per_dimension, axis=-1)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("kl_divergence is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# The formula has $\log\sigma^2$ and $\sigma^2$. You are given one of them: how do you get the other?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Over which axis of `(B, D)` must you sum for a result of shape `(B,)`?
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.ops.square`, `keras.ops.exp`, `keras.ops.sum` and its `axis`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The docstring's example comes out."
failure_message: "Expected: the docstring's example."
""" # END TEST CONFIG


def test_example(kl_divergence):
    import numpy as np
    import tensorflow as tf

    got = np.asarray(kl_divergence(tf.constant([[1.0, 0, -2]]), tf.constant([[0.0, 1, 0]])))
    assert got.shape == (1,), f"one image, so expected shape (1,), got {got.shape}: sum over the latent axis, and only over it"
    causes = {-2.859: " The sign is wrong.", 5.718: " Where is the ½?", 0.953: " Sum over the dimensions instead of averaging."}
    cause = next((cause for value, cause in causes.items() if np.allclose(got, value, atol=1e-2)), "")
    assert np.allclose(got, 2.859, atol=1e-3), f"expected [2.859], got {got.round(3)}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "One number for each image."
failure_message: "Expected: one number for each image, which depends on that image only."
""" # END TEST CONFIG


def test_per_image(kl_divergence):
    import numpy as np
    import tensorflow as tf

    z_mean, z_log_var = tf.constant([[1.0, 0, -2], [0, 0, 3]]), tf.constant([[0.0, 1, 0], [0, 0, 0]])
    got = np.asarray(kl_divergence(z_mean, z_log_var))
    assert got.shape == (2,), f"2 images of 3 dimensions: expected shape (2,), got {got.shape}"
    assert np.allclose(got, [2.859, 4.5], atol=1e-3), f"expected [2.859, 4.5], got {got.round(3)}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Zero at the standard normal, and only there."
failure_message: "Expected: zero at the standard normal, and positive elsewhere."
""" # END TEST CONFIG


def test_zero_at_the_prior(kl_divergence):
    import numpy as np
    import tensorflow as tf

    at_prior = np.asarray(kl_divergence(tf.zeros((2, 3)), tf.zeros((2, 3))))
    assert np.allclose(at_prior, 0, atol=1e-6), f"a cloud equal to the standard normal costs nothing: expected 0, got {at_prior}"
    elsewhere = np.asarray(kl_divergence(tf.zeros((2, 3)), tf.constant([[-2.0, 0, 0], [2, 0, 0]])))
    assert (elsewhere > 0.1).all(), f"clouds that are too narrow or too wide cost something: expected positive numbers, got {elsewhere}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** What a cloud costs as its mean moves away from zero, for three spreads: your formula as lines, the rough estimate from above as
# dots. The bottom of the valley is the standard normal.

# %% tags=["demo"]
with picture("kl_divergence"):
    means = np.linspace(-3, 3, 61, dtype="float32")[:, None]
    plt.figure(figsize=(7, 4))
    for std, style in [(0.3, ":"), (1.0, "-"), (2.0, "--")]:
        plt.plot(means, kl_divergence(ops.convert_to_tensor(means), ops.full(means.shape, 2 * np.log(std))), style, label=f"σ = {std}")
        plt.plot(means[::10], [estimate_kl(mean, np.full(1, std)) for mean in means[::10]], "ko", markersize=4)
    plt.xlabel("mean of the cloud")
    plt.ylabel("KL divergence (nats)")
    plt.legend()

# %% [raw]
# # BEGIN QUESTION
# name: train_step

# %% [markdown]
# ## 5 · One step of training
#
# Encoder and decoder learn together, from one loss with two halves that pull against each other. The *reconstruction loss* asks the decoder to
# rebuild the image from `z`: it is the binary cross-entropy of each pixel, **summed** over the pixels and channels of an image. The KL divergence asks
# the clouds to stay near the prior. Both are then averaged over the images of the batch:
#
# $$L = \frac1B \sum_{b=1}^{B} \Bigl[\, \underbrace{\sum_{h,w,c} -x\log\hat x - (1-x)\log(1-\hat x)}_{\text{reconstruction of image } b}
# \; + \; \mathrm{KL}_b \,\Bigr]$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `data`: the batch of images that `fit` hands over | `(B, H, W, C)`, 0 to 1 |
# | $\hat x$ | the decoder's output for `z` | `(B, H, W, C)` |
# | KL | `kl_divergence(z_mean, z_log_var)`, your function of question 4 | `(B,)` |
# | $L$ | the loss to differentiate | one number |
#
# A Keras model whose `train_step` you write keeps all of `fit`: batches, epochs, callbacks, progress. `fit` calls your step for each batch, inside a
# TensorFlow graph, and shows what it returns.

# %% [markdown]
# **The wrong turn** is a mean where the sum belongs. It looks harmless: a loss is a loss. But the KL is a sum over the latent dimensions, and a mean over 64 pixels makes the
# reconstruction 64 times too cheap beside it. The best bargain is then to give all images the same cloud, the prior itself, and
# to decode an average digit: the *posterior has collapsed*. The loss falls nicely all the while.
#
# ![Three rows of ten images. First row: handwritten digits. Second row, reconstruction averaged over pixels: ten times the same grey blur. Third row, reconstruction summed over pixels: ten recognisable digits.](data/collapse.png)
#
# Beware: most losses in `keras.losses` take a mean over the **last axis** before you see the result. For `(B, H, W, C)` that is a mean over channels, and
# with `C = 1` you would not notice. Your step has to be right for any number of channels.

# %% [raw]
# # BEGIN SOLUTION


# %%
class VAE(keras.Model):
    """Trains an encoder and a decoder together.

    encoder: a model from images `(B, H, W, C)` to `[z_mean, z_log_var, z]`, each `(B, D)`.
    decoder: a model from `z` `(B, D)` to images `(B, H, W, C)` with values in (0, 1).

    Only `train_step` is yours to write; the rest is ready.
    """

    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder
        self.decoder = decoder
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.reconstruction_loss_tracker = keras.metrics.Mean(name="reconstruction_loss")
        self.kl_loss_tracker = keras.metrics.Mean(name="kl_loss")

    @property
    def metrics(self):
        """What Keras sets back to zero at the start of each epoch."""
        return [self.loss_tracker, self.reconstruction_loss_tracker, self.kl_loss_tracker]

    def train_step(self, data):
        """Updates encoder **and** decoder once, from one batch.

        data: images, a float tensor of shape `(B, H, W, C)` with values 0 to 1; B may differ from batch to batch.

        - Both networks are called with `training=True`; the decoder gets the `z` that the encoder drew.
        - reconstruction loss: binary cross-entropy summed over height, width and channels; mean over the batch.
        - KL loss: `kl_divergence` of question 4; mean over the batch.
        - loss: their sum, both with weight 1. One update of all trainable weights by `self.optimizer`.

        Returns a dict with the keys `"loss"`, `"reconstruction_loss"` and `"kl_loss"`: the running means over the batches of this epoch so
        far, which the three trackers compute.

        Example: the first two batches of an epoch have a `kl_loss` of 3 and 5. The first call returns 3, the second 4.
        """
        # BEGIN SOLUTION NO PROMPT
        with tf.GradientTape() as tape:
            z_mean, z_log_var, z = self.encoder(data, training=True)
            reconstruction = self.decoder(z, training=True)
            per_pixel = ops.binary_crossentropy(data, reconstruction)
            reconstruction_loss = ops.mean(ops.sum(per_pixel, axis=(1, 2, 3)))
            kl_loss = ops.mean(kl_divergence(z_mean, z_log_var))
            loss = reconstruction_loss + kl_loss
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply(gradients, self.trainable_weights)
        self.loss_tracker.update_state(loss)
        self.reconstruction_loss_tracker.update_state(reconstruction_loss)
        self.kl_loss_tracker.update_state(kl_loss)
        return {metric.name: metric.result() for metric in self.metrics}
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. Under a tf.GradientTape: encode, decode, both losses, their sum.
        # 2. The gradients of the sum with respect to all trainable weights.
        # 3. Let self.optimizer apply them.
        # 4. Update the three trackers and return their results by name.
        raise NotImplementedError("VAE.train_step is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What does the tape have to see, so that it knows how the loss depends on the weights?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# First get one number per pixel and channel, with the images' own shape. Then sum over three axes, then take the mean over the one that is left.
# The trainable weights of `self` are those of both networks.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `ops.binary_crossentropy` (element by element), `tape.gradient`, `self.trainable_weights`, `self.optimizer.apply`, `update_state` and `result` of `keras.metrics.Mean`.
# </details>

# %% [markdown]
# The checks use two tiny networks of their own and your `kl_divergence`.

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The reconstruction loss sums over pixels and channels."
failure_message: "Expected: a reconstruction loss that sums over pixels and channels and averages over the batch."
""" # END TEST CONFIG


def test_reconstruction_loss(VAE):
    import keras
    import numpy as np
    import tensorflow as tf

    images = keras.Input((4, 2, 3))
    code = keras.layers.Dense(2)(keras.layers.Flatten()(images))
    encoder = keras.Model(images, [code, code, code])
    points = keras.Input((2,))
    flat = keras.layers.Dense(24, activation="sigmoid", kernel_initializer="zeros")(points)
    decoder = keras.Model(points, keras.layers.Reshape((4, 2, 3))(flat))  # answers 0.5 everywhere
    vae = VAE(encoder, decoder)
    vae.compile(optimizer=keras.optimizers.SGD(0.0))
    logs = vae.train_step(tf.zeros((5, 4, 2, 3)))
    assert isinstance(logs, dict), f"train_step returns a dict of three numbers; yours returns a {type(logs).__name__}"
    missing = {"loss", "reconstruction_loss", "kl_loss"} - set(logs)
    assert not missing, f"the returned dict lacks {sorted(missing)}; it has {sorted(logs)}"
    got, pixel = float(logs["reconstruction_loss"]), np.log(2)
    causes = {1: "a mean over all pixels", 8: "a mean over channels: Keras' losses take it over the last axis", 5 * 24: "a sum over the batch as well"}
    cause = next((f" You have {why}." for count, why in causes.items() if np.isclose(got, count * pixel, rtol=1e-3)), "")
    assert np.isclose(got, 24 * pixel, rtol=1e-3), (
        f"for 4 × 2 pixels with 3 channels, each with a cross-entropy of log 2, expected 24 · log 2 = {24 * pixel:.3f}, got {got:.3f}.{cause}"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "The loss is the sum of its two halves."
failure_message: "Expected: the loss is the sum of the other two, and kl_loss comes from your kl_divergence."
""" # END TEST CONFIG


def test_sum_of_halves(VAE, kl_divergence):
    import keras
    import numpy as np
    import tensorflow as tf

    images = keras.Input((4, 2, 3))
    flat = keras.layers.Flatten()(images)
    z_mean, z_log_var = keras.layers.Dense(2)(flat), keras.layers.Dense(2)(flat)
    encoder = keras.Model(images, [z_mean, z_log_var, z_mean])
    points = keras.Input((2,))
    decoder = keras.Model(points, keras.layers.Reshape((4, 2, 3))(keras.layers.Dense(24, activation="sigmoid")(points)))
    vae = VAE(encoder, decoder)
    vae.compile(optimizer=keras.optimizers.SGD(0.0))
    batch = tf.random.uniform((5, 4, 2, 3), seed=0)
    expected_kl = float(tf.reduce_mean(kl_divergence(*encoder(batch)[:2])))
    logs = {name: float(value) for name, value in vae.train_step(batch).items()}
    assert np.isclose(logs["kl_loss"], expected_kl, rtol=1e-3), (
        f"expected kl_loss = mean of kl_divergence(z_mean, z_log_var) over the batch = {expected_kl:.3f}, got {logs['kl_loss']:.3f}"
    )
    total = logs["reconstruction_loss"] + logs["kl_loss"]
    assert np.isclose(logs["loss"], total, rtol=1e-3), f"expected loss = {total:.3f}, the sum of the other two, got {logs['loss']:.3f}"


# %%
""" # BEGIN TEST CONFIG
success_message: "One step moves the weights of both networks."
failure_message: "Expected: one step that moves the weights of both networks."
""" # END TEST CONFIG


def test_both_networks_learn(VAE):
    import keras
    import numpy as np
    import tensorflow as tf

    images = keras.Input((4, 2, 3))
    flat = keras.layers.Flatten()(images)
    z_mean, z_log_var = keras.layers.Dense(2)(flat), keras.layers.Dense(2)(flat)
    encoder = keras.Model(images, [z_mean, z_log_var, z_mean + z_log_var])
    points = keras.Input((2,))
    decoder = keras.Model(points, keras.layers.Reshape((4, 2, 3))(keras.layers.Dense(24, activation="sigmoid")(points)))
    vae = VAE(encoder, decoder)
    vae.compile(optimizer=keras.optimizers.SGD(0.1))
    before = [[np.array(w) for w in network.get_weights()] for network in (encoder, decoder)]
    vae.train_step(tf.random.uniform((5, 4, 2, 3), seed=0))
    for name, network, old in zip(["encoder", "decoder"], [encoder, decoder], before):
        still = [w.name for w, a, b in zip(network.weights, old, network.get_weights()) if np.array_equal(a, b)]
        assert not still, f"after one step, {len(still)} of the {name}'s weights have not moved: for which weights do you take gradients?"


# %%
""" # BEGIN TEST CONFIG
success_message: "The logs are running means, and start anew each epoch."
failure_message: "Expected: logs that are running means over the epoch's batches."
""" # END TEST CONFIG


def test_running_means(VAE):
    import keras
    import numpy as np
    import tensorflow as tf

    images = keras.Input((2, 2, 1))
    code = keras.layers.Dense(1, kernel_initializer="zeros")(keras.layers.Flatten()(images))
    encoder = keras.Model(images, [code, code, code])
    points = keras.Input((1,))
    flat = keras.layers.Dense(4, activation="sigmoid", kernel_initializer="zeros", bias_initializer="ones")(points)
    decoder = keras.Model(points, keras.layers.Reshape((2, 2, 1))(flat))
    vae = VAE(encoder, decoder)
    vae.compile(optimizer=keras.optimizers.SGD(0.0))
    paper, ink = tf.zeros((3, 2, 2, 1)), tf.ones((3, 2, 2, 1))
    first = float(vae.train_step(paper)["reconstruction_loss"])
    second = float(vae.train_step(ink)["reconstruction_loss"])
    vae.reset_metrics()  # what fit does between epochs
    again = float(vae.train_step(paper)["reconstruction_loss"])
    vae.reset_metrics()
    alone = float(vae.train_step(ink)["reconstruction_loss"])
    assert np.isclose(again, first), (
        f"a batch with loss {first:.3f} gives {again:.3f} at the start of the next epoch: the old batches still count. Are all trackers in metrics?"
    )
    assert not np.isclose(second, alone), f"after two batches your step returns {second:.3f}, the second one's loss alone, and no mean"
    expected = (first + alone) / 2
    assert np.isclose(second, expected, rtol=1e-3), (
        f"two batches with reconstruction losses {first:.3f} and {alone:.3f}: expected the running mean {expected:.3f}, got {second:.3f}"
    )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Now all five parts together: a VAE with two latent dimensions, trained on 1,500 digits for 60 epochs, which takes about a quarter of a minute.

# %% tags=["demo"]
@functools.cache
def trained_vae(latent_dim=2, epochs=60):
    """A VAE trained on the digits, and its history; a second call with the same arguments returns the same one."""
    keras.utils.set_random_seed(7)
    shape = train_images.shape[1:]
    vae = VAE(build_encoder(shape, latent_dim), build_decoder(latent_dim, shape))
    vae.compile(optimizer=keras.optimizers.Adam(3e-3))
    history = vae.fit(train_images, epochs=epochs, batch_size=64, verbose=0).history
    return vae, history


with picture("VAE.train_step, with all that it builds on,"):
    vae, history = trained_vae()
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3), layout="constrained")
    left.plot(history["loss"], "-", label="loss")
    left.plot(history["reconstruction_loss"], "--", label="reconstruction_loss")
    left.set(xlabel="epoch", ylabel="nats per image")
    left.legend()
    right.plot(history["kl_loss"], label="kl_loss")
    right.set(xlabel="epoch", ylabel="nats per image", ylim=0)
    right.legend()

# %% [markdown]
# Does it reconstruct digits that it has never seen? Upper row: held-out digits. Lower row: what the decoder makes of the two numbers that the encoder kept.

# %% tags=["demo"]
with picture("VAE.train_step, with all that it builds on,"):
    vae, _ = trained_vae()
    ten = np.array([np.flatnonzero(held_out_labels == digit)[0] for digit in range(10)])
    originals = held_out_images[ten]
    reconstructions = vae.decoder(vae.encoder(originals)[0])
    show_images(np.concatenate([originals, reconstructions]))

# %% [markdown]
# And the map. The labels were never shown to the network: equal digits stand together because they look alike.

# %% tags=["demo"]
with picture("VAE.train_step, with all that it builds on,"):
    vae, _ = trained_vae()
    show_plane(vae.encoder(held_out_images)[0], held_out_labels, "after training: means of the held-out digits", limit=3.5)

# %% [raw]
# # BEGIN QUESTION
# name: generate

# %% [markdown]
# ## 6 · Digits that nobody wrote
#
# Training kept all clouds together close to the prior. So to make a new image, draw a point from the prior, `D` independent
# numbers from $\mathcal N(0, 1)$, and decode it. No encoder is involved.
#
# | tensor | shape |
# |---|---|
# | `z`, drawn from $\mathcal N(0, 1)$ | `(num_images, latent_dim)` |
# | the images | `(num_images, H, W, C)` |

# %% [markdown]
# **The wrong turn** is to draw from another distribution than the one that training aimed at, such as the uniform numbers from 0 to 1 that many random functions
# give by default. Below, where either kind of draw falls: whatever the decoder keeps outside that square, you would never see.

# %% tags=["demo"]
random = np.random.default_rng(0)
plt.figure(figsize=(4, 4))
plt.scatter(*random.normal(size=(2, 500)), s=9, label="standard normal")
plt.scatter(*random.uniform(size=(2, 500)), s=9, marker="^", label="uniform, 0 to 1")
plt.axis("equal")
plt.xlabel("$z_1$")
plt.ylabel("$z_2$")
plt.legend(loc="upper left")
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
def generate(decoder, num_images, latent_dim, seed):
    """New images, decoded from points that are drawn from the standard normal.

    decoder: a Keras model from `(B, D)` to images `(B, H, W, C)`. num_images: how many images. latent_dim: D.
    seed: an integer; the same seed always gives the same images, another seed gives others.

    Returns the images, `(num_images, H, W, C)`, as a tensor or an array. Every number of every point is drawn on its own, and
    the decoder is used as after training (`training=False`, which is what Keras does if you say nothing).

    Example: `generate(decoder, 3, 2, seed=0)` with the decoder of question 3 returns shape `(3, 8, 8, 1)`, the same three images each time.
    """
    # BEGIN SOLUTION NO PROMPT
    z = keras.random.normal((num_images, latent_dim), seed=seed)
    return decoder(z)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("generate is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# In question 1 an integer seed was a mistake. What is different here?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Draw all points at once, in one tensor, and hand them to the decoder in one call.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.random.normal` and its `seed`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "As many images as asked for."
failure_message: "Expected: as many images as asked for, in the decoder's shape."
""" # END TEST CONFIG


def test_shape(generate):
    import keras
    import numpy as np

    decoder = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8), keras.layers.Reshape((4, 2, 1))])
    shape = np.shape(generate(decoder, 5, 3, seed=1))
    assert shape == (5, 4, 2, 1), f"5 images of shape (4, 2, 1): expected shape (5, 4, 2, 1), got {shape}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The seed decides which images you get."
failure_message: "Expected: the same images for the same seed, others for another seed."
""" # END TEST CONFIG


def test_seed(generate):
    import keras
    import numpy as np

    decoder = keras.Sequential([keras.Input((3,)), keras.layers.Reshape((3, 1, 1))])
    first, again, other = [np.asarray(generate(decoder, 5, 3, seed=seed)) for seed in (1, 1, 2)]
    assert np.array_equal(first, again), "the same seed gave other images: does the draw use seed?"
    assert not np.allclose(first, other), "another seed gave the same images: does the draw use seed?"


# %%
""" # BEGIN TEST CONFIG
success_message: "The points come from the standard normal."
failure_message: "Expected: points from the standard normal distribution."
""" # END TEST CONFIG


def test_standard_normal(generate):
    import keras
    import numpy as np

    decoder = keras.Sequential([keras.Input((2,)), keras.layers.Reshape((2, 1, 1))])  # shows the points that it is given
    z = np.asarray(generate(decoder, 4000, 2, seed=1))
    assert abs(z.mean()) < 0.1, f"expected points around 0, got a mean of {z.mean():.2f}"
    assert abs(z.std() - 1) < 0.1, f"expected a standard deviation of 1, got {z.std():.2f}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Thirty new digits, then a walk over the plane: each image is decoded from the place where it stands.
# Watch how one digit turns into another.

# %% tags=["demo"]
with picture("generate, with all that it builds on,"):
    vae, _ = trained_vae()
    show_images(generate(vae.decoder, 30, 2, seed=5), "generated")
    plt.show()

    steps = np.linspace(-2.5, 2.5, 15, dtype="float32")
    points = np.stack(np.meshgrid(steps, steps[::-1]), axis=-1).reshape(-1, 2)
    show_images(vae.decoder(points), "from (−2.5, 2.5) at the upper left to (2.5, −2.5) at the lower right", columns=15)

# %% [markdown]
# ## Put together: one knob
#
# Two numbers are little for a digit. `LATENT_DIM` below is the knob: train again with more of them and compare. The first two rows are held-out digits and their
# reconstructions, the last two are generated.
#
# **Question to think about** (not graded): from 2 to 10 dimensions the reconstructions improve clearly. Do the generated digits improve as
# much? Why might a space that is roomier be harder to fill with clouds that leave no holes?

# %% tags=["demo"]
LATENT_DIM = 10

with picture("generate, with all that it builds on,"):
    vae, history = trained_vae(LATENT_DIM)
    reconstructions = vae.decoder(vae.encoder(held_out_images)[0])
    error = np.mean((held_out_images - reconstructions) ** 2) / np.mean((held_out_images - train_images.mean(axis=0)) ** 2)
    print(f"{LATENT_DIM} dimensions: {100 * error:.0f} % of the held-out images' variance is left over, KL {history['kl_loss'][-1]:.1f} nats")
    new = generate(vae.decoder, 20, LATENT_DIM, seed=5)
    show_images(np.concatenate([held_out_images[:10], reconstructions[:10], new]))

# %% [markdown]
# ## What you can do now
#
# - draw from a distribution whose parameters a network computes, and train through the draw
# - build an encoder and a decoder as functional models that fit together
# - explain what the KL divergence buys, and what happens when its weight is wrong
# - write a `train_step` of your own and keep the comfort of `fit`
#
# **Three things to try.** Multiply the KL by 4 (a *β-VAE*) and look at the map again. Walk in a straight line from the code of a 3 to the code of an 8.
# Train on the digits 0 to 8 only, and find out from its loss how a 9 looks to a network that has never met one.
#
# **What the hidden tests look at.** The same things as the checks above, only harder: other shapes (not square, several channels, any latent size), batches of other
# lengths, thousands of draws instead of ten, eager and graph mode, and the exact weights after a step. In question 5 the rest of the notebook is
# replaced by tiny networks, so that a mistake elsewhere does not count twice. One test trains for real and looks at held-out images.
#
# **How to hand in.** Run everything from top to bottom once more (*Kernel → Restart and run all*), save, and hand in this file, `vae.ipynb`.
