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
# name: gradient_ascent
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # What a filter likes to see
#
# ![Three rows of eight small grey pictures. Upper: filters of the first layer, some of which like waves, others a plain surface with a dark or bright frame. Middle: filters of the second layer, which like textures of lines and spots. Lower: filters of the third layer, which like bold stripes, lattices of dots and slanting strokes.](data/cover.png)
#
# A convolutional network that reads digits consists of filters, and each answers to something: to an edge, to a curl, to the end of a stroke.
# At the end of this notebook you have the picture above: for many filters of a network that you have just trained, an image that the
# filter answers to as strongly as it can. Nobody drew these images. They began as grey noise and climbed.
#
# *Gradient ascent* is training turned round. Training holds the images still and moves the **weights** so that a loss falls. Here you hold
# the weights still and move the **image** so that a filter's activation rises.
#
# **You need** the functional API and `tf.GradientTape`. **It takes** about 60 minutes. Nothing here needs a GPU or the internet.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `feature_extractor`: a model that stops at any layer | 15 |
# | 2 | `compute_loss`: how strongly a filter answers | 20 |
# | 3 | `gradient_ascent_step`: one step uphill | 30 |
# | 4 | `visualize_filter`: many steps, from noise | 20 |
# | 5 | `deprocess_image`: a picture for the screen | 15 |
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
    if Path("gradient_ascent").is_dir():
        os.chdir("gradient_ascent")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("gradient_ascent").is_dir():
            os.chdir("gradient_ascent")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("gradient_ascent.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("gradient_ascent.ipynb")

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
# The data: 1,797 handwritten digits of 8 × 8 pixels, as an array of shape `(N, H, W, C)` with one channel and values from 0 (paper) to 1 (ink).
# The network gets them three times as large, 24 × 24 and smoothed, so that its filters have some room.

# %%
with np.load("data/digits.npz") as digits:
    images = digits["images"][..., None].astype("float32") / 16
    labels = digits["labels"]


def enlarge(images):
    """Images of shape `(N, 8, 8, 1)`, three times as high and wide, with smooth transitions."""
    return np.asarray(ops.image.resize(images, (24, 24), interpolation="bilinear"))


def build_classifier():
    """The network that this notebook looks into: three convolutions, then the largest answer of each filter, then a digit.

    Its input is `(None, None, None, 1)`: it takes a batch of grey images of any size.
    """
    inputs = keras.Input((None, None, 1))
    x = layers.Conv2D(8, 5, padding="same", activation="elu", name="conv_1")(inputs)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(16, 3, padding="same", activation="elu", name="conv_2")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(24, 3, padding="same", activation="elu", name="conv_3")(x)
    x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax", name="digit")(x))


# %% [markdown]
# The activation function is the ELU: above zero it is the ReLU, below zero it bends towards −1 instead of breaking off. So a filter that is off still has
# a gradient. With ReLUs in their place, most filters of the third layer are off for the grey images that you begin with, and nothing can wake them.
#
# Training takes a few seconds. The 297 digits that it never saw tell how well the network reads.

# %% tags=["demo"]
@functools.cache
def trained_classifier():
    """The classifier, trained on the first 1,500 digits; the second call returns the same one."""
    keras.utils.set_random_seed(7)
    classifier = build_classifier()
    classifier.compile(optimizer=keras.optimizers.Adam(3e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    classifier.fit(enlarge(images[:1500]), labels[:1500], epochs=8, batch_size=32, verbose=0)
    return classifier


large = enlarge(images)
figure, panels = plt.subplots(1, 10, figsize=(9, 1.3), layout="constrained")
for digit, panel in enumerate(panels):
    panel.imshow(1 - large[labels == digit][0, ..., 0], cmap="gray", vmin=0, vmax=1)
    panel.set_title(str(digit))
    panel.axis("off")
plt.show()

classifier = trained_classifier()
classifier.summary()
_, accuracy = classifier.evaluate(large[1500:], labels[1500:], verbose=0)
print(f"{100 * accuracy:.0f} % of the digits that it never saw are read right")

# %% [raw]
# # BEGIN QUESTION
# name: feature_extractor

# %% [markdown]
# ## 1 · A model that stops half-way
#
# The classifier ends in ten probabilities. The *activations*, what its filters find on the way there, flow past inside.
# A functional model is a graph of layers, and every tensor in that graph may be the end of another model. So a *feature extractor* costs
# nothing: it is a second model over the same layers, from the same input to a layer in the middle.
#
# | tensor | shape |
# |---|---|
# | the model's input | `(B, H, W, C)`: `B` images of `C` channels |
# | the activation of a layer | `(B, h, w, F)`: a map of `h × w` numbers for each of its `F` filters |
#
# "Same layers" is the point: nothing is copied. If the model trains on, its extractors see it.

# %% [markdown]
# **The wrong turn** is to build a new network of the same form, by `clone_model` say. It has the same layers by name and size, and other weights.
# Below, two clones and the classifier itself read the same digit.

# %% tags=["demo"]
for name, model in [("classifier", trained_classifier()), *[("clone", keras.models.clone_model(trained_classifier())) for _ in range(2)]]:
    probabilities = np.asarray(model(enlarge(images[:1])))[0]
    print(f"{name}: a {labels[0]} with probability {probabilities[labels[0]]:.2f}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def feature_extractor(model, layer_name):
    """A model from the given model's input to the activation of one of its layers.

    model: a functional `keras.Model` (made from `keras.Input`) with one input of shape `(B, H, W, C)`; H and W may be open. Its layers need
    not form a chain: it may have branches. layer_name: the name of one of its layers, `"conv_2"` say.

    Returns a `keras.Model` that gives that layer's output, one tensor and no list, for a convolution `(B, h, w, F)`, after the layer's own
    activation function. It shares the layers and weights of `model`, takes images of every size that `model` takes, and leaves `model` as it is.

    Example: `feature_extractor(build_classifier(), "conv_2")` called on images of shape `(2, 24, 30, 1)` returns shape `(2, 12, 15, 16)`.
    """
    # BEGIN SOLUTION NO PROMPT
    return keras.Model(model.input, model.get_layer(layer_name).output)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("feature_extractor is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which two things does `keras.Model` need to make a functional model?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# A model knows its input, and finds a layer by its name. A layer in a functional model knows the tensor that it puts out.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.Model(inputs, outputs)`, `Model.input`, `Model.get_layer`, `Layer.output`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The extractor ends at the layer asked for."
failure_message: "Expected: a model that ends at the layer asked for."
""" # END TEST CONFIG


def test_right_layer(feature_extractor):
    import keras
    import numpy as np

    inputs = keras.Input((None, None, 2))
    doubled = keras.layers.Rescaling(2, name="double")(inputs)
    shifted = keras.layers.Rescaling(1, 10, name="shift")(doubled)
    negated = keras.layers.Rescaling(-1, name="negate")(doubled)  # a branch: it reads what shift reads
    model = keras.Model(inputs, keras.layers.Subtract(name="last")([shifted, negated]))
    ones = np.ones((1, 3, 4, 2), "float32")
    for name, value in [("double", 2), ("shift", 12), ("negate", -2)]:
        extractor = feature_extractor(model, name)
        assert isinstance(extractor, keras.Model), f"expected a keras.Model, got a {type(extractor).__name__}"
        got = extractor(ones)
        assert not isinstance(got, (list, tuple, dict)), f"expected one tensor from your extractor, got a {type(got).__name__} of {len(got)}"
        got = np.asarray(got)
        assert got.shape == ones.shape, f"layer {name!r} has an output of shape {ones.shape}, your extractor one of {got.shape}"
        cause = "are its layers run one after another, although the model has branches" if np.allclose(got, -12) and name == "negate" else "another layer's output"
        assert np.allclose(got, value), f"an image of ones is {value} after the layer {name!r}; your extractor gives {got[0, 0, 0, 0]:g}: {cause}?"


# %%
""" # BEGIN TEST CONFIG
success_message: "Model and extractor share their weights."
failure_message: "Expected: model and extractor share their weights."
""" # END TEST CONFIG


def test_shares(feature_extractor):
    import keras
    import numpy as np

    inputs = keras.Input((5, 4, 3))
    x = keras.layers.Conv2D(2, 3, activation="relu", name="conv")(inputs)
    model = keras.Model(inputs, keras.layers.Flatten()(x))
    extractor, ones = feature_extractor(model, "conv"), np.ones((1, 5, 4, 3), "float32")
    before = np.asarray(extractor(ones))
    assert len(model.trainable_weights) == 2, "the model has weights that no longer train: the extractor must leave the model as it is"
    model.get_layer("conv").set_weights([np.ones((3, 3, 3, 2)) * [1, -1], np.zeros(2)])
    after = np.asarray(extractor(ones))
    assert not np.allclose(before, after), "the model's weights changed and the extractor gives what it gave before: does it have copies?"
    assert np.allclose(after[..., 0], 27), f"27 ones under a kernel of ones: expected 27, got {after[0, 0, 0, 0]:g}"
    assert np.allclose(after[..., 1], 0), f"-27 after a ReLU: expected 0, got {after[0, 0, 0, 1]:g}. Is the layer's activation function still there?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A digit, and what the eight filters of the first layer make of it. Dark is a strong answer.

# %% tags=["demo"]
with picture("feature_extractor"):
    maps = np.asarray(feature_extractor(trained_classifier(), "conv_1")(large[:1]))
    figure, panels = plt.subplots(1, 9, figsize=(9, 1.5), layout="constrained")
    for panel, channel, title in zip(panels, [large[0, ..., 0], *np.moveaxis(maps[0], -1, 0)], ["digit", *range(8)]):
        panel.imshow(channel, cmap="gray_r")
        panel.set_title(str(title))
        panel.axis("off")

# %% [raw]
# # BEGIN QUESTION
# name: compute_loss

# %% [markdown]
# ## 2 · How strongly a filter answers
#
# To climb we need one number that says how high we are. For filter $f$ that is the mean of its activation map. We leave out
# a **border of two** rows and columns on each side: there the convolution's padding has invented zeros around the image, and a filter
# that likes edges would find a wonderful one where the image ends.
#
# $$L(x) = \frac{1}{(h-4)(w-4)} \sum_{i=2}^{h-3} \sum_{j=2}^{w-3} a_{ijf}(x)$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `image` | `(1, H, W, C)`: a batch of one image |
# | $a$ | `extractor(image)` | `(1, h, w, F)`: `h` and `w` are smaller than `H` and `W` if there was pooling before |
# | $f$ | `filter_index` | an integer from 0 to `F - 1` |
# | $L$ | what you return | `()`: one number |
#
# It is called a loss by custom, although here more is better.

# %% [markdown]
# **Why without the border**, shown below: an image that is the same grey everywhere has no edge at all, and still some filters answer, at its border.

# %% tags=["demo"]
edges = keras.Sequential([keras.Input((12, 16, 1)), layers.Conv2D(1, 3, padding="same", use_bias=False)])
edges.set_weights([np.float32([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])[:, :, None, None]])
plt.figure(figsize=(4, 2.4))
plt.imshow(np.asarray(edges(np.full((1, 12, 16, 1), 0.5, "float32")))[0, ..., 0], cmap="RdBu", vmin=-2, vmax=2)
plt.colorbar(label="activation")
plt.title("a filter for edges sees plain grey", fontsize=10)
plt.xlabel("column")
plt.ylabel("row")
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
def compute_loss(extractor, image, filter_index):
    """The mean activation of one filter, without a border of 2.

    extractor: a Keras model from `(1, H, W, C)` to activations `(1, h, w, F)`, h and w at least 5. image: a float tensor of shape
    `(1, H, W, C)`. filter_index: an integer, 0 ≤ filter_index < F.

    Of the **activation**, not of the image, the first two and the last two rows and columns are left out. Returns the mean of the rest for
    this filter, with its sign, as a scalar tensor, shape `()`. It can be differentiated with respect to the image. The extractor is used as
    after training (`training=False`, which is what Keras does if you say nothing) and does not change.

    Example: an activation of shape `(1, 5, 6, 3)` has a middle of 1 × 2. If filter 0 has 1 and 4 there and 100 everywhere else, the loss
    for filter 0 is 2.5.
    """
    # BEGIN SOLUTION NO PROMPT
    activation = extractor(image)
    return ops.mean(activation[:, 2:-2, 2:-2, filter_index])
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The activation of the image.
    # 2. Of that, the middle of one filter's map.
    # 3. The mean.
    raise NotImplementedError("compute_loss is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# The activation has four axes. What do you want of each: all, a part, or one?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Tensors are cut as NumPy arrays are, and a slice may end at a negative number, counted from the end.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# Slicing in Python (`start:stop`), `keras.ops.mean`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The mean of one filter's middle."
failure_message: "Expected: the mean of one filter's activation, without a border of 2."
""" # END TEST CONFIG


def test_example(compute_loss):
    import keras
    import numpy as np

    same = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Rescaling(1.0)])  # its activation is the image
    image = np.full((1, 5, 6, 3), 100, "float32")
    image[0, 2, 2:4] = [[1, 20, -3], [4, 30, -8]]
    got = compute_loss(same, keras.ops.convert_to_tensor(image), 0)
    assert np.shape(got) == (), f"expected one number, shape (), got shape {np.shape(got)}"
    causes = {float(np.mean(image[..., 0])): "is the border left out?", 5.0: "that is a sum", float(np.mean(image[0, 2, 2:4])): "that is the mean over all filters"}
    cause = next((f" ({text})" for value, text in causes.items() if np.isclose(float(got), value, rtol=1e-4)), "")
    cause = " (the mean of no numbers: which axes do you cut, and where does each slice end?)" if np.isnan(float(got)) else cause
    assert np.isclose(float(got), 2.5), f"the middle of filter 0 holds 1 and 4: expected 2.5, got {float(got):g}{cause}"
    for index, expected in [(1, 25), (2, -5.5)]:
        other = float(compute_loss(same, keras.ops.convert_to_tensor(image), index))
        assert np.isclose(other, expected), f"filter {index}: expected {expected:g}, got {other:g}"
    dropping = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Dropout(0.5)])
    other = float(compute_loss(dropping, keras.ops.convert_to_tensor(image), 1))
    assert np.isclose(other, 25), f"dropout does nothing after training: expected 25, got {other:g}. Is the extractor called with training=True?"


# %%
""" # BEGIN TEST CONFIG
success_message: "It is the activation that loses its border."
failure_message: "Expected: the border of the activation is left out, not the image's."
""" # END TEST CONFIG


def test_border_of_the_activation(compute_loss):
    import keras
    import numpy as np

    pooled = keras.Sequential([keras.Input((None, None, 1)), keras.layers.AveragePooling2D(2)])
    image = np.arange(14 * 18, dtype="float32").reshape(1, 14, 18, 1) ** 2
    got = float(compute_loss(pooled, keras.ops.convert_to_tensor(image), 0))
    expected = image[0, 4:10, 4:14].mean()
    assert np.isclose(got, expected, rtol=1e-4), (
        f"an image of 14 × 18 pixels with an activation of 7 × 9, of which 3 × 5 count: expected {expected:g}, got {got:g}"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "The loss has a gradient with respect to the image."
failure_message: "Expected: a gradient of the loss with respect to the image."
""" # END TEST CONFIG


def test_gradient(compute_loss):
    import keras
    import numpy as np
    import tensorflow as tf

    same = keras.Sequential([keras.Input((None, None, 2)), keras.layers.Rescaling(1.0)])
    start = tf.ones((1, 6, 7, 2))
    with tf.GradientTape() as tape:
        tape.watch(start)
        value = compute_loss(same, start, 1)
    assert tf.is_tensor(value), f"expected a tensor, got a {type(value).__name__}: stay with tensors all the way"
    slope = tape.gradient(value, start)
    assert slope is not None, "no gradient from the loss to the image: stay with tensors all the way"
    counted = int(np.count_nonzero(slope))
    assert counted == 6, f"2 × 3 numbers of filter 1 count; the loss depends on {counted} numbers"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Which digit does each filter of the third layer like best? Of the first 300 digits, for six filters, the three with the highest loss.

# %% tags=["demo"]
with picture("compute_loss, with feature_extractor,"):
    third = feature_extractor(trained_classifier(), "conv_3")
    figure, panels = plt.subplots(1, 6, figsize=(9, 2), layout="constrained")
    figure.get_layout_engine().set(wspace=0.15)
    for panel, index in zip(panels, range(6)):
        answers = [float(compute_loss(third, digit[None], index)) for digit in large[:300]]
        best = np.argsort(answers)[:-4:-1]
        panel.imshow(np.concatenate([1 - digit[..., 0] for digit in large[best]], axis=1), cmap="gray")
        panel.set_title(f"filter {index}: {' '.join(str(labels[i]) for i in best)}", fontsize=9)
        panel.axis("off")

# %% [raw]
# # BEGIN QUESTION
# name: gradient_ascent_step

# %% [markdown]
# ## 3 · One step uphill
#
# The loss is a function of every pixel. Its gradient $g = \partial L / \partial x$ has the image's shape and says for each pixel how much more
# activation a little more brightness there would bring. A step adds a piece of it. Gradients of different filters differ a thousandfold in
# size, so first give the gradient length 1, by its *L2 norm* over the **whole image**:
#
# $$x_\text{new} = x + \eta\,\frac{g}{\lVert g\rVert}, \qquad \lVert g\rVert = \sqrt{\textstyle\sum_{i,j,c} g_{ijc}^2}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `image` | `(1, H, W, C)` |
# | $g$ | the gradient of the loss with respect to the image | `(1, H, W, C)` |
# | $\lVert g\rVert$ | its norm: one number for rows, columns and channels together | `()` |
# | $\eta$ | `learning_rate`: how far the image moves | a number |
#
# A filter that answers to nothing in this image has a gradient of zeros, and a norm of 0 (a ReLU that is off everywhere is one). Then the image
# stays as it is. So guard the division by something too small to matter elsewhere: 10⁻⁶ or less, added to the norm or in its place where the norm is
# smaller (under the root that is 10⁻¹² or less).
#
# The tape watches *variables* by itself. The image is a tensor: the tape must be told, before the loss is computed.
#
# Your code may use `compute_loss` or write the loss out; the check below takes it as you wrote it. The hidden tests put another loss in its place, so a mistake in question 2
# costs nothing here.

# %% [markdown]
# **The wrong turn**, shown below: the gradient without normalisation. Three hills of one form, a low one, a middling one and a high one, and 20 steps on each with the same
# learning rate. On the low hill the walk hardly leaves the start, on the high one it lands far beyond the top. Divided by its own size, the gradient says only *where to*.

# %% tags=["demo"]
for height in (0.01, 1, 100):
    positions = [3.0]
    for _ in range(20):
        slope = -height * positions[-1] / (1 + positions[-1] ** 2) ** 1.5  # of a hill with its top at 0
        positions.append(positions[-1] + 0.3 * slope)
    print(f"hill of height {height:6}: from 3 to {positions[-1]:8.2f}, with a last step of {abs(positions[-1] - positions[-2]):.4f}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    """Moves an image one step towards what a filter likes.

    extractor: a Keras model from `(1, H, W, C)` to activations `(1, h, w, F)`. image: a float tensor of shape `(1, H, W, C)`. filter_index: an
    integer. learning_rate: a number > 0, the length of the step.

    The gradient of `compute_loss` with respect to the image, divided by its L2 norm over the whole image, times the learning rate, is added
    to the image. Where the gradient is zero, the image stays as it is (guard the division by at most 1e-6, under the root 1e-12).

    Returns the new image, `(1, H, W, C)`, and nothing else. It is not clipped: its values may leave the range from 0 to 1. The extractor's weights
    do not change.

    Example: if an image has the two numbers (1, 1), its gradient is (30, 40) and the learning rate 0.5, the new image is (1.3, 1.4).
    """
    # BEGIN SOLUTION NO PROMPT
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    uphill = tape.gradient(loss, image)
    norm = ops.sqrt(ops.sum(ops.square(uphill)))
    return image + learning_rate * uphill / ops.maximum(norm, 1e-6)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Under a tape that watches the image, the loss.
    # 2. The gradient of the loss with respect to the image.
    # 3. Its norm, one number, and the gradient divided by it.
    # 4. The image, moved.
    raise NotImplementedError("gradient_ascent_step is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What does `tape.gradient` return if the tape did not watch the image?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Only the loss belongs under the tape. The rest is arithmetic with the gradient it gives.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `tf.GradientTape.watch`, `tf.norm` or `keras.ops.square` with `keras.ops.sum`, `keras.ops.maximum`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The image moves uphill, by the learning rate."
failure_message: "Expected: the image moves along its own normalised gradient, by the learning rate."
""" # END TEST CONFIG


def test_straight_up(gradient_ascent_step):
    import keras
    import numpy as np

    weighted = keras.Sequential([keras.Input((None, None, 2)), keras.layers.Conv2D(2, 1, use_bias=False)])
    kernel = np.float32([[[[0, 3], [5, 4]]]])  # filter 0 looks at channel 1 alone, filter 1 at both: 3 and 4
    weighted.set_weights([kernel])
    start = np.random.default_rng(0).normal(size=(1, 6, 8, 2)).astype("float32")
    try:
        got = gradient_ascent_step(weighted, keras.ops.convert_to_tensor(start), 1, 0.5)
    except (TypeError, ValueError, AttributeError) as error:
        assert "None" not in str(error), f"is the gradient None? The tape must watch the image before the loss is computed under it ({error})"
        raise
    assert not isinstance(got, (tuple, list)), f"expected the new image alone, got a {type(got).__name__} of {len(got)}"
    assert np.shape(got) == start.shape, f"expected an image of shape {start.shape}, got {np.shape(got)}"
    got = np.asarray(got)
    moved = got - start
    assert not np.allclose(moved, 0), "the image has not moved"
    assert not np.allclose(got[:, :2], 0), "the first rows of the new image are 0: is the step added to the image?"
    assert got.min() < 0 and got.max() > 1, f"the image went from {start.min():.2f} to {start.max():.2f}, the new one from {got.min():.2f} to {got.max():.2f}: do not clip"
    middle = moved[0, 2:-2, 2:-2]
    assert not np.all(middle < 0), f"more of filter 1 is uphill; yours moves by {middle[0, 0, 1]:.4f}: the sign?"
    assert np.all(middle[..., 0] > 0), "filter 1 looks at both channels, and one of them has not moved up: is filter_index passed on?"
    length = np.linalg.norm(moved)
    assert np.isclose(length, 0.5, rtol=1e-3), (
        f"learning rate 0.5: expected a step of length 0.5, got {length:.4f}. The norm goes over the whole image, and has a square root"
    )
    outside = length - np.linalg.norm(middle)
    assert abs(outside) < 1e-3, "pixels moved on which the loss does not depend: is compute_loss right?"
    assert np.allclose(middle, 0.5 * np.float32([3, 4]) / 5 / np.sqrt(8), rtol=1e-2), "the step has the right length and another direction than the gradient"
    weighted.set_weights([3e-4 * kernel])
    length = np.linalg.norm(np.asarray(gradient_ascent_step(weighted, keras.ops.convert_to_tensor(start), 1, 0.5)) - start)
    assert np.isclose(length, 0.5, rtol=5e-3), f"a filter with a gradient of length 0.0005: expected a step of 0.5 again, got {length:.4f}. Is the guard too large?"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each small step raises the activation, and no weight changes."
failure_message: "Expected: each small step raises the filter's mean activation, and no weight changes."
""" # END TEST CONFIG


def test_rises(gradient_ascent_step):
    import keras
    import numpy as np

    keras.utils.set_random_seed(3)
    inputs = keras.Input((None, None, 2))
    x = keras.layers.BatchNormalization()(keras.layers.Conv2D(4, 3, padding="same", activation="tanh")(inputs))
    network = keras.Model(inputs, x)
    weights = network.get_weights()
    path = [keras.random.normal((1, 8, 9, 2))]
    for _ in range(8):
        path.append(gradient_ascent_step(network, keras.ops.convert_to_tensor(path[-1]), 3, 0.1))
    heights = [float(np.mean(np.asarray(network(step))[0, 2:-2, 2:-2, 3])) for step in path]
    assert np.all(np.diff(heights) > 0), f"the mean activation should rise at every step, and goes {np.round(heights, 4).tolist()}"
    changed = any(not np.array_equal(old, new) for old, new in zip(weights, network.get_weights()))
    assert not changed, "the network's weights have changed: only the image may move"


# %%
""" # BEGIN TEST CONFIG
success_message: "Without a gradient the image stays as it is."
failure_message: "Expected: without a gradient the image stays as it is."
""" # END TEST CONFIG


def test_flat(gradient_ascent_step):
    import keras
    import numpy as np

    off = keras.Sequential([keras.Input((None, None, 1)), keras.layers.Rescaling(1.0, -100.0), keras.layers.ReLU()])
    start = np.random.default_rng(0).uniform(size=(1, 7, 6, 1)).astype("float32")
    got = np.asarray(gradient_ascent_step(off, keras.ops.convert_to_tensor(start), 0, 0.5))
    assert np.isfinite(got).all(), "the gradient is zero, and the new image is not a number: what is divided by what?"
    assert np.allclose(got, start), f"the gradient is zero, and the image moved by up to {np.abs(got - start).max():.4f}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A digit, and where four filters of the third layer want more ink (blue) and less (red) in it.

# %% tags=["demo"]
with picture("gradient_ascent_step, with what it builds on,"):
    third = feature_extractor(trained_classifier(), "conv_3")
    figure, panels = plt.subplots(1, 5, figsize=(9, 2.1), layout="constrained")
    panels[0].imshow(1 - large[0, ..., 0], cmap="gray")
    panels[0].set_title("the digit")
    for panel, index in zip(panels[1:], range(4)):
        wish = np.asarray(gradient_ascent_step(third, ops.convert_to_tensor(large[:1]), index, 1.0))[0, ..., 0] - large[0, ..., 0]
        panel.imshow(wish, cmap="RdBu", vmin=-0.3, vmax=0.3)
        panel.set_title(f"filter {index}")
    for panel in panels:
        panel.axis("off")

# %% [raw]
# # BEGIN QUESTION
# name: visualize_filter

# %% [markdown]
# ## 4 · Many steps, from noise
#
# Start where nothing is drawn yet, at grey noise, and repeat the step. The noise is faint, so that at the end you see what the filter drew, and not
# what it began with. Without any noise all pixels would begin alike, with no detail for a filter to make stronger. Draw numbers uniformly **between 0.4 and 0.6**, one for every pixel and channel.
#
# The noise depends on a seed, so that a picture can be made again, or again from another start.
#
# | tensor | shape |
# |---|---|
# | `image_shape` | `(H, W, C)`: three integers, without a batch axis |
# | the image while it climbs | `(1, H, W, C)`: a step takes a batch of one, as a tensor |
# | what you return | `(H, W, C)` |
#
# Your code may use `gradient_ascent_step`, and the check below takes it as you wrote it. The hidden tests put another step in its place, so a mistake in
# question 3 costs nothing here.

# %% [markdown]
# **Why faint noise**, shown below: uniform noise from 0 to 1, as most random functions give it if not told otherwise, is already full of edges and spots, and each
# filter finds something in it that it then makes stronger.

# %% tags=["demo"]
rng = np.random.default_rng(0)
figure, panels = plt.subplots(1, 2, figsize=(5, 2.6), layout="constrained")
for panel, (low, high) in zip(panels, [(0, 1), (0.4, 0.6)]):
    panel.imshow(rng.uniform(low, high, size=(36, 36)), cmap="gray", vmin=0, vmax=1)
    panel.set_title(f"from {low} to {high}")
    panel.axis("off")
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    """An image that a filter likes: noise that has climbed.

    extractor: a Keras model from `(1, H, W, C)` to activations `(1, h, w, F)`. filter_index: an integer. image_shape: `(H, W, C)`.
    steps: how many steps of gradient ascent; 0 gives the noise itself. learning_rate: the length of each step. seed: an integer; the same
    seed always gives the same image, another seed starts from other noise.

    The start is noise, uniform between 0.4 and 0.6, drawn anew for each pixel and channel. Each step begins where the last one ended.

    Returns the image after the last step, a float tensor or array of shape `(H, W, C)`, without a batch axis and with its values as they are,
    not clipped and not yet fit for the screen.

    Example: `visualize_filter(extractor, 3, (20, 30, 1), steps=0, learning_rate=1.0, seed=0)` returns 20 × 30 numbers between 0.4 and 0.6.
    """
    # BEGIN SOLUTION NO PROMPT
    image = keras.random.uniform((1, *image_shape), minval=0.4, maxval=0.6, seed=seed)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Noise, as a batch of one image.
    # 2. The steps.
    # 3. The image, out of its batch.
    raise NotImplementedError("visualize_filter is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What does the second step need from the first?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Functions that draw uniform numbers take the two ends of the interval, and a seed.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.random.uniform` with `minval`, `maxval` and `seed`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It starts from faint grey noise that the seed decides."
failure_message: "Expected: it starts from uniform noise between 0.4 and 0.6 that the seed decides."
""" # END TEST CONFIG


def test_noise(visualize_filter):
    import keras
    import numpy as np

    same = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Rescaling(1.0)])
    first, again, other = [np.asarray(visualize_filter(same, 0, (20, 30, 3), 0, 0.5, seed)) for seed in (1, 1, 2)]
    assert first.shape == (20, 30, 3), f"image_shape (20, 30, 3): expected that shape, got {first.shape}"
    low, high = first.min(), first.max()
    assert 0.4 <= low < 0.41 and 0.59 < high <= 0.6001, f"expected noise from 0.4 to 0.6, got {low:.3f} to {high:.3f} after no steps"
    assert np.array_equal(first, again), "the same seed gave other noise: does the draw use seed?"
    assert not np.allclose(first, other), "another seed gave the same noise: does the draw use seed?"
    for axis, name in enumerate(["rows", "columns", "channels"]):
        one, next_one = np.take(first, 0, axis), np.take(first, 1, axis)
        assert not np.allclose(one, next_one), f"two {name} have the same noise: draw in the image's shape"
    ends = np.sum(first == low) + np.sum(first == high)
    assert ends < 20, f"{ends} numbers of the noise are exactly the smallest or the largest: is it cut off to the interval, and not drawn in it?"
    assert abs(first.std() - 0.0577) < 0.0035, f"uniform noise from 0.4 to 0.6 has a standard deviation of 0.0577, yours {first.std():.4f}: is it uniform?"
    grey = keras.Sequential([keras.Input((None, None, 1)), keras.layers.Rescaling(1.0)])
    one_channel = np.shape(visualize_filter(grey, 0, (7, 9, 1), 0, 0.5, 1))
    assert one_channel == (7, 9, 1), f"image_shape (7, 9, 1): expected that shape, got {one_channel}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each step goes on from the last one."
