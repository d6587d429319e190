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
# name: style_transfer
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # The style of one picture, the content of another
#
# ![Left: a photograph of a cat's face. Middle: Vincent van Gogh's painting of a café at night, all in strokes of bright yellow, orange, violet and black. Right: the same cat, as if painted with those strokes in those colours.](data/cover.png)
#
# At the end of this notebook you have the picture on the right. It is neither a filter nor a collage: it began as the photograph, and was
# then changed, pixel by pixel, until a small network saw in it the *content* of the photograph and the *style* of the painting.
#
# *Neural style transfer* (Gatys, Ecker and Bethge, 2015) is an optimization like training, but the weights rest and the **image** moves.
# All its art lies in the loss: you write down what "the same content" and "the same style" mean, and gradient descent does the painting.
#
# **You need** the functional API and `tf.GradientTape`. **It takes** about 80 minutes. Nothing here needs a GPU or the internet.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `gram_matrix`: which features occur together | 15 |
# | 2 | `style_loss`: how far two styles are apart | 20 |
# | 3 | `content_loss`: how far two contents are apart | 10 |
# | 4 | `total_variation_loss`: how rough an image is | 15 |
# | 5 | `build_feature_extractor`: many layers at once | 20 |
# | 6 | `compute_loss_and_grads`: one loss and its gradient | 20 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it. Each question can be solved even if an earlier one is
# not right yet; where your code uses an earlier answer, the text says so.

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
    if Path("style_transfer").is_dir():
        os.chdir("style_transfer")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("style_transfer").is_dir():
            os.chdir("style_transfer")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("style_transfer.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("style_transfer.ipynb")

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
# Two pictures: the *base image*, a photograph whose content we want to keep, and the *style image*, a painting from 1888. Both are arrays
# of shape `(1, H, W, C)`: a batch of one image of 168 × 224 pixels with three channels, and values from 0 to 1. `data/README.md` says where
# they come from.
#
# And a network. It has four blocks of two convolutions each, as the well-known VGG networks have, only much smaller. It was trained to tell
# from a small patch which of 77 pictures the patch was cut out of. So it has filters for colours, edges and textures, and that is all we
# want of it: its weights, a file of 280 kB, come with this notebook. It does its preprocessing itself, in its first layer.
#
# Your four functions in questions 1 to 4 get tensors or NumPy arrays. In the end they run inside a `tf.function`, where a tensor knows its
# shape but has no numbers yet. Operations of `keras.ops` and `tf` work in all three cases.

# %%
def load_picture(name):
    """A picture of the folder `data` as a float32 array `(1, H, W, 3)` with values from 0 to 1."""
    return plt.imread(f"data/{name}.jpg")[None] / np.float32(255)


base_image, style_image = load_picture("base"), load_picture("style")


def build_network():
    """A small network of the VGG kind, from images `(B, H, W, 3)` with values from 0 to 1. H and W are open."""
    inputs = keras.Input((None, None, 3))
    x = layers.Rescaling(2, -1, name="scale")(inputs)
    for block, filters in enumerate([16, 32, 64, 64], start=1):
        if block > 1:
            x = layers.AveragePooling2D(2, name=f"pool{block - 1}")(x)
        for number in (1, 2):
            x = layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"conv{block}_{number}")(x)
    return keras.Model(inputs, x)


@functools.cache
def trained_network():
    """The network with its trained weights; the second call returns the same one."""
    network = build_network()
    with np.load("data/network.npz") as weights:
        for weight in network.weights:
            weight.assign(weights[weight.path].astype("float32"))
    return network


def activation(image, layer_name):
    """What one layer of the trained network makes of an image `(1, H, W, 3)`: a tensor `(h, w, C)`."""
    x = ops.convert_to_tensor(image)
    for layer in trained_network().layers[1:]:
        x = layer(x)
        if layer.name == layer_name:
            return x[0]

# %% tags=["demo"]
figure, panels = plt.subplots(1, 2, figsize=(8, 3.2), layout="constrained")
for panel, image, title in zip(panels, [base_image, style_image], ["base image", "style image"]):
    panel.imshow(image[0])
    panel.set_title(title)
    panel.axis("off")
plt.show()

trained_network().summary()

# %% [raw]
# # BEGIN QUESTION
# name: gram_matrix

# %% [markdown]
# ## 1 · Which features occur together
#
# A layer makes a *feature map* of an image: at each of H × W positions, C numbers that say how strongly each of its C filters answers
# there. What is style, in such a map? Not *where* the filters answer: a brush stroke is as good on the left as on the right. But *which
# answer together*: yellow together with slanting lines, say.
#
# So we take each pair of channels, multiply their answers position by position, and add up. The result is the **Gram matrix**:
#
# $$G_{cd} = \sum_{i=1}^{H} \sum_{j=1}^{W} F_{ijc} F_{ijd}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $F$ | `features` | `(H, W, C)`: the feature map of one image, without a batch axis |
# | $G$ | what you return | `(C, C)`: large where two channels are strong at the same positions |
#
# The positions are summed over and gone. If you cut a feature map into its H · W positions, shuffle them and lay them out anew, its Gram
# matrix is still the same.

# %% [markdown]
# **The wrong turn**, shown below. To make one matrix product of it all, the map must become a matrix, a row for each channel. A `reshape`
# alone makes a matrix of the right shape and fills it in the order in which the numbers lie in memory, where the channels of one position
# stand side by side. The map below has three positions with the channels (1, 10), (2, 20) and (3, 30).

# %% tags=["demo"]
features = np.array([[[1, 10], [2, 20], [3, 30]]])
print("shape of the map:", features.shape)
print("reshaped to two rows:", *features.reshape(2, 3), sep="\n  ")
print("channel 0 is", features[..., 0].ravel(), "and channel 1 is", features[..., 1].ravel())

# %% [raw]
# # BEGIN SOLUTION


