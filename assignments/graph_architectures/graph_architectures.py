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
# name: graph_architectures
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # Networks that are graphs
#
# ![Left: what the left and the right eye see, a digit on grey ground, shifted in one against the other. Middle: predicted against true shift for scenes that the network never saw, close to the diagonal. Right: a table of ten digits by ten digits; the probability that two are the same is high on the diagonal and low beside it.](data/cover.png)
#
# A `Sequential` model is a chain: each layer takes what the one before it gives. At the end of this notebook you have built what a
# chain cannot be: branches that run side by side, paths that skip layers, and one layer that works in two places at once. With
# them, a network sees with two eyes how near a thing is, and says whether two people wrote the same digit. Both are
# in the picture above.
#
# **You need** the functional API (`keras.Input`, `keras.Model`, calling a layer on a tensor) and an idea of what a convolution and
# an LSTM do. **It takes** about 75 minutes. Nothing here needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `inception_module`: four branches side by side | 25 |
# | 2 | `residual_block`: a path round the layers | 25 |
# | 3 | `separable_block`: space first, then channels | 15 |
# | 4 | `build_similarity_model`: one LSTM reads two sequences | 20 |
# | 5 | `build_stereo_model`: one network, two eyes | 15 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it. No question needs the answer to another one; only
# the last picture uses several of them.

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
    if Path("graph_architectures").is_dir():
        os.chdir("graph_architectures")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("graph_architectures").is_dir():
            os.chdir("graph_architectures")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    checks = json.loads(Path("graph_architectures.ipynb").read_text())["metadata"]["otter"]["tests"]
    for question, check in checks.items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("graph_architectures.ipynb")

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
# The data: 1,797 handwritten digits of 8 × 8 pixels, from 0 (paper) to 1 (ink). 1,500 of them are for training. The other 297 are
# *held out*: no network here trains on them.

# %%
with np.load("data/digits.npz") as digits:
    images = digits["images"].astype("float32") / 16
    labels = digits["labels"].astype("int32")

train_images, held_out_images = images[:1500], images[1500:]
train_labels, held_out_labels = labels[:1500], labels[1500:]
print("training:", train_images.shape, " held out:", held_out_images.shape)

# %% tags=["demo"]
plt.figure(figsize=(9, 1.1))
plt.imshow(np.hstack(np.pad(train_images[:10], ((0, 0), (1, 1), (1, 1)))), cmap="gray_r")
plt.title("ten digits of the training set", fontsize=10)
plt.axis("off")
plt.show()

# %% [markdown]
# One helper, which you need not read: it draws a model's graph, with a box for each call of a layer and an arrow for each tensor. A box that says
# `3×3 /2` is a layer of kernel size 3×3 and stride 2. A layer that is called twice has two boxes, with bold frames.

# %%
def draw_graph(model, title):
    """Draw a functional model from its inputs on top to its output; a layer that is called twice has two boxes, with bold frames."""
    try:
        boxes, sources = boxes_of(model)
    except (KeyError, NotImplementedError):
        print(f"No picture of {title}: a model or layer of one's own class does not tell what is in it.")
        return
    depth = functools.cache(lambda box: max((depth(source) + 1 for source in sources[box]), default=0))
    place = {}
    for box in sorted(boxes, key=depth):
        beside = [other for other in boxes if sources[other] == sources[box] and len(sources[box]) < 2]
        above = np.mean([place[source] for source in sources[box]] or [0])
        place[box] = above + (beside.index(box) - (len(beside) - 1) / 2 if beside else 0)
    left, right, lowest = min(place.values()) - 0.6, max(place.values()) + 0.6, max(map(depth, boxes))
    plt.figure(figsize=(1.8 * (right - left), 0.7 * (lowest + 1.4)))
    for box, name in boxes.items():
        for source in sources[box]:
            between = any(depth(source) < depth(b) < depth(box) and place[b] == place[source] == place[box] for b in boxes)
            bend = 1.9 / (depth(box) - depth(source)) if between else 0
            arrow = {"arrowstyle": "->", "shrinkA": 9, "shrinkB": 9, "connectionstyle": f"arc3,rad={bend}"}
            plt.annotate("", (place[box], -depth(box)), (place[source], -depth(source)), arrowprops=arrow, zorder=1)
        frame = {"boxstyle": "round", "facecolor": "#DCE9F5", "linewidth": 2.5 if (box[0], 1) in boxes else 0.8}
        plt.text(place[box], -depth(box), name, ha="center", va="center", fontsize=8, bbox=frame, zorder=2)
    plt.xlim(left, right)
    plt.ylim(-lowest - 0.5, 0.5)
    plt.title(title, fontsize=10)
    plt.axis("off")
    plt.show()


def boxes_of(model):
    """A name for each call of a layer, by (layer, number of the call), and the calls whose tensors it takes."""
    boxes, sources = {}, {}
    for layer in model.get_config()["layers"]:
        size = layer["config"].get("kernel_size") or layer["config"].get("pool_size") or ()
        stride = max(layer["config"].get("strides") or (1,)) if size else 1
        name = " ".join([layer["class_name"], "×".join(map(str, size))] + [f"/{stride}"] * (stride > 1)).strip()
        for number, call in enumerate(layer["inbound_nodes"] or [()]):
            boxes[layer["name"], number] = {"InputLayer": "Input", "Functional": layer["name"], "Sequential": layer["name"]}.get(name, name)
            sources[layer["name"], number] = list(dict.fromkeys(histories(call)))
    return boxes, sources


def histories(part):
    """Which call each tensor in a part of a model's config comes from."""
    if isinstance(part, dict) and "keras_history" in part:
        yield tuple(part["keras_history"][:2])
    elif isinstance(part, (dict, list, tuple)):
        for each in part.values() if isinstance(part, dict) else part:
            yield from histories(each)


# %% tags=["demo"]
numbers = keras.Input((5,))
draw_graph(keras.Model(numbers, layers.Dense(2)(layers.Dense(7, activation="relu")(numbers))), "a chain")

# %% [raw]
# # BEGIN QUESTION
# name: inception

# %% [markdown]
# ## 1 · Four branches side by side
#
# Is a 1×1 convolution right for an image, or a 3×3 one, or two of them one after another? An *inception module* does not
# choose: it runs several branches on the same input, side by side, and lays their results on top of one another as channels. What comes after it
# takes from each what it needs. Ours has four branches, each of which halves height and width **once**:
#
# | branch | first | then | then |
# |---|---|---|---|
# | A | 1×1 convolution, **stride 2** | | |
# | B | 1×1 convolution | 3×3 convolution, **stride 2** | |
# | C | 3×3 average pooling, **stride 2** | 3×3 convolution | |
# | D | 1×1 convolution | 3×3 convolution | 3×3 convolution, **stride 2** |
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `x` | `(B, H, W, C)` |
# | $a, b, c, d$ | results of the branches | `(B, ⌈H/2⌉, ⌈W/2⌉, filters)` each |
# | $y$ | what you return | `(B, ⌈H/2⌉, ⌈W/2⌉, 4·filters)` |
#
# $\lceil H/2 \rceil$ is half of $H$, rounded up: what padding `"same"` makes of stride 2. The 1×1 convolutions at the beginning of B and D look at one pixel at
# a time: they only mix channels, and make fewer of them, so that the 3×3 convolutions behind have less to do.