failure_message: "Expected: as many steps as asked for, each from where the last one ended."
""" # END TEST CONFIG


def test_steps_add_up(visualize_filter):
    import keras
    import numpy as np

    same = keras.Sequential([keras.Input((None, None, 2)), keras.layers.Rescaling(1.0)])
    try:
        noise, one, five = [np.asarray(visualize_filter(same, 1, (6, 9, 2), count, 0.5, 4)) for count in (0, 1, 5)]
    except ValueError as error:
        assert "ndarray" not in str(error), "the tape watches tensors, and the image is a NumPy array: make a tensor of the noise (keras.ops.convert_to_tensor)"
        raise
    lengths = [np.linalg.norm(found - noise) for found in (one, five)]
    assert not np.isclose(lengths[0], 0, atol=1e-5), "after 1 step the image is still the noise: is what the step returns kept, and are there enough steps?"
    assert np.isclose(lengths[0], 0.5, rtol=1e-3), f"after 1 step of 0.5 the image should be 0.5 away from the noise, and is {lengths[0]:.3f} (is question 3 right?)"
    assert np.isclose(lengths[1], 2.5, rtol=1e-3), f"here 5 steps of 0.5 all go the same way, 2.5 in all; yours lead {lengths[1]:.3f} away"
    assert np.allclose(five[..., 0], noise[..., 0], atol=1e-5), "filter 1 sees channel 1 alone, and channel 0 has changed: is filter_index passed on?"
    assert np.allclose(five[:2], noise[:2], atol=1e-5), "the first rows do not count in the loss, and they have changed: is the border left out?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** How the mean activation rises while the image climbs, for three filters of each layer.

# %% tags=["demo"]
with picture("visualize_filter, with all that it builds on,"):
    counts = [0, 1, 2, 4, 8, 16, 32]
    figure, panels = plt.subplots(1, 3, figsize=(9, 2.7), layout="constrained")
    for panel, name in zip(panels, ["conv_1", "conv_2", "conv_3"]):
        extractor = feature_extractor(trained_classifier(), name)
        for index, style in zip(range(3), ["-o", "--s", ":^"]):
            climbed = [visualize_filter(extractor, index, (36, 36, 1), count, 1.0, 0) for count in counts]
            heights = [float(compute_loss(extractor, ops.convert_to_tensor(image)[None], index)) for image in climbed]
            panel.plot(counts, heights, style, markersize=4, label=f"filter {index}")
        panel.set(title=name, xlabel="steps")
        panel.legend(fontsize=8)
    panels[0].set_ylabel("mean activation")

# %% [raw]
# # BEGIN QUESTION
# name: deprocess_image

# %% [markdown]
# ## 5 · A picture for the screen
#
# After many steps an image's values lie anywhere, from −7 to 12 say. A screen wants whole numbers from 0 to 255. Stretching the smallest
# value to 0 and the largest to 255 would let one extreme pixel decide how everything else looks. So, with mean $m$ and standard deviation
# $s$ over the **whole** image (rows, columns and channels together),
#
# $$y = \frac{x - m}{s}, \qquad v = 255 \cdot \operatorname{clip}\left(0.5 + 0.15\,y,\; 0,\; 1\right)$$
#
# Mid-grey is the mean, and what lies more than 3⅓ standard deviations away is cut off.
#
# | symbol | in code | shape, type |
# |---|---|---|
# | $x$ | `image` | `(H, W, C)`, floats |
# | $m$, $s$ | mean and standard deviation | one number each |
# | $v$ | what you return | `(H, W, C)`, `uint8` |
#
# A filter that answers to nothing leaves an image that may be the same everywhere, with $s = 0$. It shall become mid-grey, and
# no NaN: guard the division by something small, 10⁻⁵ or less, that is added to $s$ or takes its place where $s$ is smaller.

# %% [markdown]
# **Two wrong turns**, shown below. A byte that overflows begins again at 0, so that the brightest spots turn black; and zero divided by zero is no number, which as a
# byte is whatever the machine makes of it.

# %% tags=["demo"]
with np.errstate(all="ignore"):
    print("as bytes: 255 →", np.array([255.0]).astype("int64").astype("uint8")[0], "  260 →", np.array([260.0]).astype("int64").astype("uint8")[0])
    print("0 / 0 =", np.float32(0) / np.float32(0))

# %% [raw]
# # BEGIN SOLUTION


# %%
def deprocess_image(image):
    """Makes a picture for the screen from an image of any range.

    image: a float array or tensor of shape `(H, W, C)`. It stays as it is.

    Subtract the mean and divide by the standard deviation (guard the division by at most 1e-5), both over the whole image; multiply by 0.15,
    add 0.5, clip to the range from 0 to 1, multiply by 255. Returns the result as `uint8`, an array or tensor of shape `(H, W, C)`. You may round or
    cut off the digits after the point. A constant image becomes 127 or 128 everywhere.

    Example: the image `[[[0.0]], [[1.0]]]` of shape `(2, 1, 1)` has mean 0.5 and standard deviation 0.5, so its standardized values are −1 and 1, and
    the result is 89 and 165 or 166.
    """
    # BEGIN SOLUTION NO PROMPT
    image = np.asarray(image)
    standard = (image - image.mean()) / np.maximum(image.std(), 1e-5)
    return np.round(255 * np.clip(0.5 + 0.15 * standard, 0, 1)).astype("uint8")
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Mean 0 and standard deviation 1.
    # 2. Mean 0.5 and standard deviation 0.15, clipped.
    # 3. Bytes.
    raise NotImplementedError("deprocess_image is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which has to come first, clipping or the conversion to bytes?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Work with NumPy. Make an array of whatever was given, and a new one with every step.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `np.asarray`, `np.std`, `np.clip`, `ndarray.astype`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Bytes around mid-grey, clipped at both ends."
failure_message: "Expected: bytes around mid-grey, clipped at both ends."
""" # END TEST CONFIG