# %%
def gram_matrix(features):
    """How strongly the channels of a feature map occur together.

    features: a float32 tensor or NumPy array of shape `(H, W, C)`, one image's feature map. H, W and C may all be different, and are known.

    Returns the Gram matrix, a float tensor of shape `(C, C)`: its entry in row c and column d is the sum over all H · W positions of the
    product of channel c and channel d. A sum: it is not divided by anything. No mean is subtracted. It can be differentiated.

    Example: a map of 1 × 3 positions with the channels (1, 0, 2) and (5, 1, -1), shape `(1, 3, 2)`, has the Gram matrix
    `[[5, 3], [3, 27]]`: 1·1 + 0·0 + 2·2 = 5, 1·5 + 0·1 + 2·(-1) = 3, 5·5 + 1·1 + (-1)·(-1) = 27.
    """
    # BEGIN SOLUTION NO PROMPT
    channels = ops.shape(features)[-1]
    rows = ops.reshape(features, (-1, channels))
    return ops.matmul(ops.transpose(rows), rows)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The map as a matrix in which each position has a row or each channel has a row.
    # 2. All products of two channels, summed over positions.
    raise NotImplementedError("gram_matrix is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Of the three axes, two are positions. Which one must stay apart when you flatten the map?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Merge the axes that lie side by side, so that nothing is torn apart. Then a matrix product of two matrices sums over the positions: which
# of the two must be transposed?
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.ops.reshape` with -1, `keras.ops.transpose`, `keras.ops.matmul`; or `keras.ops.einsum`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The example: sums of products of channels."
failure_message: "Expected: the sums of products of channels."
""" # END TEST CONFIG


def test_example(gram_matrix):
    import numpy as np

    got = np.asarray(gram_matrix(np.float32([[[1, 5], [0, 1], [2, -1]]])))
    assert got.shape == (2, 2), f"2 channels: expected shape (2, 2), got {got.shape}. The positions are summed over, the channels stay"
    wrong = [(np.array([[26, 11], [11, 6]]), "a reshape that mixes positions and channels?"), (np.array([[5, 3], [3, 27]]) / 3, "a sum, not a mean")]
    cause = next((f" ({text})" for value, text in wrong if np.allclose(got, value, rtol=1e-4)), "")
    assert np.allclose(got, [[5, 3], [3, 27]], rtol=1e-4), f"the example: expected [[5, 3], [3, 27]], got {got.tolist()}{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Where the features are does not matter."
failure_message: "Expected: a matrix that does not change when the positions are shuffled."
""" # END TEST CONFIG


def test_shuffled(gram_matrix):
    import numpy as np

    rng = np.random.default_rng(0)
    features = rng.normal(size=(3, 5, 4)).astype("float32")
    shuffled = rng.permutation(features.reshape(15, 4)).reshape(3, 5, 4)
    got, after = np.asarray(gram_matrix(features)), np.asarray(gram_matrix(shuffled))
    assert got.shape == (4, 4), f"a map of shape (3, 5, 4): expected a Gram matrix of shape (4, 4), got {got.shape}"
    assert np.allclose(got, after, rtol=1e-3, atol=1e-4), "the same 15 positions in another order gave another matrix: are positions and channels kept apart?"
    twice = np.asarray(gram_matrix(features[:, :, [2, 2, 0]]))
    assert np.allclose(twice[0, 1], got[2, 2], rtol=1e-3), f"a channel with its own copy: expected {got[2, 2]:.4f}, its product with itself, got {twice[0, 1]:.4f}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It can be differentiated."
failure_message: "Expected: a gradient with respect to the features."
""" # END TEST CONFIG


def test_gradient(gram_matrix):
    import tensorflow as tf

    features = tf.ones((2, 3, 2))
    with tf.GradientTape() as tape:
        tape.watch(features)
        total = tf.reduce_sum(gram_matrix(features))
    assert tape.gradient(total, features) is not None, "no gradient from the matrix to the features: stay with tensors all the way"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The Gram matrices of three pieces of picture, in a layer with 32 channels: two halves of the painting, and half of the
# photograph. Away from the diagonal, a bright square tells of two channels that answer together. On the left of the painting, a bright
# terrace, whole blocks of channels do so; on its right, a dark street, other channels do.

# %% tags=["demo"]
with picture("gram_matrix"):
    pieces = {"painting, left": style_image[:, :, :112], "painting, right": style_image[:, :, 112:], "photograph, left": base_image[:, :, :112]}
    figure, panels = plt.subplots(1, 3, figsize=(9, 3.1), layout="constrained")
    for panel, (title, piece) in zip(panels, pieces.items()):
        features = activation(piece, "conv2_1")
        drawn = panel.imshow(np.asarray(gram_matrix(features)) / np.prod(features.shape[:2]), cmap="viridis", vmin=0, vmax=4)
        panel.set(title=title, xlabel="channel")
    panels[0].set_ylabel("channel")
    figure.colorbar(drawn, ax=panels, label="Gram matrix / number of positions")

# %% [raw]
# # BEGIN QUESTION
# name: style_loss

# %% [markdown]
# ## 2 · How far two styles are apart
#
# Two images have the same style, for one layer, if their Gram matrices there are equal. How far they are apart is the sum of the squared
# differences of all entries. It is divided by a number that depends on the size of the feature map alone, so that large layers and small
# ones can be compared:
#
# $$L_\text{style} = \frac{1}{4\, C^2 (HW)^2} \sum_{c=1}^{C} \sum_{d=1}^{C} \left(G^s_{cd} - G^k_{cd}\right)^2$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $F^s$, $F^k$ | `style`, `combination`: a layer's feature maps of the style image and of the combination image | `(H, W, C)`, both the same |
# | $G^s$, $G^k$ | their Gram matrices | `(C, C)` |
# | $H$, $W$, $C$ | the sizes of the **feature map** | integers |
# | $L_\text{style}$ | what you return | `()`: one number |
#
# The *combination image* is the one that we paint: it is to combine the style of one picture with the content of the other.
#
# Your code calls `gram_matrix`, and the check below takes it as you wrote it. The hidden tests put another one in its place, so a mistake
# in question 1 costs nothing here.

# %% [markdown]
# **The wrong turn** is to divide by the sizes of the image: 168, 224 and 3. Many programs do so, and the picture still comes out somehow.
# But a deep layer's map has an eighth of the height and width, and twenty times as many channels. The table shows what each layer would be
# divided by, and what it should be.

# %% tags=["demo"]
height, width, channels = base_image.shape[1:]
print(f"the image, {height} × {width} × {channels}: {4 * channels**2 * (height * width) ** 2:.1e}")
for name in ["conv1_1", "conv2_1", "conv3_1", "conv4_1"]:
    height, width, channels = activation(base_image, name).shape
    print(f"{name}, {height} × {width} × {channels}: {4 * channels**2 * (height * width) ** 2:.1e}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def style_loss(style, combination):
    """How far the styles of two feature maps are apart.

    style, combination: float32 tensors or NumPy arrays of one and the same shape `(H, W, C)`: what one layer makes of the style image
    and of the combination image. H, W and C are the sizes of these **feature maps**, whatever the sizes of the images were, and are known.

    With the Gram matrices of both, as `gram_matrix` gives them (your code calls it, once for each map): the sum of all C · C squared
    differences, divided by 4 · C² · (H · W)². The divisor of a large map is more than a 32-bit integer holds. Returns a scalar float tensor,
    shape `()`. It can be differentiated with respect to both; where both maps are equal, loss and gradient are zero, not NaN.

    Example: two maps of shape `(2, 3, 5)` whose Gram matrices differ by 6 in every entry have a style loss of 25 · 36 / (4 · 25 · 36) = 0.25.
    """
    # BEGIN SOLUTION NO PROMPT
    height, width, channels = ops.shape(style)
    difference = gram_matrix(style) - gram_matrix(combination)
    return ops.sum(ops.square(difference)) / (4 * channels**2 * (height * width) ** 2)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The sizes of the feature map.
    # 2. Both Gram matrices, and the sum of their squared differences.
    # 3. The division.
    raise NotImplementedError("style_loss is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Of which of the arrays here do you take H, W and C? And what is squared: C, the number of positions, or both?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# A tensor in this notebook knows its shape, so the divisor is a plain number, and Python's own numbers have room for it.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.ops.shape`, `keras.ops.square`, `keras.ops.sum`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The example: the sizes of the feature map."
failure_message: "Expected: the sizes of the feature map in the divisor."
""" # END TEST CONFIG


def test_example(style_loss):
    import numpy as np

    got = style_loss(np.zeros((2, 3, 5), "float32"), np.ones((2, 3, 5), "float32"))
    assert np.shape(got) == (), f"expected one number, shape (), got shape {np.shape(got)}"
    causes = {
        0.01: "a sum over all entries, not a mean",
        30 / 3600: "compare the Gram matrices, not the maps",
        1.25: "is C squared?",
        1.5: "is the number of positions squared?",
        0.5: "is the number of positions squared? H · W² is something else",
        0.75: "is the number of positions squared? H² · W is something else",
        1.0: "where is the 4?",
        25 / 36: "C is the number of channels of the map",
        25 * 36 / (4 * 9 * (168 * 224) ** 2): "H, W and C are the sizes of the map, not of the image",
        6.25: "is the sum divided by C², and each difference squared before the sum?",
        25 * 36 / 4 * 25 * 36: "the whole product divides: put it in parentheses",
        25 * 36: "is it divided?",
    }
    cause = next((text for value, text in causes.items() if np.isclose(float(got), value, rtol=1e-4, atol=0)), "is gram_matrix right?")
    assert np.isclose(float(got), 0.25, rtol=1e-4), f"all 25 entries differ by 6: expected 0.25, got {float(got):g} ({cause})"
    for shape, cause in [((4, 7, 3), "is gram_matrix right?"), ((40, 50, 64), "does the divisor fit into 32 bits?")]:
        got = float(style_loss(np.full(shape, 2, "float32"), np.ones(shape, "float32")))
        assert np.isclose(got, 2.25, rtol=1e-3), f"maps of shape {shape}, one of ones and one of twos: expected 2.25, got {got:g} ({cause})"


# %%
""" # BEGIN TEST CONFIG
success_message: "Zero for the same style, wherever it stands."
failure_message: "Expected: zero for the same features in other places."
""" # END TEST CONFIG


def test_same_style(style_loss):
    import numpy as np

    features = np.random.default_rng(0).normal(size=(3, 4, 5)).astype("float32")
    got = float(style_loss(features, features[::-1, ::-1]))
    assert abs(got) < 1e-6, f"a map and the same map turned upside down: expected 0, got {got:g} (is gram_matrix right?)"
    got = float(style_loss(features, 2 * features))
    assert got > 1e-3, f"a map and its double: expected more than 0, got {got:g}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It can be differentiated."
failure_message: "Expected: a gradient with respect to the combination's features."
""" # END TEST CONFIG


def test_gradient(style_loss):
    import numpy as np
    import tensorflow as tf

    combination = tf.ones((2, 3, 4))
    with tf.GradientTape() as tape:
        tape.watch(combination)
        loss = tf.convert_to_tensor(style_loss(tf.zeros((2, 3, 4)), combination))
    slope = tape.gradient(loss, combination)
    assert slope is not None, "no gradient from the loss to the combination's features: stay with tensors all the way"
    assert np.all(np.asarray(slope) > 0), "the combination is above the style everywhere, so the loss should rise with each of its numbers"
    with tf.GradientTape() as tape:
        tape.watch(combination)
        loss = tf.convert_to_tensor(style_loss(tf.ones((2, 3, 4)), combination))
    slope = np.asarray(tape.gradient(loss, combination))
    assert np.allclose(slope, 0, atol=1e-5), f"both maps are equal: expected a gradient of 0, got {slope[0, 0, 0]:g}. What has an infinite slope at 0?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Both pictures, each cut in two, and how far the styles of the four pieces are apart in one layer. Dark is close. The halves of
# the photograph have nearly the same style. Those of the painting have not: colour and brightness are part of style too, and by them the
# dark street is closer to the photograph than to the terrace.

# %% tags=["demo"]
with picture("style_loss, with gram_matrix,"):
    pieces = {f"{name}, {side}": image[:, :, columns] for name, image in [("photograph", base_image), ("painting", style_image)]
              for side, columns in [("left", slice(0, 112)), ("right", slice(112, 224))]}  # fmt: skip
    maps = [activation(piece, "conv3_1") for piece in pieces.values()]
    table = np.array([[float(style_loss(one, other)) for other in maps] for one in maps])
    figure, panel = plt.subplots(figsize=(5.6, 4.2), layout="constrained")
    panel.imshow(table, cmap="gray", vmax=1.4 * table.max())
    for (row, column), value in np.ndenumerate(table):
        panel.text(column, row, f"{value:.2f}", ha="center", va="center", color="black" if value > 0.6 * table.max() else "white")
    panel.set(xticks=range(4), yticks=range(4), yticklabels=pieces, title="style loss in conv3_1")
    panel.set_xticklabels(pieces, rotation=20)

# %% [raw]
# # BEGIN QUESTION
# name: content_loss

# %% [markdown]
# ## 3 · How far two contents are apart
#
# For content it matters *where* things are. So we compare the feature maps themselves, position by position:
#
# $$L_\text{content} = \sum_{i,j,c} \left(F^k_{ijc} - F^b_{ijc}\right)^2$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $F^b$, $F^k$ | `base`, `combination`: a layer's feature maps of the base image and of the combination image | `(H, W, C)`, both the same |
# | $L_\text{content}$ | what you return | `()`: one number |
#
# Not the pixels: a cat painted and the same cat photographed differ in almost every pixel. A deeper layer cares less about single pixels,
# and still answers where there is an eye.

# %% [markdown]
# **The wrong turn** is a mean in place of the sum, out of habit. The content term is then divided by the number of entries of the map, by
# tens or hundreds of thousands here. With weights chosen for sums it no longer counts, and the style alone moves the image.

# %% tags=["demo"]
for name in ["conv1_1", "conv2_1", "conv3_1", "conv4_1"]:
    print(f"{name}: a mean is the sum divided by {np.prod(activation(base_image, name).shape):,}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def content_loss(base, combination):
    """How far the contents of two feature maps are apart.

    base, combination: float32 tensors or NumPy arrays of one and the same shape `(H, W, C)`: what one layer makes of the base image (the
    photograph whose content is kept) and of the combination image.

    Returns the sum of the squared differences over all positions and channels, a scalar float tensor of shape `()`. A sum, not a mean, and
    without a factor ½. It can be differentiated with respect to both; where both maps are equal, loss and gradient are zero, not NaN.

    Example: the maps `[[[1, 2]], [[3, 4]]]` and `[[[1, 0]], [[6, 4]]]`, both of shape `(2, 1, 2)`, have a content loss of 2² + 3² = 13.
    """
    # BEGIN SOLUTION NO PROMPT
    return ops.sum(ops.square(combination - base))
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("content_loss is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What happens to differences of opposite sign if you add them up before squaring?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Subtract, square, sum: three operations on whole arrays, without a loop.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.ops.square`, `keras.ops.sum`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The example: the sum of squared differences."
failure_message: "Expected: the sum of squared differences."
""" # END TEST CONFIG


def test_example(content_loss):
    import numpy as np

    base, combination = np.float32([[[1, 2]], [[3, 4]]]), np.float32([[[1, 0]], [[6, 4]]])
    got = content_loss(base, combination)
    assert np.shape(got) == (), f"expected one number, shape (), got shape {np.shape(got)}"
    causes = {
        3.25: "a sum, not a mean",
        6.5: "no factor ½, and no mean",
        1.0: "square first, then sum",
        5.0: "squares, not absolute values",
        13**0.5: "no square root",
    }
    cause = next((f" ({text})" for value, text in causes.items() if np.isclose(float(got), value, rtol=1e-4)), "")
    assert np.isclose(float(got), 13, rtol=1e-4), f"differences of -2 and 3: expected 13, got {float(got):g}{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It can be differentiated."
failure_message: "Expected: a gradient with respect to the combination's features."
""" # END TEST CONFIG


def test_gradient(content_loss):
    import numpy as np
    import tensorflow as tf

    combination = tf.fill((2, 3, 4), 5.0)
    with tf.GradientTape() as tape:
        tape.watch(combination)
        loss = tf.convert_to_tensor(content_loss(tf.fill((2, 3, 4), 3.0), combination))
    slope = tape.gradient(loss, combination)
    assert slope is not None, "no gradient from the loss to the combination's features: stay with tensors all the way"
    assert np.allclose(slope, 4, rtol=1e-4), f"each number is 2 too large, so the slope should be 4; yours is {np.asarray(slope)[0, 0, 0]:g}"
    with tf.GradientTape() as tape:
        tape.watch(combination)
        loss = tf.convert_to_tensor(content_loss(tf.fill((2, 3, 4), 5.0), combination))
    slope = np.asarray(tape.gradient(loss, combination))
    assert np.allclose(slope, 0), f"both maps are equal: expected a gradient of 0, got {slope[0, 0, 0]:g}. What has an infinite slope at 0?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** What changes the content? The photograph in four versions, and how far each is from the original: in pixels and in a deep
# layer, both in per cent of what the painting scores. In the deep layer, more light and a small shift count less than in pixels, and a blur
# counts more: the fur is gone.

# %% tags=["demo"]
with picture("content_loss"):
    small = ops.image.resize(base_image, (42, 56), antialias=True)
    versions = {
        "brighter": np.clip(base_image + 0.15, 0, 1),
        "one pixel to the right": np.roll(base_image, 1, axis=2),
        "blurred": np.asarray(ops.image.resize(small, base_image.shape[1:3])),
        "mirrored": base_image[:, :, ::-1],
    }
    figure, panels = plt.subplots(1, 4, figsize=(10, 2.5), layout="constrained")
    for panel, (title, version) in zip(panels, versions.items()):
        shares = []
        for see in [lambda image: image, lambda image: activation(image, "conv4_1")]:
            shares.append(100 * float(content_loss(see(base_image), see(version))) / float(content_loss(see(base_image), see(style_image))))
        panel.imshow(np.clip(version[0], 0, 1))
        panel.set_title(f"{title}\npixels {shares[0]:.0f} %, conv4_1 {shares[1]:.0f} %", fontsize=9)
        panel.axis("off")

# %% [raw]
# # BEGIN QUESTION
# name: total_variation

# %% [markdown]
# ## 4 · How rough an image is
#
# Neither loss so far minds a little noise in the pixels, and the optimizer uses that freedom. So a third term asks for smooth images:
# **total variation**, the differences between neighbours.
#
# $$L_\text{tv} = \sum_{b,c} \sum_{i=1}^{H-1} \sum_{j=1}^{W-1} \left(v_{ij}^2 + h_{ij}^2\right)^{1.25}, \qquad v_{ij} = x_{i+1,j} - x_{ij}, \quad h_{ij} = x_{i,j+1} - x_{ij}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `images` | `(B, H, W, C)` |
# | $v$ | differences to the pixel **below** | `(B, H-1, W-1, C)` |
# | $h$ | differences to the pixel **on the right** | `(B, H-1, W-1, C)` |
# | $L_\text{tv}$ | what you return | `()`: one number for all images together |
#
# Both differences belong to the pixel $(i, j)$, so both are needed there: the last row has nothing below it and the last column nothing on
# its right. These pixels count only as neighbours.
#
# The exponent acts on the sum of both squares, for each channel by itself. With 1 it would be the sum of the squares, with ½ the length of
# the slope; 1.25 punishes large jumps most.

# %% [markdown]
# **Two wrong turns**, shown below. `np.roll` (and its likes) makes the shift look easy, but it wraps around: the last column becomes a
# neighbour of the first, and a wall that brightens evenly from left to right has a cliff where there is none. And $((v^2 +
# h^2)^{0.5})^{2.5}$ is the same number, but not the same gradient: the power 0.5 has an infinite slope at 0, and infinity times 0 is no
# number. One such pixel, on a plain wall, and all is lost.

# %% tags=["demo"]
ramp = np.arange(5)
print("a ramp:", ramp, "  differences with roll:", np.roll(ramp, -1) - ramp)
flat = tf.constant(0.0)
for name, power in [("s ** 1.25", lambda s: s**1.25), ("(s ** 0.5) ** 2.5", lambda s: (s**0.5) ** 2.5)]:
    with tf.GradientTape() as tape:
        tape.watch(flat)
        value = power(flat)
    print(f"{name} at 0: value {value:.1f}, slope {tape.gradient(value, flat):.1f}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def total_variation_loss(images):
    """How rough images are: the differences between neighbouring pixels.

    images: a float32 tensor or NumPy array of shape `(B, H, W, C)`, B images with C = 3 channels for colour; H and W are at least 2.

    For every image and channel and every position that has both a neighbour below it and one to its right (all but the last row and the last
    column), let v be the difference to the pixel below and h the difference to the pixel on the right. Returns the sum of (v² + h²) ^ 1.25
    over all these positions, all channels and all images, as a scalar float tensor of shape `()`. A sum, not a mean. Nothing wraps around: the
    last column is no neighbour of the first, nor the last row.

    It can be differentiated. Where both differences are zero its gradient is zero, not NaN.

    Example: the image `[[1, 4], [5, 9]]` of shape `(1, 2, 2, 1)` has one such position: v = 5 - 1, h = 4 - 1, so it is (16 + 9) ^ 1.25 = 55.9.
    """
    # BEGIN SOLUTION NO PROMPT
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum((ops.square(below) + ops.square(right)) ** 1.25)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The differences to the pixel below and to the pixel on the right, in the same places.
    # 2. The power of the sum of their squares, and the sum of it all.
    raise NotImplementedError("total_variation_loss is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which rows and columns have a pixel below and one on the right? Which rows and columns are those neighbours?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Three pieces of the array, all of shape `(B, H-1, W-1, C)`: the pixels, those below, those on the right. Each is one slice.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# Slicing in Python (`start:stop`, also with -1), `keras.ops.square`, `**` or `keras.ops.power`, `keras.ops.sum`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The example: both differences of one pixel."
failure_message: "Expected: the power 1.25 of the sum of both squares."
""" # END TEST CONFIG


def test_example(total_variation_loss):
    import numpy as np

    got = total_variation_loss(np.float32([[1, 4], [5, 9]])[None, :, :, None])
    assert np.shape(got) == (), f"expected one number, shape (), got shape {np.shape(got)}"
    causes = {
        16**1.25 + 9**1.25: "first the sum of both squares, then the power",
        5.0: "that is the root of the sum",
        25.0: "the exponent is 1.25",
        7.0: "absolute differences?",
        3**2.5 + 2 * 4**2.5 + 5**2.5: "first the sum of both squares of one pixel, then the power",
        25**1.25 + 34**1.25 + 32**1.25 + 41**1.25: "only one pixel has both neighbours: does something wrap around?",
        2 * 25**1.25 + 16**1.25: "only one pixel has both neighbours, the others do not count",
        41**1.25: "both differences are those of the same pixel",
        0.0: "axis 0 counts the images: rows are axis 1, columns are axis 2",
    }
    cause = next((f" ({text})" for value, text in causes.items() if np.isclose(float(got), value, rtol=1e-4)), "")
    assert np.isclose(float(got), 25**1.25, rtol=1e-4), f"differences of 4 and 3: expected 25 ^ 1.25 = 55.90, got {float(got):.2f}{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Nothing wraps around."
failure_message: "Expected: no differences across the border."
""" # END TEST CONFIG


def test_border(total_variation_loss):
    import numpy as np

    ramp = np.broadcast_to(np.arange(7, dtype="float32"), (1, 4, 7))[..., None]
    for name, image in [("right", ramp), ("bottom", np.swapaxes(ramp, 1, 2))]:
        got = float(total_variation_loss(image))
        causes = {1.0: "A sum, not a mean", 18**1.25: "First the power at each pixel, then the sum"}
        cause = next((text for value, text in causes.items() if np.isclose(got, value, rtol=1e-4)), "Do the last row and column count?")
        assert np.isclose(got, 18, rtol=1e-4), (
            f"a ramp towards the {name}, 3 × 6 pixels with both neighbours and a step of 1 at each: expected 18, got {got:.2f}. {cause}"
        )


# %%
""" # BEGIN TEST CONFIG
success_message: "All channels and all images count."
failure_message: "Expected: the sum over channels and images."
""" # END TEST CONFIG


def test_sum(total_variation_loss):
    import numpy as np

    images = np.random.default_rng(0).uniform(size=(3, 4, 6, 2)).astype("float32")
    got = float(total_variation_loss(images))
    apart = [float(total_variation_loss(image[None, :, :, channel : channel + 1])) for image in images for channel in range(2)]
    assert np.isclose(got, np.sum(apart), rtol=1e-3), (
        f"3 images of 2 channels, each by itself, make {np.sum(apart):.3f}; all together: {got:.3f}. "
        "Are channels or images left out, averaged, or added up before the power?"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "A plain image has a gradient of zero."
failure_message: "Expected: a gradient of zero where the image is plain."
""" # END TEST CONFIG


def test_plain(total_variation_loss):
    import numpy as np
    import tensorflow as tf

    plain = tf.fill((1, 4, 5, 3), 0.5)
    with tf.GradientTape() as tape:
        tape.watch(plain)
        loss = tf.convert_to_tensor(total_variation_loss(plain))
    slope = tape.gradient(loss, plain)
    assert slope is not None, "no gradient from the loss to the image: stay with tensors all the way"
    assert np.isfinite(slope).all(), "the gradient of a plain image is not a number: what has an infinite slope at 0?"
    assert np.allclose(slope, 0), f"the gradient of a plain image should be 0, and is up to {np.abs(slope).max():g}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A piece of the photograph, blurred, as it is, and with more and more noise.

# %% tags=["demo"]
with picture("total_variation_loss"):
    piece = base_image[:, 20:104, 40:152]
    blurred = np.asarray(ops.image.resize(ops.image.resize(piece, (28, 37), antialias=True), piece.shape[1:3]))
    noise = np.random.default_rng(0).normal(size=piece.shape)
    versions = {"blurred": blurred, "as it is": piece, "noise of 5 %": piece + 0.05 * noise, "noise of 15 %": piece + 0.15 * noise}
    figure, panels = plt.subplots(1, 4, figsize=(10, 2.3), layout="constrained")
    for panel, (title, version) in zip(panels, versions.items()):
        panel.imshow(np.clip(version[0], 0, 1))
        panel.set_title(f"{title}: {float(total_variation_loss(np.float32(version))):.0f}", fontsize=10)
        panel.axis("off")

# %% [raw]
# # BEGIN QUESTION
# name: feature_extractor

# %% [markdown]
# ## 5 · Many layers at once
#
# Style shows at every scale: colours in the first layers, strokes in the middle, larger forms in the last. So we need the activations of
# several layers, and we need them at every one of a few hundred steps.
#
# A functional model may have many outputs, and they may stand in a dict. So one model is enough: from the network's input to a dict with
# the activation of each layer that we name. Whatever lies between is computed once.
#
# | tensor | shape |
# |---|---|
# | the model's input | `(B, H, W, C)` |
# | `extractor(images)["conv2_1"]` | `(B, h, w, F)`: what this layer puts out |
#
# The network is a measuring instrument here, and must not move. So its weights are *frozen*: not trainable. They are the same weights, in
# the same layers; nothing is copied.

# %% [markdown]
# **Two wrong turns.** The first is an extractor for each layer: it works, but each begins again at the pixels. The second is to take the
# layers one after the other, as `activation` above does. That is right for a chain, which this network is, and wrong for every network with
# a branch, as the one below: the list of layers does not say who is connected to whom.

# %% tags=["demo"]
inputs = keras.Input((None, None, 1))
left = layers.Rescaling(2.0, name="double")(inputs)
right = layers.Rescaling(1.0, 10.0, name="add_ten")(inputs)
branched = keras.Model(inputs, layers.Add(name="sum")([left, right]))
one = x = np.ones((1, 1, 1, 1), "float32")
for layer in branched.layers[1:3]:
    x = layer(x)
print(f"1, doubled, plus 1 with ten added: {float(branched(one)[0, 0, 0, 0]):.0f}")
print(f"after {[layer.name for layer in branched.layers[1:3]]} one after the other: {float(x[0, 0, 0, 0]):.0f}, where 'add_ten' alone gives 11")

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_feature_extractor(model, layer_names):
    """One model that gives the activations of several layers of another at once.

    model: a functional `keras.Model` with one input of shape `(B, H, W, C)`; H and W may be open. It may have branches.
    layer_names: a list of names of its layers, each once, in any order; perhaps only one.

    Returns a `keras.Model` from the same input to a dict: under each of these names, and no others, that layer's output `(B, h, w, F)`. A dict
    also if there is only one name. Layers that behave differently in training do as after training (which is what Keras does if you say
    nothing), and gradients flow from the activations to the images.

    The layers are those of `model`, with the weights that they have; nothing is copied and no weight gets a new value. All weights of the
    extractor are frozen: its `trainable_weights` is empty. Since the layers are shared, freezing may freeze `model` too.

    Example: `build_feature_extractor(model, ["conv_2", "conv_1"])(images)` is `{"conv_2": …, "conv_1": …}`.
    """
    # BEGIN SOLUTION NO PROMPT
    extractor = keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
    extractor.trainable = False
    return extractor
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. A model from the same input to a dict, name → output of that layer.
    # 2. Freeze it.
    raise NotImplementedError("build_feature_extractor is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What may the outputs of `keras.Model(inputs, outputs)` be, other than one tensor?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# A model finds a layer by its name, and a layer in a functional model knows the tensor that it puts out. A whole model can be told at once
# that nothing in it trains.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `Model.input`, `Model.get_layer`, `Layer.output`, a dict comprehension, `trainable`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "A dict with each layer's activation under its name."
failure_message: "Expected: a dict with each layer's activation under its name."
""" # END TEST CONFIG


def test_dict(build_feature_extractor):
    import keras
    import numpy as np

    inputs = keras.Input((None, None, 2))
    double = keras.layers.Rescaling(2, name="double")(inputs)
    shift = keras.layers.Rescaling(1, 10, name="shift")(inputs)
    fork = keras.Model(inputs, [double, shift])
    joined = keras.Model(inputs, keras.layers.Rescaling(-1, name="last")(keras.layers.Add(name="sum")([double, shift])))
    ones = np.ones((1, 3, 4, 2), "float32")
    for model, values in [(fork, {"shift": 11, "double": 2}), (joined, {"shift": 11, "double": 2, "sum": 13}), (joined, {"shift": 11})]:
        extractor = build_feature_extractor(model, list(values))
        assert isinstance(extractor, keras.Model), f"expected a keras.Model, got a {type(extractor).__name__}"
        got = extractor(ones)
        assert isinstance(got, dict), f"layers {list(values)}: expected a dict, got a {type(got).__name__}"
        assert set(got) == set(values), f"expected the names {sorted(values)}, got {sorted(got)}"
        for name, value in values.items():
            assert np.shape(got[name]) == ones.shape, f"layer {name!r} has an output of shape {ones.shape}, yours is {np.shape(got[name])}"
            found = np.ravel(got[name])[0]
            assert np.allclose(got[name], value), f"an image of ones is {value} after the layer {name!r} of a network with branches; yours gives {found:g}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The same weights, frozen."
failure_message: "Expected: the model's own weights, frozen."
""" # END TEST CONFIG


def test_frozen(build_feature_extractor):
    import keras
    import numpy as np
    import tensorflow as tf

    for names in (["dense", "conv"], ["dense"]):
        inputs = keras.Input((5, 4, 3))
        x = keras.layers.Conv2D(2, 3, name="conv")(inputs)
        model = keras.Model(inputs, keras.layers.Dense(2, name="dense")(x))
        weights = [np.copy(weight) for weight in model.get_weights()]
        extractor = build_feature_extractor(model, names)
        same = all(np.array_equal(old, new) for old, new in zip(weights, model.get_weights()))
        assert same, "the model's weights have new values: no layer may be built anew"
        count = len(extractor.trainable_weights)
        assert count == 0, f"the extractor for the layers {names} still has {count} trainable weights: expected none, in any layer on the way"
    model.get_layer("conv").set_weights([np.ones((3, 3, 3, 2)), np.zeros(2)])
    model.get_layer("dense").set_weights([np.ones((2, 2)), np.zeros(2)])
    images = tf.ones((1, 5, 4, 3))
    with tf.GradientTape() as tape:
        tape.watch(images)
        got = extractor(images)["dense"]
    found = np.ravel(got)[0]
    assert np.allclose(got, 54), f"the model's weights are now all ones: expected 2 · 27 = 54, got {found:g}. Does the extractor have copies?"
    assert tape.gradient(got, images) is not None, "no gradient from the activations to the images: the weights are frozen, the images are not"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The photograph, and for each of four layers the channel that answers most. The deeper the layer, the coarser the map.

# %% tags=["demo"]
with picture("build_feature_extractor"):
    names = ["conv1_1", "conv2_1", "conv3_1", "conv4_1"]
    maps = build_feature_extractor(trained_network(), names)(base_image)
    figure, panels = plt.subplots(1, 5, figsize=(11, 2.1), layout="constrained")
    panels[0].imshow(base_image[0])
    panels[0].set_title("the photograph")
    for panel, name in zip(panels[1:], names):
        found = np.asarray(maps[name])[0]
        panel.imshow(found[..., found.mean(axis=(0, 1)).argmax()], cmap="gray")
        panel.set_title(f"{name}, {found.shape[0]} × {found.shape[1]}")
    for panel in panels:
        panel.axis("off")

# %% [raw]
# # BEGIN QUESTION
# name: loss_and_grads

# %% [markdown]
# ## 6 · One loss and its gradient
#
# Now all three terms become one number. The style is measured in several layers, the content in one, the roughness on the image itself:
#
# $$L(x) = \alpha\, L_\text{content} \;+\; \frac{\beta}{N} \sum_{n=1}^{N} L_\text{style}^{(n)} \;+\; \gamma\, L_\text{tv}(x)$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `combination_image` | `(1, H, W, 3)`, from 0 to 1 |
# | $\alpha$, $\beta$, $\gamma$ | `content_weight`, `style_weight`, `tv_weight` | numbers |
# | $N$ | the number of style layers | an integer |
# | $L$ | the loss | `()` |
# | $\partial L / \partial x$ | the gradient | `(1, H, W, 3)`: how the loss changes with each pixel |
#
# The division by $N$ keeps the balance between style and content when you add or drop a layer. The losses of questions 2 and 3 take feature
# maps without the batch axis.
#
# The gradient is the one with respect to the **combination image**, not the weights, which are frozen. A tape watches variables by itself
# if they are trainable, and tensors only if it is told to; your function gets either.
#
# Your code calls `content_loss`, `style_loss` and `total_variation_loss`, and the check below takes them as you wrote them. The hidden
# tests put others in their place, so a mistake there costs nothing here.

# %% [markdown]
# **The wrong turn**, shown below: a tape that was not told, and arithmetic that leaves TensorFlow. Neither is an error. The loss is right,
# and the gradient is `None`.

# %% tags=["demo"]
image = tf.ones((1, 2, 3, 3))
with tf.GradientTape(persistent=True) as tape:
    unwatched = tf.reduce_sum(image**2)
    tape.watch(image)
    in_numpy = tf.constant(np.sum(np.square(image)))
    watched = tf.reduce_sum(image**2)
for name, value in [("not watched", unwatched), ("watched, by way of NumPy", in_numpy), ("watched", watched)]:
    slope = tape.gradient(value, image)
    print(f"{name}: loss {float(value):.0f}, gradient", "None" if slope is None else f"of shape {tuple(slope.shape)}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    """The loss of a combination image, and its gradient with respect to that image.

    extractor: a Keras model from images `(B, H, W, 3)` to a dict of activations, layer name → `(B, h, w, C)`, as `build_feature_extractor`
    makes it. It treats each image of a batch by itself, so you may call it with one image or with several. The dict may hold more layers
    than are asked for. No weight of it changes. combination_image, base_image, style_image: float32 of one and the same shape
    `(1, H, W, 3)`, with values from 0 to 1; the extractor does all preprocessing itself. Each is a tensor or a `tf.Variable`.
    content_layer: a name. style_layers: a list of one or more names; content_layer may be among them. content_weight, style_weight,
    tv_weight: numbers.

    The loss is the sum of three terms:

    - `content_weight` times `content_loss(base, combination)` of the activations `(h, w, C)` of the content layer,
    - `style_weight`, divided by the number of style layers, times the sum of `style_loss(style, combination)` over the style layers,
      each with activations `(h, w, C)`, without the batch axis,
    - `tv_weight` times `total_variation_loss(combination_image)`, of the image itself with its batch axis.

    Your code calls these three functions, with their arguments in this order.

    Returns a tuple `(loss, gradient)`: the loss, a scalar tensor of shape `()`, and its gradient with respect to the combination image, a
    tensor of shape `(1, H, W, 3)`. It works for a combination image that is a tensor and for one that is a `tf.Variable`, called directly
    or inside a `tf.function`. It changes none of the images.

    Example: a content loss of 2, style losses of 3 and 5 in two layers and a total variation of 7, with the weights 0.5, 10 and 0.1, make
    a loss of 0.5 · 2 + 10 / 2 · (3 + 5) + 0.1 · 7 = 41.7.
    """
    # BEGIN SOLUTION NO PROMPT
    base, style = extractor(base_image), extractor(style_image)
    with tf.GradientTape() as tape:
        tape.watch(combination_image)
        combination = extractor(combination_image)
        content = content_loss(base[content_layer][0], combination[content_layer][0])
        styles = [style_loss(style[name][0], combination[name][0]) for name in style_layers]
        roughness = total_variation_loss(combination_image)
        loss = content_weight * content + style_weight / len(style_layers) * sum(styles) + tv_weight * roughness
    return loss, tape.gradient(loss, combination_image)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The activations of the base image and of the style image.
    # 2. Under a tape that watches the combination image: its activations, the three terms, their weighted sum.
    # 3. The gradient of the loss with respect to the combination image.
    raise NotImplementedError("compute_loss_and_grads is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which of the three images does the tape have to follow through the extractor?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Everything from the combination image to the weighted sum belongs under the tape. An activation is a batch of one: its first entry is the
# map that your losses want.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `tf.GradientTape`, `tape.watch`, `tape.gradient`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The weighted sum of three terms."
failure_message: "Expected: the weighted sum of three terms."
""" # END TEST CONFIG


def test_terms(compute_loss_and_grads, content_loss, style_loss, total_variation_loss):
    import keras
    import numpy as np
    import tensorflow as tf

    inputs = keras.Input((None, None, 3))
    layer = {"same": inputs, "double": keras.layers.Rescaling(2.0)(inputs), "shift": keras.layers.Rescaling(1.0, 3.0)(inputs)}
    extractor = keras.Model(inputs, layer)
    images = [np.random.default_rng(seed).uniform(size=(1, 4, 5, 3)).astype("float32") for seed in range(3)]
    combination, base, style = [tf.constant(image) for image in images]

    def loss_with(content_layer, style_layers, *weights):
        found = compute_loss_and_grads(extractor, combination, base, style, content_layer, style_layers, *weights)
        assert isinstance(found, (tuple, list)) and len(found) == 2, f"expected the loss and the gradient, got a {type(found).__name__}"
        assert np.shape(found[0]) == (), f"the loss should be one number, shape (), and has shape {np.shape(found[0])}"
        return float(found[0])

    content = float(content_loss(2 * base[0], 2 * combination[0]))
    got = loss_with("double", ["same", "shift"], 1.5, 0.0, 0.0)
    assert np.isclose(got, 1.5 * content, rtol=1e-3), f"content alone, weight 1.5, in a layer that doubles: expected {1.5 * content:.3f}, got {got:.3f}"
    rough = float(total_variation_loss(combination))
    got = loss_with("double", ["same", "shift"], 0.0, 0.0, 0.7)
    assert np.isclose(got, 0.7 * rough, rtol=1e-3), (
        f"total variation alone, weight 0.7: expected {0.7 * rough:.4f}, got {got:.4f}. Is it that of the combination image, with its batch axis?"
    )
    apart = [float(style_loss(2 * style[0], 2 * combination[0])), float(style_loss(style[0] + 3, combination[0] + 3))]
    got = loss_with("double", ["double", "shift"], 0.0, 4.0, 0.0)
    cause = " Is the sum divided by the number of style layers?" if np.isclose(got, 4 * sum(apart), rtol=1e-3) else ""
    assert np.isclose(got, 2 * sum(apart), rtol=1e-3), (
        f"style alone, weight 4, with {apart[0]:.4f} and {apart[1]:.4f} in two layers, one of them the content layer: "
        f"expected {2 * sum(apart):.4f}, got {got:.4f}.{cause}"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "The gradient belongs to the combination image."
failure_message: "Expected: the gradient with respect to the combination image."
""" # END TEST CONFIG


def test_gradient(compute_loss_and_grads):
    import keras
    import numpy as np
    import tensorflow as tf

    inputs = keras.Input((None, None, 3))
    extractor = keras.Model(inputs, {"triple": keras.layers.Rescaling(3.0)(inputs)})
    images = [tf.constant(np.random.default_rng(seed).uniform(size=(1, 4, 5, 3)).astype("float32")) for seed in range(3)]

    def run(combination, *others):
        return compute_loss_and_grads(extractor, combination, *others, "triple", ["triple"], 0.05, 20.0, 1.0)

    def run_in_graph():
        try:
            return tf.function(run, autograph=False)(*images)
        except Exception as error:
            told = "inside a tf.function a tensor has no numbers yet: no NumPy, no float(), no predict, and no new variable"
            raise AssertionError(f"{told} ({type(error).__name__}: {str(error).strip()[:200]})") from error

    variable = tf.Variable(images[0])
    cases = {"a tensor": lambda: run(*images), "a variable": lambda: run(variable, *images[1:]), "a tensor in a tf.function": run_in_graph}
    slopes = []
    for name, case in cases.items():
        found = case()
        assert isinstance(found, (tuple, list)) and len(found) == 2, f"expected the loss and the gradient, got a {type(found).__name__}"
        slope = found[1]
        assert slope is not None, f"the combination image is {name}, and its gradient None: is it watched, and does the loss come from it by way of tensors?"
        assert np.shape(slope) == (1, 4, 5, 3), f"expected a gradient of the image's shape (1, 4, 5, 3), got {np.shape(slope)}"
        if not slopes:
            direction = np.random.default_rng(9).normal(size=(1, 4, 5, 3)).astype("float32")
            ahead, behind = [float(run(images[0] + step * direction, *images[1:])[0]) for step in (0.01, -0.01)]
            measured, promised = (ahead - behind) / 0.02, float(np.sum(np.asarray(slope) * direction))
            assert np.isclose(measured, promised, rtol=0.05, atol=0.05), (
                f"a small change of the combination image changes the loss by {measured:.3f} per unit; by your gradient it should be {promised:.3f}. "
                "Does the tape see how each term comes from the combination image?"
            )
        slopes.append(slope)
        assert np.allclose(slope, slopes[0], rtol=1e-3, atol=1e-4), f"the gradient is another one if the combination image is {name}"
        assert np.array_equal(variable, images[0]), "the combination image has changed: return its gradient, and take no step"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** What the terms would change in the photograph: the gradient of each, turned round because the steps go downhill. Where it is
# blue, the picture becomes brighter, where red, darker. The content term has no picture of its own: at the photograph itself it is zero,
# and so is its gradient.

# %% tags=["demo"]
with picture("compute_loss_and_grads, with what it builds on,"):
    extractor = build_feature_extractor(trained_network(), ["conv1_1", "conv3_1"])
    images = [tf.constant(image) for image in (base_image, base_image, style_image)]
    figure, panels = plt.subplots(1, 4, figsize=(10, 2.3), layout="constrained")
    panels[0].imshow(base_image[0])
    panels[0].set_title("the photograph")
    terms = {"style in conv1_1": ("conv1_1", 0, 1, 0), "style in conv3_1": ("conv3_1", 0, 1, 0), "total variation": ("conv3_1", 0, 0, 1)}
    for panel, (title, (layer_name, *weights)) in zip(panels[1:], terms.items()):
        _, gradient = compute_loss_and_grads(extractor, *images, "conv3_1", [layer_name], *weights)
        wish = -np.asarray(gradient)[0].mean(axis=-1)
        panel.imshow(wish, cmap="RdBu", vmin=-3 * wish.std(), vmax=3 * wish.std())
        panel.set_title(title)
    for panel in panels:
        panel.axis("off")

# %% [markdown]
# ## Put together: the painting
#
# The combination image starts as the photograph. Each step asks for the loss and its gradient and lets the optimizer Adam move the pixels,
# first boldly, then less and less; then they are clipped to the range from 0 to 1. That is all. The steps run inside a `tf.function`, which
# makes them faster, and take less than a minute. The picture below is drawn again as it develops.

# %% tags=["demo"]
SETTINGS = {
    "content_layer": "conv4_1",
    "style_layers": ["conv1_1", "conv2_1", "conv3_1", "conv4_1"],
    "content_weight": 1e-6,
    "style_weight": 1.0,
    "tv_weight": 1e-4,
}
STEPS = 200


def paint(settings, steps, start=base_image, network=None, show=lambda image, step: None):
    """Move `start` until it has the content of the base image and the style of the style image. Returns it, and the loss at each step."""
    layer_names = dict.fromkeys([settings["content_layer"], *settings["style_layers"]])  # each once
    extractor = build_feature_extractor(network or trained_network(), list(layer_names))
    base, style = tf.constant(base_image), tf.constant(style_image)
    image = keras.Variable(start)
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.01, steps))
    optimizer.build([image])

    @tf.function
    def step():
        loss, gradient = compute_loss_and_grads(extractor, image.value, base, style, **settings)
        optimizer.apply([gradient], [image])
        image.assign(ops.clip(image, 0, 1))
        return loss

    losses = []
    for number in range(steps):
        if number % 25 == 0:
            show(np.asarray(image)[0], number)
        losses.append(float(step()))
    show(np.asarray(image)[0], steps)
    return np.asarray(image)[0], losses


# %% tags=["demo"]
from IPython.display import display


def progress():
    """A function that draws the image into one figure, again and again."""
    figure, panel = plt.subplots(figsize=(5.2, 4.2), layout="constrained")
    plt.close(figure)
    shown = []

    def show(image, step):
        panel.clear()
        panel.imshow(image)
        panel.set_title(f"after {step} steps")
        panel.axis("off")
        if shown:
            shown[0].update(figure)
        else:
            shown.append(display(figure, display_id=True))

    return show


with picture("compute_loss_and_grads, with all that it builds on,"):
    painted, losses = paint(SETTINGS, STEPS, show=progress())
    plt.figure(figsize=(5, 2.4))
    plt.semilogy(losses)
    plt.xlabel("step")
    plt.ylabel("loss")

# %% [markdown]
# Look closely. The strokes are nobody's copy: no piece of the painting was cut out and pasted. The optimizer invented them so that the
# filters answer together as they do for the painting.

# %% [markdown]
# **One knob.** `CONTENT` multiplies the weight of the content. Below, half as many steps without any content term, and with thirty times as
# much of it.
#
# **Question to think about** (not graded): with a content weight of 0 the loss knows nothing of the cat. Why is there still one? And what
# does the picture become if `paint` starts from noise instead? Give it
# `start=np.float32(np.random.default_rng(0).uniform(size=base_image.shape))`.

# %% tags=["demo"]
CONTENT = [0, 30]

with picture("compute_loss_and_grads, with all that it builds on,"):
    figure, panels = plt.subplots(1, len(CONTENT), figsize=(9, 3.6), layout="constrained")
    for panel, factor in zip(panels, CONTENT):
        found, _ = paint(SETTINGS | {"content_weight": factor * SETTINGS["content_weight"]}, steps=100)
        panel.imshow(found)
        panel.set_title(f"content weight × {factor}")
        panel.axis("off")

# %% [markdown]
# ### With VGG19, if you have it
#
# The network of the original paper, VGG19, was trained on a million photographs and sees much more. If its weights (80 MB) lie on your
# machine already, because you have used `keras.applications.VGG19(include_top=False)` before, set `USE_VGG19 = True`. Your functions need
# no change. It takes some minutes without a GPU. Nothing is downloaded.

# %% tags=["demo"]
USE_VGG19 = False

VGG19_WEIGHTS = Path.home() / ".keras" / "models" / "vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5"


def vgg19():
    """VGG19 behind its preprocessing: from 0 … 1 to 0 … 255, blue before green before red, minus the mean colour."""
    inputs = keras.Input((None, None, 3))
    x = ops.flip(255 * inputs, axis=-1) - np.float32([103.939, 116.779, 123.68])
    return keras.applications.VGG19(include_top=False, weights=str(VGG19_WEIGHTS), input_tensor=x)


if USE_VGG19 and VGG19_WEIGHTS.exists():
    names = [f"block{block}_conv1" for block in range(1, 6)]
    settings = {"content_layer": "block5_conv2", "style_layers": names, "content_weight": 2.5e-8, "style_weight": 1e-6, "tv_weight": 1.0}
    with picture("compute_loss_and_grads, with all that it builds on,"):
        painted, losses = paint(settings, steps=150, network=vgg19(), show=progress())

# %% [markdown]
# ## What you can do now
#
# - say in a formula what style is and what content is, for a network
# - compare images by what a network sees in them (a *perceptual loss*; super-resolution and image generators use it too)
# - build one model that reports from many layers, and freeze it
# - optimize the input of a network with an optimizer from Keras
#
# **Three things to try.** Put a photograph and a painting of your own in the place of `data/base.jpg` and `data/style.jpg` (both of one
# size). Drop style layers, the first or the last, and see which traits of the painting go with them. Exchange the two pictures: paint the
# café in the style of the cat.
#
# **What the hidden tests look at.** The same things as the checks above, only harder: feature maps and images of odd sizes, several
# channels and images, formulas compared number by number, gradients compared with those that a pencil gives, networks with branches,
# weights that may neither change nor be copied, one style layer and several, and a combination image that is a tensor or a variable, inside
# a `tf.function` and outside. In questions 2 and 6 what you wrote before is replaced, so that a mistake there does not count twice.
#
# **How to hand in.** Run everything from top to bottom once more (*Kernel → Restart and run all*), save, and hand in this file,
# `style_transfer.ipynb`.