# %% [markdown]
# **The wrong turn.** A colleague has built a smaller module, of two branches. Its output has the right shape, and it trains. But
# change the biases of the first branch, and watch all channels of the output:

# %% tags=["demo"]
def colleagues_module(x):
    x = narrow = layers.Conv2D(3, 1, activation="relu")(x)
    x = wide = layers.Conv2D(3, 3, activation="relu", padding="same")(x)
    return layers.Concatenate()([narrow, wide])


inputs = keras.Input((9, 7, 5))
colleagues = keras.Model(inputs, colleagues_module(inputs))
noise = np.random.default_rng(0).normal(size=(1, 9, 7, 5))
before = colleagues(noise)
colleagues.layers[1].bias.assign_add([1.0, 1.0, 1.0])
moved = np.abs(colleagues(noise) - before).max(axis=(0, 1, 2))
print("channels of the first branch move by ", moved[:3].round(2))
print("channels of the second branch move by", moved[3:].round(2))
draw_graph(colleagues, "the colleague's module")

# %% [markdown]
# Both move: the second branch does not run beside the first one but behind it. The name `x` was given away to the first branch's
# result.

# %% [raw]
# # BEGIN SOLUTION


# %%
def inception_module(x, filters):
    """Four branches on one input, joined on channels.

    x: a Keras tensor of shape `(B, H, W, C)`, with H, W and C known. filters: the filters of each convolution, an integer.

    The branches are A, B, C and D of the table above. Every convolution has `filters` filters, a bias and a ReLU. Convolutions and
    pooling have padding "same", and stride 1 where the table names no other. There is nothing else: no normalisation, no dropout.

    Returns a Keras tensor of shape `(B, ⌈H/2⌉, ⌈W/2⌉, 4·filters)`: the four results, joined on the channel axis. In which
    order the branches stand is up to you.

    Example: for `x = keras.Input((9, 6, 5))` and 3 filters, the result has shape (None, 5, 3, 12), and the seven
    convolutions have 444 parameters together.
    """
    # BEGIN SOLUTION NO PROMPT
    convolution = functools.partial(layers.Conv2D, filters, padding="same", activation="relu")
    a = convolution(kernel_size=1, strides=2)(x)
    b = convolution(kernel_size=1)(x)
    b = convolution(kernel_size=3, strides=2)(b)
    c = layers.AveragePooling2D(3, strides=2, padding="same")(x)
    c = convolution(kernel_size=3)(c)
    d = convolution(kernel_size=1)(x)
    d = convolution(kernel_size=3)(d)
    d = convolution(kernel_size=3, strides=2)(d)
    return layers.Concatenate()([a, b, c, d])
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Each branch begins at x and ends under a name of its own.
    # 2. Join the four on the channel axis.
    raise NotImplementedError("inception_module is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How many of your lines take <code>x</code>? The table has four branches.
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Write one branch after another, each with its own variable. Check each one's <code>shape</code> before you go on: half the height, half the width, and
# <code>filters</code> channels.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>layers.Conv2D</code> with <code>strides</code>, <code>padding</code> and <code>activation</code>;
# <code>layers.AveragePooling2D</code>, whose padding is not "same" unless you say so; <code>layers.Concatenate</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Half the height, half the width, four times the filters."
failure_message: "Expected: half the height, half the width (rounded up), four times the filters."
""" # END TEST CONFIG


def test_shape(inception_module):
    import keras

    for (height, width), half in {(9, 6): (5, 3), (4, 11): (2, 6)}.items():
        call = f"x of shape (None, {height}, {width}, 5), 3 filters"
        try:
            got = tuple(inception_module(keras.Input((height, width, 5)), 3).shape)
        except ValueError as error:
            advice = f'Does each branch end with shape {(None, *half, 3)}? Look at its strides, and at padding "same", in the pooling too.'
            raise AssertionError(f"{call}: Keras says {str(error).splitlines()[0]} {advice}") from None
        cause = ""
        if got == (None, *half, 3):
            cause = " The branches were added, not joined."
        elif got[-1] == 3:
            cause = " Are the branches joined on the channel axis, the last one?"
        expected = (None, *half, 12)
        assert got == expected, f"{call}: expected shape {expected}, got {got}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The seven convolutions have the parameters that they should have."
failure_message: "Expected: seven convolutions with kernels of the right sizes, and biases."
""" # END TEST CONFIG


def test_parameters(inception_module):
    import keras
    import numpy as np

    x = keras.Input((9, 6, 5))
    model = keras.Model(x, inception_module(x, 3))
    kernels = [tuple(w.shape) for w in model.trainable_weights if len(w.shape) > 1]
    first = sum(kernel[-2] == 5 for kernel in kernels)
    cause = ""
    if model.count_params() == 423:
        cause = " Do all convolutions have a bias?"
    elif first != 4:
        cause = f" Four kernels should take the 5 channels of x, one in each branch, and {first} do: begin each branch at x, with layers of its own."
    elif sum(np.prod(kernel) for kernel in kernels) == 423:
        cause = " The kernels are right: are there layers with weights besides the convolutions?"
    assert model.count_params() == 444, f"expected 444 parameters for 5 channels and 3 filters, got {model.count_params()}.{cause} Your kernels: {kernels}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each convolution reaches the channels of one branch only."
failure_message: "Expected: branches that run side by side, each with layers of its own."
""" # END TEST CONFIG


def test_side_by_side(inception_module):
    import keras
    import numpy as np

    x, ones = keras.Input((9, 6, 5)), np.ones((1, 9, 6, 5), "float32")
    model = keras.Model(x, inception_module(x, 3))
    for weight in model.weights:
        weight.assign(np.full(weight.shape, 0.1))
    before = np.asarray(model(ones))
    for weight in model.weights:
        weight.assign(np.full(weight.shape, 0.2))
        moved = np.abs(np.asarray(model(ones)) - before).max(axis=(0, 1, 2)) > 1e-6
        weight.assign(np.full(weight.shape, 0.1))
        advice = "begin each branch at x" if moved.sum() > 3 else "something switches channels off"
        assert moved.sum() == 3, f"changing one weight of shape {tuple(weight.shape)} should move 3 of 12 channels, and moves {moved.sum()}: {advice}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** With one filter, each channel of the output is one branch. Dark are the pixels of a 15 × 15 image that the branch's middle pixel sees.

# %% tags=["demo"]
with picture("inception_module"):
    inputs = keras.Input((15, 15, 1))
    module = keras.Model(inputs, inception_module(inputs, 1))
    draw_graph(module, "an inception module")
    for weight in module.weights:
        weight.assign(np.full(weight.shape, 0.1))
    image = tf.Variable(np.ones((1, 15, 15, 1), "float32"))
    figure, panels = plt.subplots(1, 4, figsize=(9, 2.6), layout="constrained")
    for channel, panel in enumerate(panels):
        with tf.GradientTape() as tape:
            middle = module(image)[0, 4, 4, channel]
        seen = np.abs(tape.gradient(middle, image)[0, :, :, 0]) > 0
        panel.imshow(seen, cmap="gray_r", vmin=0, vmax=1.3)
        panel.set(title=f"channel {channel}, pixels: {seen.sum()}", xlabel="column", xticks=[0, 7, 14], yticks=[0, 7, 14])
    panels[0].set_ylabel("row")

# %% [markdown]
# One branch sees furthest, although another has more layers. Why? (What does a 3×3 convolution see when it stands behind a stride of 2?)

# %% [raw]
# # BEGIN QUESTION
# name: residual

# %% [markdown]
# ## 2 · A path round the layers
#
# More layers can express more, but a chain of twenty or thirty convolutions trains badly: what comes in is bent out of shape again and again, and so is the
# gradient on its way back. A *residual block* keeps a way open. Its layers compute only what is to be **added** to their input:
#
# $$y = s(x) + F(x)$$
#
# | symbol | what it is | shape |
# |---|---|---|
# | $x$ | `x` | `(B, H, W, C)` |
# | $F$ | the branch: three 3×3 convolutions, **each** with ReLU; then, with `downsample`, 2×2 max pooling with stride 2 | as $y$ |
# | $s$ | the shortcut, see below | as $y$ |
# | $y$ | what you return | `(B, H, W, filters)`, or `(B, ⌈H/2⌉, ⌈W/2⌉, filters)` with `downsample` |
#
# A sum needs two tensors of one shape. So the shortcut depends:
#
# - **Where $F(x)$ has the shape of $x$**, it is $x$ itself: the *identity*, without any weights.
# - **Where it has not** (other channels, half the size, or both), it is a *projection*: one 1×1 convolution with `filters` filters and no activation, with
#   stride 2 for `downsample`.
#
# Nothing comes after the sum. The ReLU of the third convolution acts **before** it.

# %% [markdown]
# **Two wrong turns.** Adding what does not fit raises an error, at least. A ReLU after the sum raises none, and many published networks
# have it. But then the way is not open any more: a negative number never gets through. Here is what is left of four numbers after a block whose
# convolutions have learned nothing yet (all zero):

# %% tags=["demo"]
try:
    layers.Add()([keras.Input((9, 7, 5)), keras.Input((9, 7, 8))])
except ValueError as error:
    print("5 and 8 channels:", str(error).splitlines()[0])
x = np.array([-1.5, 0.5, -0.2, 2.0])
learned_nothing = 0 * x
print("x:                 ", x)
print("the sum:           ", x + learned_nothing)
print("ReLU after the sum:", np.maximum(x + learned_nothing, 0))

# %% [raw]
# # BEGIN SOLUTION


# %%
def residual_block(x, filters, downsample):
    """Three convolutions, and a shortcut past them that is added to their result.

    x: a Keras tensor of shape `(B, H, W, C)`, with H, W and C known. filters: the filters of each convolution. downsample: True or False,
    whether to halve height and width (rounded up).

    - The branch: three 3×3 convolutions one after another, stride 1, padding "same", each with a bias and a ReLU. With
      `downsample`, 2×2 max pooling with stride 2 and padding "same" at its end.
    - The shortcut: x itself where the branch's result has the shape of x. Otherwise one 1×1 convolution with a bias and without
      activation, with stride 2 for `downsample`.
    - The two are added, and nothing comes after the sum. No normalisation, no dropout.

    Returns a Keras tensor of shape `(B, H, W, filters)`, or `(B, ⌈H/2⌉, ⌈W/2⌉, filters)` with `downsample`.

    Example: for `x = keras.Input((9, 7, 5))`, `residual_block(x, 5, False)` has shape (None, 9, 7, 5) and `residual_block(x, 8, True)`
    has shape (None, 5, 4, 8).
    """
    # BEGIN SOLUTION NO PROMPT
    branch = x
    for _ in range(3):
        branch = layers.Conv2D(filters, 3, padding="same", activation="relu")(branch)
    if downsample:
        branch = layers.MaxPooling2D(2, padding="same")(branch)
    shortcut = x
    if branch.shape != x.shape:
        shortcut = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    return branch + shortcut
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The branch, with its pooling if it is asked for.
    # 2. The shortcut: does the branch's result have the shape of x?
    # 3. The sum.
    raise NotImplementedError("residual_block is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which of the four cases (same or other channels, with or without <code>downsample</code>) need a projection?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Keep x under its own name, and go through the branch with another. Pooling and the projection round odd sizes alike only if the pooling's padding is "same".
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>layers.Conv2D</code>, <code>layers.MaxPooling2D</code>, <code>layers.Add</code> (or simply +), <code>x.shape</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The shapes are right, for odd sizes too."
failure_message: "Expected: the shape of the docstring, with filters channels, and half the size (rounded up) with downsample."
""" # END TEST CONFIG


def test_shapes(residual_block):
    import keras

    cases = {(5, False): (None, 9, 6, 5), (8, False): (None, 9, 6, 8), (8, True): (None, 5, 3, 8), (5, True): (None, 5, 3, 5)}
    for (filters, downsample), expected in cases.items():
        call = f"x of shape (None, 9, 6, 5), filters={filters}, downsample={downsample}"
        try:
            got = tuple(residual_block(keras.Input((9, 6, 5)), filters, downsample).shape)
        except ValueError as error:
            raise AssertionError(f"{call}: Keras says {str(error).splitlines()[0]} Do branch and shortcut have one shape?") from None
        cause = " Were the two joined, not added?" if got[-1] == 5 + filters or got[-1] == 2 * filters else ""
        assert got == expected, f"{call}: expected shape {expected}, got {got}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Where the shapes agree, the shortcut is x itself."
failure_message: "Expected: where the shapes agree, the shortcut is x itself, and nothing comes after the sum."
""" # END TEST CONFIG


def test_identity(residual_block):
    import keras
    import numpy as np

    x = keras.Input((4, 3, 2))
    model = keras.Model(x, residual_block(x, 2, False))
    for weight in model.weights:
        weight.assign(np.zeros(weight.shape))
    image = np.random.default_rng(0).normal(size=(2, 4, 3, 2)).astype("float32")
    got = np.asarray(model(image))
    cause = ""
    if np.allclose(got, 0):
        cause = " Everything is zero: is there a shortcut, and is it x itself?"
    elif np.allclose(got, np.maximum(image, 0)):
        cause = " No negative number came through: does a ReLU follow the sum?"
    assert np.allclose(got, image), f"with all weights zero the block must return x; it is off by up to {np.abs(got - image).max():.2f}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Where the shapes differ, the shortcut is a linear projection."
failure_message: "Expected: where the shapes differ, the shortcut is one 1×1 convolution without activation."
""" # END TEST CONFIG


def test_projection(residual_block):
    import keras
    import numpy as np

    image = np.random.default_rng(0).normal(size=(2, 7, 4, 2)).astype("float32")
    for filters, downsample in [(3, False), (3, True), (2, True)]:
        call = f"2 channels, filters={filters}, downsample={downsample}"
        x = keras.Input((7, 4, 2))
        model = keras.Model(x, residual_block(x, filters, downsample))
        pointwise = [w for w in model.weights if np.prod(w.shape) == 2 * filters and len(w.shape) > 1]
        assert len(pointwise) == 1, f"{call}: expected one 1×1 kernel, for the projection, got {len(pointwise)}"
        for weight in model.weights:
            weight.assign(np.zeros(weight.shape))
        pointwise[0].assign(np.arange(2.0 * filters).reshape(pointwise[0].shape) - 1.5)
        seen = image[:, ::2, ::2] if downsample else image
        expected = seen @ (np.arange(2.0 * filters).reshape(2, filters) - 1.5)
        got = np.asarray(model(image))
        cause = " No negative number came through: the projection is linear." if got.min() >= 0 else ""
        assert got.shape == expected.shape, f"{call}: expected shape {expected.shape}, got {got.shape}"
        assert np.allclose(got, expected, atol=1e-4), f"{call}: with the branch at zero, the block is not x projected.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The convolutions have the parameters that they should have."
failure_message: "Expected: three 3×3 convolutions, and a projection only where the shapes differ, each with a bias."
""" # END TEST CONFIG


def test_parameters(residual_block):
    import keras

    for filters, downsample, expected in [(5, False, 690), (8, True, 1584)]:
        x = keras.Input((9, 6, 5))
        model = keras.Model(x, residual_block(x, filters, downsample))
        call = f"5 channels, filters={filters}, downsample={downsample}"
        kernels = [tuple(w.shape) for w in model.trainable_weights if len(w.shape) > 1]
        advice = "Are there three 3×3 convolutions, each a layer of its own, has each a bias, and is there nothing else with weights?"
        assert model.count_params() == expected, f"{call}: expected {expected} parameters, got {model.count_params()}. {advice} Your kernels: {kernels}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Blocks are stacked, three layers each, and twenty images go through. How much gradient reaches the first layer? Beside your blocks stands a chain of the
# same convolutions without shortcuts.

# %% tags=["demo"]
def gradient_at_the_bottom(block, count):
    """The norm of the gradient of the first kernel, for a stack of so many blocks on 4 channels, averaged over three starts."""
    norms = []
    for seed in range(3):
        keras.utils.set_random_seed(seed)
        inputs = keras.Input((8, 8, 4))
        features = inputs
        for _ in range(count):
            features = block(features)
        model = keras.Model(inputs, features)
        with tf.GradientTape() as tape:
            loss = ops.mean(ops.square(model(np.repeat(train_images[:20, :, :, None], 4, axis=3))))
        norms.append(np.linalg.norm(tape.gradient(loss, model.trainable_weights[0])))
    return np.mean(norms)


def plain_chain(features):
    for _ in range(3):
        features = layers.Conv2D(4, (3, 3), padding="same", activation="relu")(features)
    return features


with picture("residual_block"):
    inputs = keras.Input((8, 8, 4))
    draw_graph(keras.Model(inputs, residual_block(inputs, 4, False)), "shapes agree")
    draw_graph(keras.Model(inputs, residual_block(inputs, 6, True)), "shapes differ")
    counts = [1, 2, 4, 6, 8]
    plt.figure(figsize=(6, 3.2))
    for name, block, style in [("with shortcuts", lambda x: residual_block(x, 4, False), "o-"), ("plain chain", plain_chain, "s--")]:
        plt.semilogy([3 * count for count in counts], [gradient_at_the_bottom(block, count) for count in counts], style, label=name)
    plt.xlabel("convolutions in the stack")
    plt.ylabel("gradient of the first kernel")
    plt.legend()

# %% [raw]
# # BEGIN QUESTION
# name: separable

# %% [markdown]
# ## 3 · Space first, then channels
#
# An ordinary 3×3 convolution does two things in one step: it looks at a neighbourhood, and it mixes channels. A *separable* convolution does one
# after the other. First the **depthwise** step: each channel has a 3×3 filter of its own, and stays alone. Then the **pointwise** step: a 1×1 convolution
# mixes the channels, at each pixel by itself. Until then, no channel has seen another.
#
# $$z_{ijc} = \sum_{u,v} D_{uvc}\; x_{i+u,\,j+v,\,c} \qquad\qquad y_{ijf} = \mathrm{relu}\Big(b_f + \sum_{c} z_{ijc}\, P_{cf}\Big)$$
#
# | symbol | what it is | shape |
# |---|---|---|
# | $x$ | `x` | `(B, H, W, C)` |
# | $D$ | depthwise filters, **one** for each channel; $u$ and $v$ go from −1 to 1, and pixels beyond the edge count as zero | `(3, 3, C)` |
# | $z$ | the image in between, without activation | `(B, H, W, C)` |
# | $P$, $b$ | pointwise kernel and bias | `(C, filters)`, `(filters,)` |
# | $y$ | what you return | `(B, H, W, filters)` |
#
# An ordinary convolution has a filter for each *pair* of an input and an output channel. That is why the separable one is so much smaller.

# %% [markdown]
# **The wrong turn.** "First 3×3, then 1×1" alone is not enough. In this colleague's block, raise the first of five channels, and look at what the 3×3 step
# hands on to the 1×1 step:

# %% tags=["demo"]
first_step = layers.Conv2D(5, 3, padding="same")
image = np.zeros((1, 7, 6, 5), "float32")
quiet = first_step(image)
image[..., 0] = 1
print("channels move by", np.abs(first_step(image) - quiet).max(axis=(0, 1, 2)).round(2))

# %% [markdown]
# All five move: the channels are mixed already, and the 3×3 step has 230 parameters where 45 would do.

# %% [raw]
# # BEGIN SOLUTION


# %%
def separable_block(x, filters):
    """A depthwise 3×3 convolution, then a pointwise one with ReLU.

    x: a Keras tensor of shape `(B, H, W, C)`, with H, W and C known. filters: the channels of the result, an integer.

    - Depthwise: one 3×3 filter for each channel, stride 1, padding "same", no activation. A bias here is up to you.
    - Pointwise: from the C channels to `filters`, with a bias, then ReLU.

    Returns a Keras tensor of shape `(B, H, W, filters)`, with entries of at least 0.

    Example: for `x = keras.Input((7, 6, 5))` and 4 filters, the result has shape (None, 7, 6, 4), and the block has
    9·5 + 5·4 + 4 = 69 parameters (74 with a bias in the depthwise step).
    """
    # BEGIN SOLUTION NO PROMPT
    alone = layers.DepthwiseConv2D(3, padding="same")(x)
    return layers.Conv2D(filters, 1, activation="relu")(alone)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Depthwise.
    # 2. Pointwise.
    raise NotImplementedError("separable_block is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How many numbers does a 3×3 filter for one channel have, and how many for five channels that stay apart?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Keras has a layer for the first step, and one for both. With the one for both, find out where its activation acts.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>layers.DepthwiseConv2D</code>, <code>layers.SeparableConv2D</code>, or the argument <code>groups</code> of <code>layers.Conv2D</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Height and width stay, and the channels are as many as filters."
failure_message: "Expected: the height and width of x, and as many channels as filters."
""" # END TEST CONFIG


def test_shape(separable_block):
    import keras

    for filters in (4, 9):
        got = tuple(separable_block(keras.Input((7, 6, 5)), filters).shape)
        assert got == (None, 7, 6, filters), f"x of shape (None, 7, 6, 5), {filters} filters: expected shape (None, 7, 6, {filters}), got {got}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It has no more parameters than it needs."
failure_message: "Expected: one 3×3 filter for each channel, and one 1×1 convolution with a bias."
""" # END TEST CONFIG


def test_parameters(separable_block):
    import keras

    x = keras.Input((7, 6, 5))
    got = keras.Model(x, separable_block(x, 4)).count_params()
    causes = {184: "That is an ordinary convolution.", 65: "The pointwise step has a bias.", 70: "The pointwise step has a bias."}
    causes |= dict.fromkeys([200, 204, 249, 254], "Do the channels mix in the 3×3 step?")
    causes |= dict.fromkeys([60, 64], "Is the 3×3 step behind the 1×1 step?")
    causes |= dict.fromkeys([33, 34, 134, 144], "Does each channel have one filter of its own?")
    assert got in (69, 74), f"for 5 channels and 4 filters: expected 69 parameters, or 74 with both biases, got {got}. {causes.get(got, '')}"


# %%
""" # BEGIN TEST CONFIG
success_message: "A ReLU at the end, and nothing between or beside the two steps."
failure_message: "Expected: no activation between the two steps, ReLU at the end, and nothing else."
""" # END TEST CONFIG


def test_activations(separable_block):
    import keras
    import numpy as np

    x = keras.Input((7, 6, 5))
    model = keras.Model(x, separable_block(x, 4))
    random = np.random.default_rng(0)
    for weight in model.weights:
        weight.assign(random.normal(size=weight.shape) if len(weight.shape) > 1 else np.zeros(weight.shape))
    image = random.normal(size=(3, 7, 6, 5)).astype("float32")
    got, mirrored = np.asarray(model(image)), np.asarray(model(-image))
    assert got.min() >= 0, f"after ReLU nothing is negative; got {got.min():.2f}"
    both = (got > 1e-3) & (mirrored > 1e-3)
    assert not both.any(), "with biases at zero, x and -x cannot both give a positive number at one place: is there an activation between the steps?"
    for weight in model.weights:
        weight.assign(2 * weight)
    doubled = np.asarray(model(image))
    advice = "is the ReLU at the end a plain one, and is nothing added besides?"
    assert np.allclose(doubled, 4 * got, rtol=1e-3, atol=1e-3), f"with biases at zero, all weights doubled must give four times the result: {advice}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The parameters of your block beside those of an ordinary 3×3 convolution, both from and to so many channels.

# %% tags=["demo"]
with picture("separable_block"):
    widths, counts = [8, 16, 32, 64, 128], {"ordinary": [], "separable": []}
    for width in widths:
        inputs = keras.Input((8, 8, width))
        ordinary = layers.Conv2D(width, 3, padding="same", activation="relu")(inputs)
        for name, outputs in [("ordinary", ordinary), ("separable", separable_block(inputs, width))]:
            counts[name].append(keras.Model(inputs, outputs).count_params())
    plt.figure(figsize=(6, 3))
    for (name, numbers), style in zip(counts.items(), ["s--", "o-"]):
        plt.loglog(widths, numbers, style, label=name)
    plt.xticks(widths, widths)
    plt.minorticks_off()
    plt.xlabel("channels")
    plt.ylabel("parameters")
    plt.legend()
    print(f"with 128 channels: {counts['ordinary'][-1] / counts['separable'][-1]:.1f} times fewer")

# %% [raw]
# # BEGIN QUESTION
# name: similarity

# %% [markdown]
# ## 4 · One LSTM reads two sequences
#
# Do two sequences mean the same: two sentences, two signatures, two digits read row by row? The answer must not depend on which one is named first. So a
# *siamese* network reads both with **one** LSTM: a layer that is called twice has one set of weights, and learns from both.
#
# $$u = \mathrm{LSTM}(a), \qquad v = \mathrm{LSTM}(b), \qquad f(a, b) = \sigma\big(g(u, v)\big) \quad\text{with}\quad g(u, v) = g(v, u)$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $a$, $b$ | the two inputs | `(B, timesteps, features)` each |
# | $u$, $v$ | the LSTM's last output for each | `(B, 32)` each |
# | $g$ | how you compare them: up to you, but see below | |
# | $\sigma$ | the sigmoid | |
# | $f$ | the model's output, a probability that the two belong together | `(B, 1)`, from 0 to 1 |
#
# A shared LSTM is only half of it. What joins $u$ and $v$ must not care for their order either, and it must **compare** them: what one tells about the pair must
# depend on the other.

# %% [markdown]
# **Three wrong turns**, each asked about a hundred pairs of digits and about the same pairs the other way round, before training and after twenty steps on pairs
# in one order. The first joins $u$ and $v$ side by side. The second has two LSTMs that start with equal weights. The third adds $u$ and $v$, and is symmetric. But
# its answer is a number for $a$ plus a number for $b$: whatever $b$ is, the same $a$ speaks for a match.

# %% tags=["demo"]
def joined(how, shared):
    """A model of two sequences of 8 × 8 numbers; `how` makes one tensor of what the LSTMs return."""
    a, b = keras.Input((8, 8)), keras.Input((8, 8))
    reader = layers.LSTM(32)
    other = reader if shared else layers.LSTM(32)
    model = keras.Model([a, b], layers.Dense(1, activation="sigmoid")(how(reader(a), other(b))))
    other.set_weights(reader.get_weights())
    return model


pairs, swapped = [train_images[:100], train_images[100:200]], [train_images[100:200], train_images[:100]]
answers = np.float32(train_labels[:100] > train_labels[100:200])
wrong_turns = {
    "side by side": (lambda u, v: layers.Concatenate()([u, v]), True),
    "two equal LSTMs": (lambda u, v: ops.square(u - v), False),
    "added": (lambda u, v: u + v, True),
}
for name, (how, shared) in wrong_turns.items():
    keras.utils.set_random_seed(1)
    model = joined(how, shared)
    unlike = [np.abs(model(pairs) - model(swapped)).max()]
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(pairs, answers, epochs=5, batch_size=25, verbose=0)
    unlike.append(np.abs(model(pairs) - model(swapped)).max())
    print(f"{name:16} f(a, b) and f(b, a) differ by up to {unlike[0]:.3f} before training, {unlike[1]:.3f} after")

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_similarity_model(timesteps, features):
    """Whether two sequences belong together, whichever comes first.

    timesteps, features: the shape of one sequence, two integers.

    Returns a `keras.Model`, not compiled. It is called on a list of two float tensors `[a, b]`, each of shape `(B, timesteps, features)`, and
    returns a tensor of shape `(B, 1)` with entries from 0 to 1.

    - One LSTM of 32 units reads `a`, and the same LSTM reads `b`, as they are: nothing stands before it, and there is no other
      recurrent layer.
    - Swapping `a` and `b` does not change the output, whatever the weights are, before training and after.
    - The output compares the two: it is not a number for `a` and a number for `b`, added (before the sigmoid). How you compare is
      up to you, and so is what comes after it.
    - It learns: trained as for the picture below (Adam with learning rate 0.005, binary cross-entropy, 12 epochs of 6,000 pairs), it
      judges at least three quarters of held-out pairs rightly.

    Example: `build_similarity_model(8, 5)`, called on two tensors of shape (3, 8, 5), returns a tensor of shape (3, 1).
    """
    # BEGIN SOLUTION NO PROMPT
    first, second = (keras.Input((timesteps, features)) for _ in range(2))
    read = layers.LSTM(32)
    difference = ops.abs(read(first) - read(second))
    score = layers.Dense(1, activation="sigmoid")(difference)
    return keras.Model([first, second], score)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Two inputs, and one LSTM.
    # 2. Read both. Join what you get by something that does not care for the order.
    # 3. A probability, and the model.
    raise NotImplementedError("build_similarity_model is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What do u − v and v − u have in common?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Keep the LSTM under a name, and call it twice. A distance or a product of u and v, number by number, is a good thing to decide on.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>keras.ops.abs</code>, <code>keras.ops.square</code>, <code>layers.Multiply</code>, <code>layers.Dense</code> with <code>activation</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "A probability for each pair."
failure_message: "Expected: one number from 0 to 1 for each pair."
""" # END TEST CONFIG


def test_probability(build_similarity_model):
    import numpy as np

    model, random = build_similarity_model(7, 5), np.random.default_rng(0)
    a, b = (random.normal(size=(3, 7, 5)).astype("float32") for _ in range(2))
    got = np.asarray(model([a, b]))
    assert got.shape == (3, 1), f"3 pairs: expected shape (3, 1), got {got.shape}"
    for weight in model.trainable_weights:
        weight.assign(30 * weight)
    a, b = (random.normal(size=(50, 7, 5)).astype("float32") for _ in range(2))
    got = np.asarray(model([a, b]))
    assert got.min() >= 0 and got.max() <= 1, f"with large weights the outputs go from {got.min():.2f} to {got.max():.2f}: they must stay from 0 to 1"


# %%
""" # BEGIN TEST CONFIG
success_message: "There is one LSTM."
failure_message: "Expected: the weights of one LSTM of 32 units."
""" # END TEST CONFIG


def test_one_lstm(build_similarity_model):
    import numpy as np

    model = build_similarity_model(7, 5)
    model([np.zeros((1, 7, 5), "float32")] * 2)
    shapes = [tuple(w.shape) for w in model.trainable_weights]
    cause = " There are two LSTMs: make one, and call it twice." if shapes.count((5, 128)) == 2 else ""
    there = shapes.count((5, 128)) == 1 and (32, 128) in shapes
    assert there, f"one LSTM of 32 units has kernels of shapes (5, 128) and (32, 128); your weights have {shapes}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It does not matter which sequence comes first."
failure_message: "Expected: the same answer for (a, b) and (b, a), whatever the weights are."
""" # END TEST CONFIG


def test_symmetric(build_similarity_model):
    import numpy as np

    model, random = build_similarity_model(7, 5), np.random.default_rng(0)
    a, b = (random.normal(size=(6, 7, 5)).astype("float32") for _ in range(2))
    model([a, b])
    for weight in model.trainable_weights:
        weight.assign(weight + random.normal(size=weight.shape, scale=0.2))
    one, other = np.asarray(model([a, b])).ravel(), np.asarray(model([b, a])).ravel()
    assert np.ptp(one) > 1e-5, f"six pairs all get {one[0]:.4f}: does the output depend on the inputs?"
    assert np.allclose(one, other, atol=1e-6), f"f(a, b) is {one.round(4)}, f(b, a) is {other.round(4)}: is one LSTM called twice, and what joins the two?"


# %%
""" # BEGIN TEST CONFIG
success_message: "It compares the two."
failure_message: "Expected: what one sequence tells depends on the other."
""" # END TEST CONFIG


def test_compares(build_similarity_model):
    import numpy as np

    model, random = build_similarity_model(7, 5), np.random.default_rng(0)
    a, b, c, d = (random.normal(size=(6, 7, 5)).astype("float32") for _ in range(4))
    model([a, b])
    for weight in model.trainable_weights:
        weight.assign(weight + random.normal(size=weight.shape, scale=0.2))
    p = [np.clip(np.asarray(model(pair), float), 1e-9, 1 - 1e-7) for pair in ([a, b], [c, d], [a, d], [c, b])]
    ab, cd, ad, cb = (np.log(one / (1 - one)) for one in p)
    together = np.abs(ab + cd - ad - cb).max()
    assert together > 1e-4, "your output is a number for a plus a number for b: what makes it compare the two?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Each digit is read from top to bottom, row by row: eight steps of eight numbers. The network learns from pairs whether both are the same digit, then judges
# held-out digits, a hundred pairs for each field of the table.

# %% tags=["demo"]
def same_or_not(digits, names, count, seed):
    """`count` pairs of digits, half of them of one kind: two arrays `(count, 8, 8)` and one `(count, 1)` of 1 (same) and 0."""
    random = np.random.default_rng(seed)
    first = random.integers(len(digits), size=count)
    same = np.arange(count) % 2 == 0
    second = [random.choice(np.flatnonzero((names == names[i]) == match)) for i, match in zip(first, same)]
    return [digits[first], digits[second]], np.float32(same)[:, None]


with picture("build_similarity_model"):
    keras.utils.set_random_seed(5)
    similarity = build_similarity_model(8, 8)
    draw_graph(similarity, "two sequences, one LSTM")
    similarity.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    similarity.fit(*same_or_not(train_images, train_labels, 6000, seed=0), batch_size=64, epochs=12, verbose=0)
    accuracy = similarity.evaluate(*same_or_not(held_out_images, held_out_labels, 2000, seed=1), verbose=0)[1]
    print(f"held-out pairs judged correctly: {accuracy:.1%}")
    random, kinds = np.random.default_rng(2), [np.flatnonzero(held_out_labels == digit) for digit in range(10)]
    table = np.zeros((10, 10))
    for row in range(10):
        one = np.concatenate([random.choice(kinds[row], 100) for _ in range(10)])
        other = np.concatenate([random.choice(kinds[column], 100) for column in range(10)])
        said = similarity.predict([held_out_images[one], held_out_images[other]], verbose=0)
        table[row] = said.reshape(10, 100).mean(axis=1)
    plt.figure(figsize=(4.6, 3.8))
    plt.imshow(table, cmap="cividis", vmin=0, vmax=1)
    plt.colorbar(label="mean probability of “same”")
    plt.xticks(range(10))
    plt.yticks(range(10))
    plt.xlabel("second digit")
    plt.ylabel("first digit")

# %% [raw]
# # BEGIN QUESTION
# name: stereo

# %% [markdown]
# ## 5 · One network, two eyes
#
# Look at your finger, close one eye, then the other: the finger jumps. The nearer it is, the farther it jumps, and so two eyes see how near a thing is. A network for
# that needs to see the same things in both images. It needs them only once: not only a layer, a whole **model can be called on a tensor**, as often
# as you like, and its weights stay one set. A model that is used so is often called a *backbone*.
#
# $$y = \big[\,\mathrm{backbone}(\mathit{left}),\ \mathrm{backbone}(\mathit{right})\,\big]$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $\mathit{left}$, $\mathit{right}$ | the two inputs of your model, in this order | `(B, H, W, C)` each, as the backbone takes them |
# | | `backbone(…)`: features | `(B, D)`, or `(B, h, w, D)` |
# | $y$ | the features of left, then those of right, joined on the last axis | `(B, 2·D)`, or `(B, h, w, 2·D)` |
#
# What is made of the features (a distance, say) is not your business here: that comes behind, in the last picture.

# %% [markdown]
# **The wrong turn.** To copy the backbone looks tidier: each eye has its own. At first nothing is different, since the copy can start with the same weights.
# But each copy learns from its own eye alone. After some steps, the two eyes see the same image differently, with twice the parameters:

# %% tags=["demo"]
keras.utils.set_random_seed(3)
eye, copy = (keras.Sequential([keras.Input((8, 8)), layers.Flatten(), layers.Dense(3)]) for _ in range(2))
copy.set_weights(eye.get_weights())
sides = keras.Input((8, 8)), keras.Input((8, 8))
two_eyes = keras.Model(sides, layers.Dense(1)(layers.Concatenate()([eye(sides[0]), copy(sides[1])])))
unlike = [np.abs(eye(images[:1]) - copy(images[:1])).max()]
two_eyes.compile(keras.optimizers.Adam(0.01), "mse")
two_eyes.fit([train_images[:100], train_images[100:200]], train_labels[:100].astype("float32"), epochs=10, verbose=0)
unlike.append(np.abs(eye(images[:1]) - copy(images[:1])).max())
print(f"one image in both eyes: the features differ by up to {unlike[0]:.3f} before training, {unlike[1]:.3f} after")
print("parameters of one eye:", eye.count_params(), " of both eyes and one Dense layer:", two_eyes.count_params())

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_stereo_model(backbone):
    """One backbone on two images.

    backbone: a functional `keras.Model` from images of shape `(B, H, W, C)` to features of shape `(B, D)` or `(B, h, w, D)`; its
    `input_shape` is `(None, H, W, C)`.

    Returns a functional `keras.Model`, not compiled. It is called on a list of two float tensors `[left, right]`, each of shape `(B, H, W, C)`, and
    returns the backbone's features of left and those of right, joined on the last axis: shape `(B, 2·D)` or `(B, h, w, 2·D)`.

    - Its weights are the weights of `backbone` itself, each of them once, and none besides. To train it is to train `backbone`.
    - In training, the backbone is in training too (it may hold a dropout layer).
    - The backbone is left as it was: what was frozen stays so, and what was not does not become so.

    Example: for a backbone from (None, 9, 7, 2) to (None, 3), the model takes two images of shape (9, 7, 2) and returns
    features of shape (None, 6).
    """
    # BEGIN SOLUTION NO PROMPT
    left, right = (keras.Input(backbone.input_shape[1:]) for _ in range(2))
    features = layers.Concatenate()([backbone(left), backbone(right)])
    return keras.Model([left, right], features)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Two inputs, of the shape that the backbone takes.
    # 2. The features of each, joined.
    # 3. The model.
    raise NotImplementedError("build_stereo_model is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How do you call a layer on a tensor? What is different if the layer is a model?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# <code>backbone.input_shape</code> begins with the batch, and <code>keras.Input</code> wants a shape without it. Call; do not <code>predict</code>: that gives numbers, not
# a part of a graph.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>keras.Input</code>, <code>layers.Concatenate</code>, <code>keras.Model(inputs, outputs)</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The features of left, then those of right."
failure_message: "Expected: the backbone's features of left, then those of right."
""" # END TEST CONFIG


def test_left_then_right(build_stereo_model):
    import keras
    import numpy as np

    image = keras.Input((9, 7, 2))
    flat = keras.layers.Flatten()(image)
    backbone = keras.Model(image, keras.layers.Add()([keras.layers.Dense(3)(flat), keras.layers.Dense(3)(flat)]))
    images = np.random.default_rng(0).normal(size=(2, 4, 9, 7, 2)).astype("float32")
    left, right = (np.asarray(backbone(image)) for image in images)
    try:
        model = build_stereo_model(backbone)
    except (TypeError, ValueError) as error:
        said = [line for line in str(error).splitlines() if line and not line.startswith("Exception encountered")][0]
        said = said.replace("\x1b[1m", "").replace("\x1b[0m", "")
        advice = "Is each input as the backbone takes it, without the batch, and is the backbone itself called on it, as a layer, and no copy?"
        raise AssertionError(f"a backbone for images of shape (9, 7, 2): Keras says {said} {advice}") from None
    got = np.asarray(model([images[0], images[1]]))
    assert got.shape == (4, 6), f"two times 3 features for 4 pairs: expected shape (4, 6), got {got.shape}"
    first = [np.allclose(got[:, :3], side, atol=1e-4) for side in (left, right)]
    second = [np.allclose(got[:, 3:], side, atol=1e-4) for side in (left, right)]
    cause = " Does the backbone itself see both images, or a copy of it?"
    if first[1] and second[0]:
        cause = " They are there, but right comes first."
    elif first[0] and second[0] or first[1] and second[1]:
        cause = f" Both halves are those of {'left' if first[0] else 'right'}."
    assert np.allclose(got, np.concatenate([left, right], axis=1), atol=1e-4), f"the features are not those of left, then those of right.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The backbone's weights are the model's, each once."
failure_message: "Expected: the weights of the backbone itself, each once, and none besides."
""" # END TEST CONFIG


def test_weights_once(build_stereo_model):
    import keras
    import numpy as np

    inputs = keras.Input((9, 7, 2))
    backbone = keras.Model(inputs, keras.layers.Dense(3)(keras.layers.Flatten()(inputs)))
    model = build_stereo_model(backbone)
    assert len(model.weights) == 2, f"the backbone has 2 weights, your model should have the same 2, and has {len(model.weights)}"
    image = np.ones((1, 9, 7, 2), "float32")
    backbone.set_weights([0.01 * np.ones((126, 3)), np.array([1.0, 2.0, 3.0])])
    got = np.asarray(model([image, -image]))
    expected = np.array([[2.26, 3.26, 4.26, -0.26, 0.74, 1.74]])
    assert np.allclose(got, expected, atol=1e-4), f"with new weights in the backbone expected {expected}, got {got.round(2)}: is it the backbone itself, or a copy?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The graph of your model, with a small backbone.

# %% tags=["demo"]
with picture("build_stereo_model"):
    inputs = keras.Input((9, 7, 2))
    small = keras.Model(inputs, layers.Dense(3)(layers.Flatten()(inputs)), name="backbone")
    stereo = build_stereo_model(small)
    draw_graph(stereo, "one backbone, two eyes")
    print("parameters of the backbone:", small.count_params(), " of the stereo model:", stereo.count_params())

# %% [markdown]
# ## Put together
#
# Two eyes look at a digit that stands before a grey wall. The wall is far away. The digit is nearer: the left eye sees it farther to the right than the right eye does, by
# its *shift*, 0 to 8 pixels. The nearer the digit, the larger the shift. Each eye has noise of its own.

# %% tags=["demo"]
def scenes(digits, seed):
    """Two views of a scene for each digit, `(N, 10, 24, 1)` each, and how many pixels the digit is shifted, `(N, 1)`."""
    random = np.random.default_rng(seed)
    left, right = random.uniform(0.1, 0.4, size=(2, len(digits), 10, 24, 1)).astype("float32")
    shifts = random.integers(0, 9, size=len(digits))
    for digit, one, other, shift in zip(digits, left, right, shifts):
        row, column = random.integers(0, 3), random.integers(0, 9)
        for view, start in [(one, column + shift), (other, column)]:
            window = view[row : row + 8, start : start + 8, 0]
            np.maximum(window, digit, out=window)
    return [left, right], np.float32(shifts)[:, None]


views, shifts = scenes(train_images, seed=0)
held_out_views, held_out_shifts = scenes(held_out_images, seed=1)
figure, panels = plt.subplots(2, 3, figsize=(9, 2.8), layout="constrained")
for i, column in enumerate(panels.T):
    for panel, view, side in zip(column, held_out_views, ["left eye", "right eye"]):
        panel.imshow(view[i, :, :, 0], cmap="gray_r", vmin=0, vmax=1)
        panel.set(xticks=[], yticks=[], title=f"{side}, shift {held_out_shifts[i, 0]:.0f}" if panel is column[0] else side)
plt.show()

# %% [markdown]
# The backbone is made of your residual block, your inception module and your separable block; your stereo model calls it for both eyes. Two dense layers
# behind it make a shift of the features. This takes about half a minute.

# %% tags=["demo"]
def build_backbone(name="backbone"):
    """From a view `(B, 10, 24, 1)` to 16 features."""
    view = keras.Input((10, 24, 1))
    seen = residual_block(view, 8, True)
    seen = inception_module(seen, 4)
    seen = separable_block(seen, 16)
    return keras.Model(view, layers.Dense(16)(layers.Flatten()(seen)), name=name)


with picture("every one of the questions 1, 2, 3 and 5"):
    keras.utils.set_random_seed(4)
    backbone = build_backbone()
    draw_graph(backbone, "the backbone")
    eyes = [keras.Input((10, 24, 1)) for _ in range(2)]
    hidden = layers.Dense(32, activation="relu")(build_stereo_model(backbone)(eyes))
    ranger = keras.Model(eyes, layers.Dense(1)(hidden))
    ranger.compile(keras.optimizers.Adam(0.002), "mse")
    ranger.fit(views, shifts, batch_size=32, epochs=30, verbose=0)
    predicted = ranger.predict(held_out_views, verbose=0)
    print("parameters of the backbone:", backbone.count_params(), " of everything:", ranger.count_params())
    print(f"to say the mean shift is off by {np.abs(shifts.mean() - held_out_shifts).mean():.2f} pixels on average")
    print(f"your network is off by          {np.abs(predicted - held_out_shifts).mean():.2f} pixels on scenes that it never saw")
    plt.figure(figsize=(4.2, 4))
    plt.plot([0, 8], [0, 8], color="black")
    plt.scatter(held_out_shifts + np.random.default_rng(0).uniform(-0.15, 0.15, held_out_shifts.shape), predicted, s=10, alpha=0.6)
    plt.xlabel("true shift (moved a little, to be seen)")
    plt.ylabel("predicted shift")

# %% [markdown]
# **A knob to turn.** Run the cell above again, but train on the first 200 scenes only: `ranger.fit([view[:200] for view in views], shifts[:200], …)`, with 200 epochs.
# Then do it once more with a backbone for each eye: join the features of `build_backbone("left")` and `build_backbone("right")`, in place of those of your stereo
# model. (Two models in one model need two names.) Which of the two suffers more from few examples, and why?
#
# ## What you can do now
#
# You can branch a network and join it again, by addition or side by side, and say what each costs. You can lead a path round layers, and know when it needs a
# projection. You can take a convolution apart into space and channels. And you know that to call a layer or model twice shares its weights, and to make two does not.
#
# **Three things to try.** Put twenty residual blocks between the eyes and the inception module, and see whether it still trains; then without the shortcuts. Draw the graph of a
# model that has all of the blocks in one. Ask the similarity model about a digit and the same digit upside down.
#
# **What the hidden tests look at.** The same conventions as in the docstrings, on other sizes, odd ones among them, other filters and several batch sizes: which convolution reaches which channels, which pixels
# each branch sees, and the values that come out for given weights; the block with its convolutions at zero, and the sign of what its branch adds; whether a channel stays alone until the pointwise step;
# the order of the two sequences, before and after training, and whether both are read, in order; whether the backbone itself learns, from both eyes. In the slower part, your similarity
# model is trained on digits and your stereo model on scenes.
#
# **To hand in**: save this notebook (`graph_architectures.ipynb`) and upload it.