def test_bytes(deprocess_image):
    import numpy as np

    got = np.asarray(deprocess_image(np.float32([[[0.0]], [[1.0]]])))
    assert got.dtype == np.uint8, f"expected uint8, got {got.dtype}"
    assert got.shape == (2, 1, 1), f"expected shape (2, 1, 1), got {got.shape}"
    assert np.all(np.abs(got.ravel() - np.array([89.25, 165.75])) <= 1), f"the example: expected 89 and 166, got {got.ravel().tolist()}"
    coloured = np.float32([[[0, 10], [2, 12], [4, 14]]])
    expected = 127.5 + 38.25 * (coloured - coloured.mean()) / coloured.std()
    got = np.asarray(deprocess_image(coloured)).astype(int)
    assert np.all(np.abs(got - expected) <= 1), (
        f"an image of two channels: expected {expected.astype(int).ravel().tolist()}, got {got.ravel().tolist()}. "
        "Do mean and standard deviation go over rows, columns and channels together?"
    )
    bright = np.zeros((6, 9, 2), "float32")
    bright[2, 3, 1] = 1000
    got, dark = np.asarray(deprocess_image(bright)), np.asarray(deprocess_image(-bright))
    assert got[2, 3, 1] >= 254, f"one bright pixel in a dark image: expected 255 there, got {got[2, 3, 1]}. Is it cut off before it becomes a byte?"
    assert dark[2, 3, 1] <= 1, f"one dark pixel in a bright image: expected 0 there, got {dark[2, 3, 1]}. Is it cut off at both ends?"


