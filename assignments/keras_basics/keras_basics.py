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
# name: keras_basics
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # Keras from the ground up
#
# ![Left: the size of the gradient in each of twelve layers, falling by eight orders of magnitude with sigmoid and level with tanh and ReLU. Middle: the plane as a network that has learned XOR divides it. Right: predicted against true disease progression for patients that the network never saw.](data/cover.png)
#
# Keras builds, feeds and trains a network in a few lines. In this notebook you look under each of those lines: you count a
# network's parameters by hand, write the softmax that its last layer uses, watch a gradient die on its way down, feed a network
# from files whose lengths do not fit your batches, and train two small networks: one on a problem that no straight line solves, one on real
# patients.
#
# **You need** Python and NumPy, and to have seen one Keras model being built and fitted. **It takes** about 75 minutes.
# Nothing here needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `count_parameters`: how many numbers a chain of Dense layers learns | 10 |
# | 2 | `softmax`: from scores to probabilities, without overflow | 15 |
# | 3 | `gradient_norms`: how much gradient reaches each layer | 20 |
# | 4 | `row_batches`: batches of equal size from files of unequal length | 25 |
# | 5 | `build_xor_classifier`: a network that a straight line cannot replace | 15 |
# | 6 | `build_regressor`: a network that predicts a quantity | 15 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it. The questions do not need each other:
# if one does not work out, go on with the next.

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
    if Path("keras_basics").is_dir():
        os.chdir("keras_basics")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("keras_basics").is_dir():
            os.chdir("keras_basics")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("keras_basics.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("keras_basics.ipynb")

# %%
import contextlib
import itertools

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers, ops

keras.utils.set_random_seed(7)

TRAINING_FILES = ["data/diabetes_1.csv", "data/diabetes_2.csv", "data/diabetes_3.csv"]
HELD_OUT_FILE = "data/diabetes_held_out.csv"


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
# The data of questions 4 and 6: 442 people with diabetes, ten measurements of each (age, sex, body mass index, blood pressure and six
# blood values, each standardised to mean 0 and standard deviation 1), and how far the disease had come a year later. It lies in four files of uneven length; the last one is *held out*: the network
# never trains on it.

# %% tags=["demo"]
for path in [*TRAINING_FILES, HELD_OUT_FILE]:
    with open(path) as file:
        lines = file.read().splitlines()
    print(f"{path}: a header and {len(lines) - 1} rows")
print("\n".join(lines[:6]))

# %% [raw]
# # BEGIN QUESTION
# name: count_parameters

# %% [markdown]
# ## 1 · How many numbers does it learn?
#
# A Dense layer with $d$ inputs and $u$ units computes $y = xW + b$. It learns every entry of $W$ and of $b$:
#
# $$\text{parameters} = d \cdot u + u$$
#
# In a chain, the outputs of one layer are the inputs of the next. Counting by hand, before anything is built, tells you whether a
# model fits your memory and your data: the diabetes data has 322 training rows, and a network with 10,000 parameters can learn them by heart.
#
# | symbol | in code | shape |
# |---|---|---|
# | $d$ | `input_dim`, then the layer before's units | one integer |
# | $u$ | one entry of `units` | one integer |
# | $W$, $b$ | the layer's kernel and bias | `(d, u)`, `(u,)` |
#
# A chain of no layers learns 0 numbers. `units` is the caller's: read it, and leave it as it is.
#
# **The wrong turn.** It is tempting to count the lines of a drawing of the network and stop there. Each unit has one number more, as
# the summary below shows: $3 \cdot 4 = 12$ lines, and 16 parameters.

# %% tags=["demo"]
keras.Sequential([keras.Input((3,)), layers.Dense(4)]).summary()

# %% [raw]
# # BEGIN SOLUTION


# %%
def count_parameters(input_dim, units):
    """The number of trainable parameters of a chain of Dense layers with biases, from the formula.

    input_dim: an integer, the number of features of one example. units: a list or tuple of integers, the units of each
    layer in order; it may be empty. The chain maps `(B, input_dim)` to `(B, units[-1])`.

    Returns an integer. Nothing is built: the answer for millions of units comes at once.

    Example: `count_parameters(3, [4, 2])` is (3 * 4 + 4) + (4 * 2 + 2) = 26.
    """
    # BEGIN SOLUTION NO PROMPT
    total = 0
    for width in units:
        total += input_dim * width + width
        input_dim = width
    return total
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Start with nothing counted and input_dim numbers coming in.
    # 2. For each layer: add its kernel and its bias; its units are what comes into the next.
    raise NotImplementedError("count_parameters is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How many numbers come into the second layer?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Walk through `units` and keep two numbers: what you have counted, and the width of what comes in.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# A `for` loop is enough; `zip` of a list and the same list shifted by one works as well.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The example of the docstring comes out right."
failure_message: "Expected: 26 parameters for the example of the docstring."
""" # END TEST CONFIG


def test_example(count_parameters):
    got = count_parameters(3, [4, 2])
    causes = {
        None: " Is it returned?",
        20: " The biases are missing.",
        22: " Each unit has a bias, not each layer.",
        27: " A bias belongs to a unit, not to an input.",
        10: " The first layer is missing: it has 3 inputs and 4 units.",
        24: " The second layer sees 4 inputs, not 3.",
        36: " The second layer has 2 units.",
    }
    cause = causes.get(got, "")
    assert got == 26, f"count_parameters(3, [4, 2]): expected 26, got {got}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It agrees with what Keras counts."
failure_message: "Expected: the same number as Keras counts."
""" # END TEST CONFIG


def test_agrees_with_keras(count_parameters):
    import keras

    model = keras.Sequential([keras.Input((5,)), *[keras.layers.Dense(width) for width in (7, 3, 2)]])
    got = count_parameters(5, (7, 3, 2))
    assert got == model.count_params(), f"for 5 inputs and units (7, 3, 2) Keras counts {model.count_params()}, you {got}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** How the number of parameters grows with depth, for three widths. Only one of these networks has fewer parameters than there are training rows.

# %% tags=["demo"]
with picture("count_parameters"):
    depths = range(1, 9)
    plt.figure(figsize=(6, 3.5))
    for width, marker in [(16, "o"), (64, "s"), (256, "^")]:
        plt.semilogy(depths, [count_parameters(10, [width] * depth + [1]) for depth in depths], marker=marker, label=f"{width} units a layer")
    plt.axhline(322, color="black", linestyle="--", label="training rows")
    plt.xlabel("hidden layers")
    plt.ylabel("parameters")
    plt.legend(loc="upper left", bbox_to_anchor=(1, 1))

# %% [raw]
# # BEGIN QUESTION
# name: softmax

# %% [markdown]
# ## 2 · From scores to probabilities
#
# A classifier's last layer gives each class a score, a *logit*, which may be any number. Softmax turns the scores of one example into
# probabilities: none negative, adding up to one, in the same order.
#
# $$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $z$ | `z`, the logits | `(…, K)`: any number of leading axes, `K` classes on the last |
# | $p$ | what you return | `(…, K)`, each row over the last axis adds up to 1 |
#
# Adding the same number to all of an example's logits changes nothing, since it multiplies numerator and denominator alike. That freedom is what makes softmax
# computable.

# %% [markdown]
# **The wrong turn.** The formula as it stands breaks for logits that a network may well produce: $e^{1000}$ is more than a float can hold.

# %% tags=["demo"]
logits = np.array([1000.0, 999.0])
with np.errstate(over="ignore", invalid="ignore"):
    print("the formula as it stands:", np.exp(logits) / np.exp(logits).sum())
print("what it should be:       ", np.array([1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))]).round(4))