# %%
""" # BEGIN TEST CONFIG
success_message: "A constant image becomes mid-grey, and a faint one keeps its contrast."
failure_message: "Expected: a constant image becomes mid-grey, and a faint one keeps its contrast."
""" # END TEST CONFIG


def test_constant(deprocess_image):
    import numpy as np

    got = np.asarray(deprocess_image(np.full((4, 6, 3), 0.5, "float32")))
    assert np.all((got == 127) | (got == 128)), f"expected 127 or 128 everywhere, got {np.unique(got).tolist()}: what is the standard deviation of a constant image?"
    faint = np.asarray(deprocess_image(np.float32([[[0.0]], [[0.002]]]))).ravel().astype(int)
    assert np.all(np.abs(faint - np.array([89.25, 165.75])) <= 2), (
        f"two pixels with a standard deviation of 0.001: expected 89 and 165, got {faint.tolist()}. Is the guard too large?"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "Tensors do as well, and the given image stays as it is."
failure_message: "Expected: tensors do as well, and the given image stays as it is."
""" # END TEST CONFIG


def test_given_image(deprocess_image):
    import keras
    import numpy as np

    given = np.linspace(-3, 5, 24, dtype="float32").reshape(2, 4, 3)
    kept = given.copy()
    from_array = np.asarray(deprocess_image(given)).astype(int)
    assert np.array_equal(given, kept), "the image that was handed in has changed: does a line with -= or /= work on it?"
    from_tensor = np.asarray(deprocess_image(keras.ops.convert_to_tensor(kept))).astype(int)
    assert np.abs(from_array - from_tensor).max() <= 1, "an array and a tensor with the same numbers gave different pictures"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Put together: the gallery
#
# Twelve filters of each layer (the first has only eight), each with the image that it likes.
# Which of them like waves of one direction, which like dots, which like something you have no word for? Some pictures have a plain middle and a dark or bright
# frame. Such a filter compares neighbours and adds up their differences: in the middle these cancel, and the only jump in brightness that pays is one at the edge of what counts.

# %% tags=["demo"]
def show_gallery(layer_name, filters, steps=30, learning_rate=1.0, seed=0, columns=12):
    """Draw for each of the filters of a layer the image that it likes, with its number above."""
    extractor = feature_extractor(trained_classifier(), layer_name)
    rows = -(-len(filters) // columns)
    figure, panels = plt.subplots(rows, columns, figsize=(0.85 * columns, 1.05 * rows + 0.3), layout="constrained", squeeze=False)
    for panel in panels.flat:
        panel.axis("off")
    for panel, index in zip(panels.flat, filters):
        liked = visualize_filter(extractor, index, (36, 36, 1), steps, learning_rate, seed)
        panel.imshow(np.asarray(deprocess_image(liked))[..., 0], cmap="gray", vmin=0, vmax=255)
        panel.set_title(str(index), fontsize=8)
    figure.suptitle(layer_name, fontsize=10)


for name, count in [("conv_1", 8), ("conv_2", 12), ("conv_3", 12)]:
    with picture("deprocess_image, with all that it builds on,"):
        show_gallery(name, range(count))

# %% [markdown]
# **Two knobs.** `SEED` starts from other noise, `STEPS` climbs longer.
#
# **Question to think about** (not graded): compare with the third gallery above. Which filters draw the same from another start, which shift their pattern, which draw
# another one? What does that say about the landscapes that they climb? And why do patterns repeat all over the image, although it would be enough to draw each once?

# %% tags=["demo"]
SEED = 1
STEPS = 30

with picture("deprocess_image, with all that it builds on,"):
    show_gallery("conv_3", range(12), steps=STEPS, seed=SEED)

# %% [markdown]
# ## What you can do now
#
# - make a model that ends at any tensor of another model
# - differentiate a network with respect to its input, with the weights at rest
# - normalise a gradient, and say what that does to the choice of a learning rate
# - look at what the filters of a trained network answer to
#
# **Three things to try.** Climb from a digit instead of noise, and watch the filter write its wish into it. Climb the classifier's score for "3" instead of a filter
# (what comes out is a 3 to the network, if not to you). Blur the image a little after every fifth step, and see whether the patterns become smoother.
#
# **What the hidden tests look at.** The same things as the checks above, only harder: networks with branches, several channels, images that are not square, every
# filter and different learning rates, the exact gradient, the exact image after several steps, the distribution of the noise, and images with extreme or hardly any
# contrast. In questions 3 and 4 what you wrote before is replaced, so that a mistake there does not count twice. One test climbs in a network trained for real.
#
# **How to hand in.** Run everything from top to bottom once more (*Kernel → Restart and run all*), save, and hand in this file, `gradient_ascent.ipynb`.