# %% [raw]
# # BEGIN SOLUTION


# %%
def softmax(z):
    """Softmax over the last axis, in NumPy.

    z: float array (or nested list) of logits of shape `(…, K)`, with at least one axis; entries may be as large as ±1000 and beyond.

    Returns a NumPy array of the same shape: p[..., i] = exp(z[..., i]) / sum_j exp(z[..., j]), never negative, never NaN, adding up
    to 1 over the last axis. `z` itself is left as it was.

    Example: `softmax([0.0, np.log(3.0)])` is `[0.25, 0.75]`, and so is `softmax([1000.0, 1000.0 + np.log(3.0)])`.
    """
    # BEGIN SOLUTION NO PROMPT
    z = np.asarray(z, dtype=float)
    exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Shift each row so that no exponential can overflow.
    # 2. Exponentials.
    # 3. Divide each row by its sum.
    raise NotImplementedError("softmax is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which number can you subtract from a row so that the largest exponential in it is exactly 1?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Every row has a largest logit of its own. The maximum of the whole array would be right for one row and let the others vanish.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `np.max` and `np.sum` with `axis=-1` and `keepdims=True`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Two known rows come out right."
failure_message: "Expected: [0.2, 0.6, 0.2] for the logits [0, log 3, 0]."
""" # END TEST CONFIG


def test_known_rows(softmax):
    import numpy as np

    got = np.asarray(softmax(np.array([[0.0, np.log(3.0), 0.0], [np.log(2.0), 0.0, 0.0]])))
    expected = [[0.2, 0.6, 0.2], [0.5, 0.25, 0.25]]
    assert got.shape == (2, 3), f"expected the shape of the logits, (2, 3), got {got.shape}: is the result returned?"
    assert np.allclose(got, expected), f"expected {expected}, got {got.tolist()}: does each row have a sum of its own?"


# %%
""" # BEGIN TEST CONFIG
success_message: "Large logits do not overflow."
failure_message: "Expected: finite probabilities for logits of 1000 and of -1000."
""" # END TEST CONFIG


def test_large_logits(softmax):
    import numpy as np

    got = np.asarray(softmax(np.array([[1000.0, 999.0, -2000.0], [-1000.0, -999.0, -3000.0]])))
    assert np.isfinite(got).all(), f"got {got.tolist()}: before taking exponentials, subtract from each row a number of its own"
    high, low = 1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))
    expected = [[high, low, 0], [low, high, 0]]
    assert np.allclose(got, expected, rtol=1e-4), f"for [1000, 999, -2000] and [-1000, -999, -3000] expected {np.round(expected, 4).tolist()}, got {got.tolist()}: shift each row by its own largest logit, and cut nothing off"


# %%
""" # BEGIN TEST CONFIG
success_message: "A list of one axis works, and the array that is passed in stays as it was."
failure_message: "Expected: [0.25, 0.75] for the list [0, log 3], and an array that is left as it was."
""" # END TEST CONFIG


def test_list_and_untouched(softmax):
    import numpy as np

    got = softmax([0.0, np.log(3.0)])
    assert isinstance(got, np.ndarray), f"expected a NumPy array, got {type(got)}"
    assert np.allclose(got, [0.25, 0.75]), f"for [0, log 3] expected [0.25, 0.75], got {got.tolist()}"
    z = np.array([[1.0, 4.0]])
    softmax(z)
    assert z.tolist() == [[1.0, 4.0]], f"the array [[1, 4]] was passed in, and is {z.tolist()} afterwards: subtract into a new array"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** What the *temperature* $T$ in $\mathrm{softmax}(z/T)$ does: the lower it is, the surer the classifier.

# %% tags=["demo"]
with picture("softmax"):
    scores = np.array([2.0, 1.0, 0.2, -1.0])
    figure, panels = plt.subplots(1, 3, figsize=(9, 2.6), sharey=True)
    for panel, temperature in zip(panels, [0.3, 1.0, 5.0]):
        panel.bar(list("abcd"), softmax(scores / temperature), color="#0072B2")
        panel.set(title=f"T = {temperature}", xlabel="class", ylim=(0, 1))
    panels[0].set_ylabel("probability")

# %% [raw]
# # BEGIN QUESTION
# name: gradient_norms

# %% [markdown]
# ## 3 · How much gradient reaches the first layer?
#
# Training changes a kernel by its gradient. The gradient of an early layer is a product with one factor for each later layer, and the slope of
# the activation is in every factor. A sigmoid's slope is at most $\tfrac14$: after twelve layers not much is left. This is the *vanishing gradient*,
# and the reason why deep networks use ReLU.
#
# You build such a network, run one batch through it, and measure the length of the gradient of each kernel:
#
# $$g_\ell = \left\lVert \frac{\partial L}{\partial W_\ell} \right\rVert_2 = \sqrt{\sum_{i,j} \Big(\frac{\partial L}{\partial W_{\ell,ij}}\Big)^2}, \qquad L = \text{mean of } y^2$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | one batch drawn from the standard normal distribution | `(64, width)` |
# | $W_\ell$ | kernel of the $\ell$-th Dense layer, Keras' default initialisation | `(width, width)` |
# | $y$ | output of the last Dense layer, **after** its activation | `(64, width)` |
# | $g$ | what you return, first layer first | `(depth,)` |

# %% [markdown]
# **The wrong turn.** `tape.gradient` sees only what happens while the tape is recording. A forward pass made before the
# `with` block leaves no trace, and the gradient is `None`, of which no norm can be taken (a `TypeError`):

# %% tags=["demo"]
variable = tf.Variable(3.0)
square = variable**2
with tf.GradientTape() as tape:
    loss = square + 1.0
print("computed before the tape:", tape.gradient(loss, variable))
with tf.GradientTape() as tape:
    loss = variable**2 + 1.0
print("computed on the tape:    ", tape.gradient(loss, variable))

# %% [raw]
# # BEGIN SOLUTION


# %%
def gradient_norms(activation, depth, width, seed):
    """How much gradient reaches the kernel of each layer of a deep network, for one random batch.

    activation: the name of a Keras activation, used in **every** layer. depth: how many Dense layers. width: the units of each of them
    and the number of input features. seed: an integer; the same seed gives the same numbers, another one others.

    The network is a chain of Dense layers with Keras' default initialisation (Glorot uniform kernels, zero biases). The batch is 64 rows
    from the standard normal distribution. The loss is the mean of the squared outputs, over rows and units.

    Returns a float array (or list) of shape `(depth,)`: the L2 norm of the loss's gradient with respect to each layer's kernel, the layer
    next to the input first.

    Example: `gradient_norms("sigmoid", 12, 32, seed=0)` grows from about 3e-9 at the first layer to about 0.1 at the last.
    """
    # BEGIN SOLUTION NO PROMPT
    keras.utils.set_random_seed(seed)
    stack = [layers.Dense(width, activation=activation) for _ in range(depth)]
    x = keras.random.normal((64, width))
    with tf.GradientTape() as tape:
        y = x
        for layer in stack:
            y = layer(y)
        loss = ops.mean(ops.square(y))
    gradients = tape.gradient(loss, [layer.kernel for layer in stack])
    return np.array([np.linalg.norm(gradient) for gradient in gradients])
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Set the seed, make the layers, draw the batch.
    # 2. On a tape: run the batch through all layers, then the loss.
    # 3. The gradient of the loss with respect to each layer's kernel, and its norm.
    raise NotImplementedError("gradient_norms is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# A Dense layer has two trainable weights. Which one is the kernel?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Keep the layers in a list, and call them one after the other while the tape records. The norm is the root of a sum of squares, not a mean.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.utils.set_random_seed`, `keras.random.normal`, `tf.GradientTape`, `layer.kernel`, `np.linalg.norm`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "One positive number for each layer."
failure_message: "Expected: one positive number for each layer."
""" # END TEST CONFIG


def test_one_number_a_layer(gradient_norms):
    import numpy as np

    got = np.asarray(gradient_norms("tanh", 5, 8, 0), float)
    assert got.shape == (5,), f"expected 5 numbers for 5 layers, got the shape {got.shape}: is there one for each kernel, and none for the biases?"
    assert np.isfinite(got).all() and (got > 0).all(), f"expected positive numbers, got {got}: did the forward pass happen on the tape?"


# %%
""" # BEGIN TEST CONFIG
success_message: "The sigmoid's gradient vanishes towards the first layer, the ReLU's does not."
failure_message: "Expected: a gradient that vanishes towards the first layer with sigmoid, and not with ReLU."
""" # END TEST CONFIG


def test_vanishing(gradient_norms):
    import numpy as np

    sigmoid = np.asarray(gradient_norms("sigmoid", 8, 16, 1), float)
    relu = np.asarray(gradient_norms("relu", 8, 16, 1), float)
    assert sigmoid[-1] > 1e-3 * sigmoid[0], f"sigmoid: expected the first number far below the last, got {sigmoid[0]:.2g} and {sigmoid[-1]:.2g}: is the first layer first?"
    assert sigmoid[0] < 1e-3 * sigmoid[-1], f"sigmoid: expected the first number far below the last, got {sigmoid[0]:.2g} and {sigmoid[-1]:.2g}: is each layer one of its own, and does each have the activation?"
    assert sigmoid[-1] > 0.085, f"sigmoid: expected about 0.1 at the last layer, got {sigmoid[-1]:.2g}: is the gradient that of the kernel, and the norm the root of a sum of squares, not a mean?"
    assert sigmoid[-1] < 0.2, f"sigmoid: expected about 0.1 at the last layer, got {sigmoid[-1]:.2g}: is the loss the mean over rows and units, and does the last layer have the activation?"
    assert relu[0] > 1e-2 * relu[-1], f"ReLU: expected numbers of one order, got {relu[0]:.2g} and {relu[-1]:.2g}: is the activation used?"


# %%
""" # BEGIN TEST CONFIG
success_message: "The seed decides the numbers."
failure_message: "Expected: the same numbers for the same seed, others for another."
""" # END TEST CONFIG


def test_seed(gradient_norms):
    import numpy as np

    first, again, other = (np.asarray(gradient_norms("relu", 3, 6, seed), float) for seed in (1, 1, 2))
    assert np.allclose(first, again), f"seed 1 gave {first}, then {again}: set the seed before the layers are made"
    assert not np.allclose(first, other), f"seeds 1 and 2 gave the same numbers {first}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The norms by depth, on a logarithmic axis: each step down is a factor of ten. Compare how steep the curves are, not how high: the height depends on
# the size of the outputs. Tanh stays level as well, since its slope reaches 1.

# %% tags=["demo"]
with picture("gradient_norms"):
    plt.figure(figsize=(7, 4))
    for activation, marker, colour in [("sigmoid", "o", "#D55E00"), ("tanh", "s", "#009E73"), ("relu", "^", "#0072B2")]:
        plt.semilogy(range(1, 13), gradient_norms(activation, 12, 32, seed=0), marker=marker, color=colour, label=activation)
    plt.xlabel("layer, counted from the input")
    plt.ylabel("norm of the kernel's gradient")
    plt.legend()

# %% [raw]
# # BEGIN QUESTION
# name: row_batches

# %% [markdown]
# ## 4 · Equal batches from unequal files
#
# Data often comes as many files, too many to hold in memory, none of a length that suits you. `fit` accepts a *generator*: a function with
# `yield`, which hands out one batch, waits until the next is asked for, and never ends, since `fit` counts its steps itself.
#
# Read the files in order. Whatever is left over at the end of a file goes into the batch that the next file completes, and after the last file
# the first one follows again. So every batch is full, and no row is lost or read twice in a round. Each call of `row_batches` starts at the first row, whatever
# other generators do:
#
# | rows in the files | batch size | batches |
# |---|---|---|
# | 5, 2, 4 | 3 | rows 1–3 · 4–6 · 7–9 · 10, 11, **1** · 2–4 · … |
#
# | value | shape | dtype |
# |---|---|---|
# | `X` | `(B, 10)`: the first ten columns | float32 |
# | `y` | `(B,)`: the last column | float32 |

# %% [markdown]
# **The wrong turn.** A generator that stops in the middle of a file keeps it open. With a few hundred files the operating system
# refuses to open another. `with open(…)` closes a file when the block ends, and even when the generator
# is thrown away, just as the `finally` below is reached.

# %% tags=["demo"]
def numbers():
    try:
        yield from itertools.count()
    finally:
        print("cleaning up, although the generator never ended")


endless = numbers()
print(next(endless), next(endless))
endless.close()

# %% [raw]
# # BEGIN SOLUTION


# %%
def row_batches(paths, batch_size):
    """Yields batches of rows from CSV files, for ever.

    paths: a list of paths of CSV files. Each has a header line, then rows of eleven numbers separated by commas: ten features and the
    target. batch_size: B, an integer; it may be larger than a file, or than all files together.

    Yields tuples `(X, y)` of NumPy arrays, `X` of shape `(B, 10)` and `y` of shape `(B,)`, both float32. Every batch has exactly B rows. The
    rows come in the order of the files; what is left at the end of a file is completed from the next one, and the first file follows the last.

    At most one file is open at any time, and none after the generator has been closed. A batch that was handed out never changes later.

    Example: with files of 5, 2 and 4 rows and B = 3, the fourth batch holds rows 10 and 11 and row 1 again.
    """
    # BEGIN SOLUTION NO PROMPT
    rows = []
    while True:
        for path in paths:
            with open(path) as table:
                next(table)
                for line in table:
                    rows.append([float(number) for number in line.split(",")])
                    if len(rows) == batch_size:
                        batch = np.array(rows, dtype="float32")
                        rows = []
                        yield batch[:, :-1], batch[:, -1]
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. For ever: go through the files.
    # 2. Skip the header; collect rows.
    # 3. Whenever B rows are collected, yield them as (X, y) and start collecting anew.
    raise NotImplementedError("row_batches is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Where must the list of collected rows be made, so that it survives the end of a file?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Three loops in one another: for ever, over files, over lines. The list of rows is made outside all of them.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `with open(path) as file`, `next(file)`, `yield`, `np.array(rows, dtype="float32")`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Shapes and types are what fit needs."
failure_message: "Expected: X of shape (B, 10) and y of shape (B,), both float32."
""" # END TEST CONFIG


def test_shapes(row_batches):
    batch = next(row_batches(["data/diabetes_1.csv"], 7))
    assert isinstance(batch, tuple) and len(batch) == 2, f"expected a tuple (X, y), got {type(batch)}: fit takes anything else for X alone"
    X, y = batch
    assert getattr(X, "shape", None) == (7, 10), f"X: expected the shape (7, 10), got {getattr(X, 'shape', type(X))}"
    assert getattr(y, "shape", None) == (7,), f"y: expected the shape (7,), got {getattr(y, 'shape', type(y))}"
    assert str(X.dtype) == str(y.dtype) == "float32", f"expected float32, got {X.dtype} and {y.dtype}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Every row comes once in a round, in order, over the ends of files."
failure_message: "Expected: every row once in a round, in order, over the ends of files."
""" # END TEST CONFIG


def test_order(row_batches):
    import itertools

    import numpy as np

    class Paths(list):
        """Counts the rounds, so that a generator which never yields again comes to an end."""

        rounds = 0

        def __iter__(self):
            self.rounds += 1
            assert self.rounds < 50, "50 rounds through the files and not yet six batches of 48 rows: does the list start anew after each batch?"
            return super().__iter__()

    paths = Paths(["data/diabetes_2.csv", "data/diabetes_1.csv"])
    table = np.concatenate([np.loadtxt(path, delimiter=",", skiprows=1) for path in paths]).astype("float32")
    batches, copies = [], []
    for batch in itertools.islice(row_batches(paths, 48), 6):
        batches.append(batch)
        copies.append(np.column_stack(batch))
    assert len(copies) == 6, f"expected batches without end, got {len(copies)} of 48 rows: after the last file the first one follows again"
    sizes = [len(rows) for rows in copies]
    assert sizes == [48] * 6, f"expected six batches of 48 rows, got {sizes} rows: is what is left at the end of a file kept for the next, and does the list start anew after each batch?"
    rows, expected = np.concatenate(copies), np.concatenate([table, table])[: 6 * 48]
    wrong = np.flatnonzero((rows != expected).any(axis=1))
    assert not len(wrong), f"row {wrong[0] + 1} of {len(expected)} is not the one expected; file ends come after rows 90 and 221"
    changed = [number + 1 for number in range(6) if not np.array_equal(np.column_stack(batches[number]), copies[number])]
    assert not changed, f"batch {changed[0]} changed after it was handed out: make a new array for each batch"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Where the rows of the first eight batches come from: a colour for each file.

# %% tags=["demo"]
with picture("row_batches"):
    firsts = [np.loadtxt(path, delimiter=",", skiprows=1).astype("float32") for path in TRAINING_FILES]
    origin = {row.tobytes(): number for number, table in enumerate(firsts) for row in table}
    batches = [np.column_stack(batch) for batch in itertools.islice(row_batches(TRAINING_FILES, 48), 8)]
    sheet = np.array([[origin[np.ascontiguousarray(row).tobytes()] for row in batch] for batch in batches])
    plt.figure(figsize=(8, 2.8))
    plt.pcolormesh(sheet, cmap=plt.matplotlib.colors.ListedColormap(["#0072B2", "#E69F00", "#DDDDDD"]), edgecolors="white", linewidth=0.3)
    plt.gca().invert_yaxis()
    plt.yticks(np.arange(8) + 0.5, range(1, 9))
    plt.xlabel("row of the batch")
    plt.ylabel("batch")
    plt.colorbar(ticks=[0.33, 1, 1.67]).set_ticklabels(["file 1", "file 2", "file 3"])

# %% [raw]
# # BEGIN QUESTION
# name: xor

# %% [markdown]
# ## 5 · XOR: what no straight line can do
#
# *Exclusive or* is 1 where exactly one of two inputs is 1. Its four points lie on the corners of a square, equal values across the diagonal, and no straight line has both ones
# on one side. A network without a hidden layer draws one straight line; with a hidden layer, each unit draws one, and the output combines them.
#
# | `x` | (0, 0) | (0, 1) | (1, 0) | (1, 1) |
# |---|---|---|---|---|
# | `y` | 0 | 1 | 1 | 0 |
#
# The output is one number between 0 and 1, the probability of a one. Compile the model, so that `fit` alone trains it; the loss takes the output for what it is, a
# probability and not a logit. Each call builds a new model of Dense layers with weights drawn anew, and it has them at once: give it a `keras.Input((2,))`.

# %% [markdown]
# **The wrong turn.** A Dense layer without activation after another one is still one straight line, however many you stack:
# $(xW_1)W_2 = x(W_1W_2)$.

# %% tags=["demo"]
rng = np.random.default_rng(0)
first, second, x = rng.normal(size=(2, 8)), rng.normal(size=(8, 1)), rng.normal(size=(3, 2))
print("two linear layers:", (x @ first @ second).ravel().round(4))
print("one linear layer: ", (x @ (first @ second)).ravel().round(4))

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_xor_classifier():
    """Builds and compiles a network that learns exclusive or.

    Takes no arguments. Returns a compiled `keras.Model` with inputs of shape `(B, 2)` and outputs of shape `(B, 1)`: the probability, from 0 to 1,
    that exactly one of the two inputs is 1.

    It is trained by `model.fit(x, y, epochs=300, verbose=0)` with `x` of shape `(4, 2)` and `y` of shape `(4, 1)`, the four points in one batch: so
    300 updates. After that, all four probabilities are on the right side of 0.5, whatever seed the weights were drawn from: give it
    enough hidden units and a learning rate that gets there in 300 steps.
    """
    # BEGIN SOLUTION NO PROMPT
    model = keras.Sequential([keras.Input((2,)), layers.Dense(16, activation="tanh"), layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy", metrics=["accuracy"])
    return model
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. A hidden layer with an activation, and an output between 0 and 1.
    # 2. Compile it with an optimizer, a learning rate and a loss for two classes.
    raise NotImplementedError("build_xor_classifier is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Adam's learning rate is 0.001 unless you say otherwise. How far can a weight move in 300 such steps?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# With two hidden units, some starting weights never get there. With a dozen, some of them always start well.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.Sequential`, `layers.Dense(…, activation=…)`, `model.compile`, `keras.optimizers.Adam(learning_rate)`, `"binary_crossentropy"`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It takes two numbers and gives a probability."
failure_message: "Expected: a compiled model from two numbers to one probability."
""" # END TEST CONFIG


def test_probability(build_xor_classifier):
    import keras
    import numpy as np

    model = build_xor_classifier()
    assert isinstance(model, keras.Model), f"expected a keras.Model, got {type(model)}: is it returned?"
    assert model.get_weights(), "the model has no weights yet: give it the shape of its input, keras.Input((2,))"
    assert model.compiled, "the model is not compiled"
    got = np.asarray(model(50 * np.random.default_rng(0).normal(size=(200, 2)).astype("float32")))
    assert got.shape == (200, 1), f"expected the shape (200, 1) for 200 examples, got {got.shape}: one unit at the end"
    assert ((got >= 0) & (got <= 1)).all(), f"expected probabilities, got outputs from {got.min():.3g} to {got.max():.3g}: what is the activation of the last layer?"


# %%
""" # BEGIN TEST CONFIG
success_message: "The loss is one for two classes."
failure_message: "Expected: a loss near 0 for a sure right answer, and a larger one for a wrong answer."
""" # END TEST CONFIG


def test_loss(build_xor_classifier):
    import numpy as np

    model = build_xor_classifier()
    assert model.loss is not None, "compile was given no loss"
    for truth in (0, 1):
        sure, right, wrong = (float(model.compute_loss(y=np.float32([[truth]]), y_pred=np.float32([[abs(truth - error)]]))) for error in (0.001, 0.3, 0.8))
        assert abs(sure) < 0.02, f"the loss of the sure right answer {abs(truth - 0.001):g} for {truth}: expected about 0, got {sure:.3g}: does it take a probability for a logit?"
        assert sure < right < wrong, f"the loss must grow with the error; for errors of 0.001, 0.3 and 0.8 it is {sure:.3g}, {right:.3g} and {wrong:.3g}: is it a loss for two classes and one output?"


# %%
""" # BEGIN TEST CONFIG
success_message: "It learns all four points."
failure_message: "Expected: all four points learned after 300 epochs."
""" # END TEST CONFIG


def test_learns(build_xor_classifier):
    import keras
    import numpy as np

    keras.utils.set_random_seed(1)
    x, y = np.float32([[0, 0], [0, 1], [1, 0], [1, 1]]), np.float32([[0], [1], [1], [0]])
    model = build_xor_classifier()
    model.fit(x, y, epochs=300, verbose=0)
    got = np.asarray(model(x)).ravel()
    cause = "softmax over a single unit is always 1" if (got == 1).all() else "is there a hidden layer with an activation and enough units, and is the learning rate high enough?"
    assert ((got > 0.5) == (y.ravel() > 0.5)).all(), f"after 300 epochs expected probabilities near [0, 1, 1, 0], got {got.round(2)}: {cause}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The probability over the whole plane. The black lines, where it is one half, part the zeros from the ones: one straight line would not do.

# %% tags=["demo"]
with picture("build_xor_classifier"):
    x, y = np.float32([[0, 0], [0, 1], [1, 0], [1, 1]]), np.float32([[0], [1], [1], [0]])
    keras.utils.set_random_seed(3)
    classifier = build_xor_classifier()
    classifier.fit(x, y, epochs=300, verbose=0)
    axis = np.linspace(-0.5, 1.5, 60, dtype="float32")
    plane = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    probability = classifier.predict(plane, verbose=0).reshape(60, 60)
    plt.figure(figsize=(4.6, 3.8))
    plt.contourf(axis, axis, probability, levels=np.linspace(0, 1, 11), cmap="cividis")
    plt.colorbar(label="probability of a one")
    plt.contour(axis, axis, probability, levels=[0.5], colors="black")
    for (a, b), label in zip(x, y.ravel()):
        plt.text(a, b, int(label), ha="center", va="center", bbox={"facecolor": "white", "boxstyle": "circle"})
    plt.xlabel("first input")
    plt.ylabel("second input")

# %% [raw]
# # BEGIN QUESTION
# name: regressor

# %% [markdown]
# ## 6 · A quantity instead of a class
#
# A *regressor* predicts a number on an open scale: a price, a temperature, how far a disease will come. Two things differ from a classifier. The last layer is **linear**, since
# the target may be any number. And the loss measures a distance, alike for a prediction that is
# too high and one that is too low: the mean of $(y - \hat y)^2$, or of $|y - \hat y|$.
#
# | tensor | shape | may be |
# |---|---|---|
# | `x` | `(B, F)`: `F` features | any number, standardised |
# | $y$ | `(B,)` or `(B, 1)` | any number, 25 to 346 in our data |
# | $\hat y$ | `(B, 1)` | any number |
#
# What counts is the mean absolute error on the held-out patients after the training that the docstring names, the median of three seeds: at most 0.85 of what the mean of the
# training targets gets, and at most 1.1 times what the best straight line gets. As before, each call builds a new model of Dense layers.

# %% [markdown]
# **The wrong turn.** A sigmoid at the end ties the prediction to values from 0 to 1. Trained on our data, such a network heads for 1, the most that it can say, for everybody, and its
# loss stays almost as large as it was: it looks as if it did not train at all.

# %% tags=["demo"]
table = np.concatenate([np.loadtxt(path, delimiter=",", skiprows=1) for path in TRAINING_FILES]).astype("float32")
keras.utils.set_random_seed(0)
stuck = keras.Sequential([keras.Input((10,)), layers.Dense(32, activation="relu"), layers.Dense(1, activation="sigmoid")])
stuck.compile("adam", "mse")
stuck.fit(table[:, :-1], table[:, -1], epochs=5, verbose=0)
print("five predictions of a network that ends in a sigmoid:", stuck.predict(table[:5, :-1], verbose=0).ravel().round(2))
print("what they should be:                                 ", table[:5, -1])

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_regressor(num_features):
    """Builds and compiles a network that predicts a quantity.

    num_features: F, an integer. Returns a compiled `keras.Model` with inputs of shape `(B, F)` and outputs of shape `(B, 1)`.

    - The output may be any number, negative or large: no activation on the last layer.
    - The loss is a distance between target and prediction: zero where they agree, larger the farther they are apart, for targets of any sign and size
      (mean squared error, mean absolute error, Huber, log-cosh).
    - There is at least one hidden layer with an activation: a straight line is what we want to beat.
    - It is trained by `model.fit(x, y, epochs=60, batch_size=32, verbose=0)` on our data, 322 rows, with the target as it is. By then it must be
      better than predicting the mean, so choose a learning rate to match: 0.01 with Adam is a good one.
    """
    # BEGIN SOLUTION NO PROMPT
    hidden = [layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu")]
    model = keras.Sequential([keras.Input((num_features,)), *hidden, layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
    return model
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. One or two hidden layers, then one linear unit.
    # 2. Compile it with an optimizer and a loss for quantities.
    raise NotImplementedError("build_regressor is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which activation lets every number through?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Take the classifier of question 5 and change the output and the loss. Two hidden layers of 64 and 32 units do well here.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `layers.Dense(1)`, `"mse"`, `"mae"`, `keras.optimizers.Adam(0.01)`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The output is one unbounded number for each row, and no straight line."
failure_message: "Expected: one number of any sign and size for each row, from a network that is no straight line."
""" # END TEST CONFIG


def test_unbounded(build_regressor):
    import keras
    import numpy as np

    model = build_regressor(3)
    assert isinstance(model, keras.Model), f"expected a keras.Model, got {type(model)}: is it returned?"
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    got = np.asarray(model(100 * rng.normal(size=(200, 3)).astype("float32")))
    assert got.shape == (200, 1), f"expected the shape (200, 1) for 200 rows, got {got.shape}"
    assert got.min() < -5 and got.max() > 5, f"with large inputs the outputs stay from {got.min():.3g} to {got.max():.3g}: is there an activation on the last layer?"
    x = 3 * rng.normal(size=(30, 3)).astype("float32")
    bend = np.abs(np.asarray(model(x)) + np.asarray(model(-x)) - 2 * np.asarray(model(0 * x))).max()
    assert bend > 0.01, "the network is one straight line: does a hidden layer have an activation?"


# %%
""" # BEGIN TEST CONFIG
success_message: "The loss is a distance."
failure_message: "Expected: a loss that is zero where prediction and target agree, and grows with their distance."
""" # END TEST CONFIG


def test_loss_is_a_distance(build_regressor):
    import numpy as np

    model = build_regressor(3)
    assert model.compiled and model.loss is not None, "the model is not compiled, or compile was given no loss"
    target = np.float32([[-40], [7], [210]])
    loss = [float(model.compute_loss(y=target, y_pred=target + np.float32(shift))) for shift in (0, 5, 30, -30)]
    assert abs(loss[0]) < 1e-6, f"the loss of a perfect prediction: expected 0, got {loss[0]:.4g}: is it a loss for classes?"
    assert loss[1] < loss[2] and 0 < loss[3], f"the loss must grow with the distance; for distances 0, 5, 30 and -30 it is {loss}"
    assert abs(loss[2] - loss[3]) < 0.05 * loss[2], f"30 too high and 30 too low are equally far off; the losses are {loss[2]:.4g} and {loss[3]:.4g}: does it measure a distance, for negative targets too?"


# %%
""" # BEGIN TEST CONFIG
success_message: "It learns from the training files, and predicts the held-out patients better than their mean does."
failure_message: "Expected: a held-out error well below that of predicting the mean."
""" # END TEST CONFIG


def test_learns(build_regressor):
    import keras
    import numpy as np

    read = lambda name: np.loadtxt(f"data/diabetes_{name}.csv", delimiter=",", skiprows=1).astype("float32")
    train, held_out = np.concatenate([read(name) for name in (1, 2, 3)]), read("held_out")
    keras.utils.set_random_seed(1)
    model = build_regressor(10)
    model.fit(train[:, :10], train[:, 10], epochs=60, batch_size=32, verbose=0)
    of_mean = np.abs(train[:, 10].mean() - held_out[:, 10]).mean()
    got = np.abs(np.asarray(model(held_out[:, :10])).ravel() - held_out[:, 10]).mean()
    assert got < 0.9 * of_mean, f"after 60 epochs expected an error well below {of_mean:.1f}, that of the mean, got {got:.1f}: are the learning rate and the number of units high enough?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Put together
#
# Now questions 1, 4 and 6 on real data: batches from the files by your generator, your network, and beside it the best straight line (*linear least squares*). The
# mean absolute error is in the target's own unit: how far off is the prediction, for patients that neither has seen? With so few rows to learn from, expect the network and the
# line to be close. In the picture, a prediction on the black line is right.

# %% tags=["demo"]
with picture("the last of count_parameters, row_batches and build_regressor"):
    held_out = np.loadtxt(HELD_OUT_FILE, delimiter=",", skiprows=1).astype("float32")
    train = np.concatenate([np.loadtxt(path, delimiter=",", skiprows=1) for path in TRAINING_FILES]).astype("float32")
    with_one = lambda x: np.column_stack([x, np.ones(len(x))])
    line = np.linalg.lstsq(with_one(train[:, :-1]), train[:, -1], rcond=None)[0]
    keras.utils.set_random_seed(1)
    regressor = build_regressor(10)
    print("parameters of layers of 64, 32 and 1 units, by your formula:", count_parameters(10, [64, 32, 1]), " rows to learn from:", len(train))
    regressor.fit(row_batches(TRAINING_FILES, 23), steps_per_epoch=14, epochs=60, verbose=0)
    predicted = regressor.predict(held_out[:, :-1], verbose=0).ravel()
    by_line = with_one(held_out[:, :-1]) @ line
    for name, guess in [("the mean of the training data", train[:, -1].mean()), ("a straight line", by_line), ("your network", predicted)]:
        print(f"mean absolute error of {name:30} {np.abs(guess - held_out[:, -1]).mean():5.1f}")
    plt.figure(figsize=(4.2, 4))
    plt.scatter(held_out[:, -1], predicted, s=14, alpha=0.7)
    plt.plot([25, 346], [25, 346], color="black")
    plt.xlabel("true progression")
    plt.ylabel("predicted")

# %% [markdown]
# **A knob to turn.** Change the 60 epochs above to 400 and run the cell again. What happens to the error on held-out patients, and what would you see on the training rows?
#
# ## What you can do now
#
# You can say how many parameters a network has before you build it, compute a softmax that never overflows, measure where a gradient dies, feed `fit` from any pile of files, and choose
# output and loss for a class or a quantity.
#
# **Three things to try.** Draw the norms of question 3 for `"selu"` with `kernel_initializer="lecun_normal"`. Give `row_batches` a fourth file of a single row. Train the XOR network
# with two hidden units from twenty seeds and count how often it gets stuck.
#
# **What the hidden tests look at.** The same conventions as in the docstrings, on other numbers: empty and very long chains; arrays of one to three axes with huge logits; the size of the norms over several
# seeds, for other depths, widths and activations; files shorter than a batch, batches larger than all files, open files; XOR from several seeds; the output's range, how
# the loss grows and what the regressor learns.
#
# **To hand in**: save this notebook (`keras_basics.ipynb`) and upload it.
