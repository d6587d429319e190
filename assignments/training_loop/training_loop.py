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
# name: training_loop
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # Training loops of your own
#
# ![Left: the loss of a linear model falls over 30 epochs to the least-squares limit. Middle: bars for the ten digits; without weights almost none of the rare digits 8 and 9 are read correctly, with balanced weights most are. Right: a validation loss that falls and then rises, with marks where training stopped and at the best epoch before.](data/cover.png)
#
# `model.fit(…)` is one line. At the end of this notebook you know what happens inside it, because you will have written every part yourself:
# the loop, the loss, the weights of the examples, the training step, the evaluation step, and the callback that ends it all in
# time. Each of them is a place where you can do what `fit` alone cannot.
#
# **You need** NumPy, the functional API, and an idea of what a gradient is. **It takes** about 75 minutes. Nothing here needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `sgd_numpy`: the whole loop by hand, for a linear model | 20 |
# | 2 | `huber`: a loss that keeps the examples apart | 15 |
# | 3 | `balanced_weights`: rare classes count as much as common ones | 10 |
# | 4 | `CustomModel.train_step`: what `fit` does with a batch | 30 |
# | 5 | `CustomModel.test_step`: what `evaluate` does with a batch | 10 |
# | 6 | `EarlyStopper`: a callback that stops in time and goes back to the best weights | 15 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it. Each question can be solved even if an
# earlier one is not right yet; only pictures use earlier answers, and say so.

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
    if Path("training_loop").is_dir():
        os.chdir("training_loop")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("training_loop").is_dir():
            os.chdir("training_loop")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("training_loop.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("training_loop.ipynb")

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
# Two sets of data. The first: 442 diabetes patients with ten measurements each (age, sex, body mass index, blood pressure and six blood values), and how
# far the disease went on within a year. All are *standardised*: shifted and scaled so that over the 300 training patients each has mean 0 and
# standard deviation 1. The other 142 patients are *held out*: no training sees them.

# %%
with np.load("data/diabetes.npz") as diabetes:
    names, measurements, progression = (diabetes[key] for key in ("names", "measurements", "progression"))


def standardised(values, count=300):
    """The values, so that the first `count` rows have mean 0 and standard deviation 1 in each column."""
    return (values - values[:count].mean(axis=0)) / values[:count].std(axis=0)


patients, held_out_patients = np.split(standardised(measurements), [300])
outcomes, held_out_outcomes = np.split(standardised(progression), [300])
print("training:", patients.shape, outcomes.shape, " held out:", held_out_patients.shape, held_out_outcomes.shape)

# %% tags=["demo"]
print("five patients as measured:", *names, "→ progression", sep="  ")
for row, value in zip(measurements[:5], progression[:5]):
    print("  ".join(f"{number:6.1f}" for number in row), f" → {value:.0f}")

# %% [markdown]
# The second: 1,797 handwritten digits of 8 × 8 pixels with values from 0 (paper) to 1 (ink), as rows of 64 numbers. In the training set the digits **8 and 9 are rare**:
# we kept only eight examples of each, beside about a hundred of every other digit. The validation and the held-out digits are as
# people write them, all ten about equally often.

# %%
RARE = (8, 9)

with np.load("data/digits.npz") as digits:
    images = digits["images"].reshape(-1, 64).astype("float32") / 16
    labels = digits["labels"].astype("int64")

kept = np.arange(1000)
for digit in RARE:
    of_this_digit = np.flatnonzero(labels[:1000] == digit)
    kept = np.setdiff1d(kept, of_this_digit[8:])

train_images, train_labels = images[kept], labels[kept]
validation_images, validation_labels = images[1000:1300], labels[1000:1300]
held_out_images, held_out_labels = images[1300:], labels[1300:]
print("training:", train_images.shape, " validation:", validation_images.shape, " held out:", held_out_images.shape)

# %% tags=["demo"]
figure, axes = plt.subplots(1, 10, figsize=(10, 1.4), layout="constrained")
for digit, axis in enumerate(axes):
    axis.imshow(train_images[train_labels == digit][0].reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
    axis.set_title(f"{(train_labels == digit).sum()} × {digit}", fontsize=9)
    axis.axis("off")
plt.show()

# %% [markdown]
# And the beginning of a class. Leave it as it is: questions 4 and 5 go on with it, and each of them adds one method.

# %%
class CustomModel(keras.Model):
    """A model with steps of its own. Make one like any functional model: `CustomModel(inputs, outputs)`."""

    def train_step(self, data):
        raise NotImplementedError("CustomModel.train_step is not written yet")

    def test_step(self, data):
        raise NotImplementedError("CustomModel.test_step is not written yet")


# %% [raw]
# # BEGIN QUESTION
# name: sgd_numpy

# %% [markdown]
# ## 1 · The loop, by hand
#
# All training is this: take a few rows, predict, measure how wrong you are, find out which way each parameter should move, move it a little,
# take the next rows. For a linear model every part fits on a line. With $n$ rows in the batch, the loss is the mean squared error
#
# $$L = \frac1n \sum_{i=1}^{n} e_i^2, \qquad e_i = \hat y_i - y_i, \qquad \hat y_i = \sum_p X_{ip}\, w_p + b$$
#
# and its gradients, by the chain rule, are
#
# $$\frac{\partial L}{\partial w_p} = \frac2n \sum_{i=1}^{n} e_i X_{ip}, \qquad \frac{\partial L}{\partial b} = \frac2n \sum_{i=1}^{n} e_i$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $X$ | `X`: all rows; a batch is a slice of them | `(N, P)` |
# | $y$ | `y` | `(N,)` |
# | $w$, $b$ | the parameters | `(P,)` and one number |
# | $n$ | how many rows **this** batch has | at most `batch_size` |
#
# Then each parameter takes one step against its gradient: $w \leftarrow w - \eta\, \partial L/\partial w$, and likewise $b$, where
# $\eta$ is `learning_rate`. One time through all rows is an *epoch*. `N` is rarely a multiple of the batch size, so the last batch is usually short.

# %% [markdown]
# **The wrong turn** is to forget that the last batch is short, and there are two ways to do so. Divide its gradient by `batch_size`, and its few
# rows hardly count. Report the mean of the batches' means as the epoch's loss, and its few rows count too much. Here are five squared errors in batches of
# four, the last one large:

# %% tags=["demo"]
squared_errors = np.array([1.0, 1, 1, 1, 100])
print("mean over the five rows:          ", squared_errors.mean())
print("mean of the means of both batches:", np.mean([squared_errors[:4].mean(), squared_errors[4:].mean()]))

# %% [raw]
# # BEGIN SOLUTION


# %%
def sgd_numpy(X, y, epochs, batch_size, learning_rate):
    """Fits a linear model by stochastic gradient descent on the mean squared error, in NumPy.

    X: float array `(N, P)`. y: float array `(N,)`. epochs: how often to go through all rows. batch_size: rows to a step; if it
    is more than N, a step takes all rows. learning_rate: the length of a step.

    - All parameters are 0 at the start.
    - Each epoch takes the rows **in the order given**, without shuffling. Its last batch has the rows that are left.
    - For each batch: predictions and errors by the parameters as they are, both gradients from these errors, then one step of
      both parameters. The gradient is that of the mean over the rows which the batch has.
    - X and y themselves stay as they are.

    Returns `(w, b, losses)`: the weights, `(P,)`; the bias, a number; and an array or list `(epochs,)` with the loss of each epoch:
    the mean over its N rows of the squared errors, each as it was before its batch's step.

    Example: X = [[1], [2]], y = [2, 4], one epoch in one batch, learning rate 0.1. All predictions are 0, the errors -2 and -4,
    the loss 10. The gradients are -10 and -6, so the result is ([1.0], 0.6, [10.0]).
    """
    # BEGIN SOLUTION NO PROMPT
    w, b, losses = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(X), batch_size):
            rows = X[start : start + batch_size]
            errors = rows @ w + b - y[start : start + batch_size]
            total += np.sum(errors**2)
            w = w - learning_rate * 2 * rows.T @ errors / len(rows)
            b = b - learning_rate * 2 * np.mean(errors)
        losses.append(total / len(X))
    return w, b, losses
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Initialise the parameters.
    # 2. For each epoch, for each batch: take its rows of X and y,
    # 3.     predict, and take the errors (keep what the epoch's loss needs),
    # 4.     find both gradients,
    # 5.     update both parameters.
    # 6. After each epoch, note its loss.
    raise NotImplementedError("sgd_numpy is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# If `w` has moved already, which predictions does the gradient of `b` see?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# A slice that reaches beyond the end of an array is simply shorter. So take the batch first, and then ask it how many rows it has. For the epoch's loss, sum
# up squared errors over all batches, and divide once.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `range` with three arguments, `np.zeros`, the operator `@` and the transpose `.T`, `len`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "One step does what the example in the docstring says."
failure_message: "Expected: one step as in the docstring's example."
""" # END TEST CONFIG


def test_example(sgd_numpy):
    import numpy as np

    w, b, losses = sgd_numpy(np.array([[1.0], [2.0]]), np.array([2.0, 4.0]), 1, 2, 0.1)
    assert np.shape(w) == (1,), f"one column in X: expected w of shape (1,), got {np.shape(w)}"
    assert np.shape(losses) == (1,), f"one epoch: expected one loss, got an array of shape {np.shape(losses)}"
    w, b, loss = float(w[0]), np.asarray(b).item(), float(losses[0])
    causes = {-1.0: "That is uphill: step against the gradient.", 0.5: "A factor is missing: the derivative of a square has a 2.", 2.0: "That is the step of a sum: divide by the number of rows."}
    cause = "Is there a batch without rows?" if np.isnan(w) else next((why for value, why in causes.items() if np.isclose(w, value)), "")
    assert np.isclose(w, 1.0), f"expected w = [1.0], got [{w:.3f}]. {cause}"
    cause = "Did w move before the errors for b were taken?" if np.isclose(b, 0.3) else ""
    assert np.isclose(b, 0.6), f"expected b = 0.6, got {b:.3f}. {cause}"
    assert np.isclose(loss, 10.0), f"expected a loss of 10, the mean of 4 and 16, before the step; got {loss:.3f}"


# %%
""" # BEGIN TEST CONFIG
success_message: "A short last batch counts for the rows that it has."
failure_message: "Expected: a short last batch that counts for the rows that it has, no less and no more."
""" # END TEST CONFIG


def test_short_last_batch(sgd_numpy):
    import numpy as np

    w, b, losses = sgd_numpy(np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 0.0, 2.0]), 1, 2, 0.1)
    assert np.shape(losses) == (1,), f"one epoch in two batches: expected one loss, got an array of shape {np.shape(losses)}. Is that one for each batch?"
    shuffled = "Are the rows taken in the order given?"
    causes = {0.58: "Is the last batch's gradient divided by batch_size?", 0.1: "Is the last batch left out?", 0.02: shuffled, 0.64: shuffled}
    cause = next((why for value, why in causes.items() if np.isclose(w[0], value)), "")
    assert np.isclose(w[0], 1.06), f"three rows in batches of two: expected w = [1.06], got [{w[0]:.3f}]. {cause}"
    causes = {1.53: "Is that the mean of the batches' means?", 0.5: "Is the last batch left out?", 2.56: "Is that the last batch's loss?"}
    cause = next((why for value, why in causes.items() if np.isclose(losses[0], value)), "")
    assert np.isclose(losses[0], 3.56 / 3), f"squared errors 1, 0 and 2.56: expected their mean {3.56 / 3:.3f} as the epoch's loss, got {losses[0]:.3f}. {cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Many epochs find the line that the data lie on, and leave the data alone."
failure_message: "Expected: many epochs that find the line on which the data lie, and leave the data alone."
""" # END TEST CONFIG


def test_finds_the_line(sgd_numpy):
    import numpy as np

    X = np.random.default_rng(0).normal(size=(23, 3))
    y = X @ [1.0, -2.0, 0.5] + 4
    before = X.copy(), y.copy()
    w, b, losses = sgd_numpy(X, y, 200, 5, 0.05)
    assert np.array_equal(X, before[0]) and np.array_equal(y, before[1]), "X or y is not what it was before the call"
    assert np.shape(losses) == (200,), f"200 epochs: expected 200 losses, got an array of shape {np.shape(losses)}"
    assert np.allclose(w, [1, -2, 0.5], atol=1e-3), f"expected w near [1, -2, 0.5], got {np.round(w, 3)}"
    assert np.isclose(b, 4, atol=1e-3), f"expected b near 4, got {np.asarray(b).item():.3f}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The diabetes data. A formula gives the best linear model at once, so here we know the least loss that training can reach: the dotted line. Small batches
# take more steps an epoch and arrive sooner, but their steps are noisy and stay above the line. The shares above the picture are of held-out patients: there the
# slowest of the three does best. Question 6 comes back to this.

# %% tags=["demo"]
with picture("sgd_numpy"):
    with_ones = np.column_stack([patients, np.ones(len(patients))])
    best = np.linalg.lstsq(with_ones, outcomes, rcond=None)[0]
    plt.figure(figsize=(7, 3.5))
    for size, style in zip((4, 32, 300), ("-", "--", "-.")):
        w, b, losses = sgd_numpy(patients, outcomes, epochs=30, batch_size=size, learning_rate=0.02)
        plt.plot(np.arange(1, 31), losses, style, label=f"batches of {size}")
        explained = 1 - np.mean((held_out_patients @ w + b - held_out_outcomes) ** 2) / np.var(held_out_outcomes)
        print(f"batches of {size:3}: explains {explained:.0%} of the variance among held-out patients")
    plt.axhline(np.mean((with_ones @ best - outcomes) ** 2), color="black", linestyle=":", label="least squares")
    plt.xlabel("epoch")
    plt.ylabel("mean squared error")
    plt.legend()

# %% [raw]
# # BEGIN QUESTION
# name: huber

# %% [markdown]
# ## 2 · One loss for each example
#
# Squared errors let outliers rule: an error ten times as large counts a hundred times as much. The *Huber loss* is quadratic for small errors and goes on
# as a straight line for large ones, so that no single target can pull harder than $\delta$:
#
# $$h(e) = \begin{cases} \tfrac12 e^2 & |e| \le \delta \\ \delta\,\bigl(|e| - \tfrac12\delta\bigr) & |e| > \delta \end{cases}
# \qquad\qquad \ell_b = \frac1K \sum_{k=1}^{K} h(y_{bk} - \hat y_{bk})$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $y$, $\hat y$ | `y_true`, `y_pred`: `B` examples with `K` targets each | `(B, K)` |
# | $\delta$ | `delta`: where the line begins | one positive number |
# | $\ell$ | what you return: a loss for **each example** | `(B,)` |
#
# The mean over the batch is not your business: Keras takes it, after it has multiplied each example's loss by that example's weight.

# %% [markdown]
# **The wrong turn** is to take that mean yourself. The loss works, training works, and nobody notices until examples have weights: Keras can then only
# multiply one number, the mean loss, by all the weights. Below, six of forty measurements are broken, and we know which: they get weight 0. The
# same squared error twice, once for each example, once as a scalar. Which line has seen the broken measurements?

# %% tags=["demo"]
def squared_error(y_true, y_pred):
    return ops.mean(ops.square(y_true - y_pred), axis=-1)


def squared_error_as_scalar(y_true, y_pred):
    return ops.mean(ops.square(y_true - y_pred))


def fitted_line(x, y, loss, example_weights=None):
    """The slope and the height at 0 of a line that Keras fits."""
    model = keras.Sequential([keras.Input((1,)), layers.Dense(1, kernel_initializer="zeros")])
    model.compile(keras.optimizers.Adam(0.1), loss, jit_compile=False)
    model.fit(x[:, None], y[:, None], sample_weight=example_weights, batch_size=len(x), epochs=80, verbose=0)
    kernel, bias = model.get_weights()
    return kernel.item(), bias.item()


random = np.random.default_rng(0)
x = np.linspace(-1, 1, 40, dtype="float32")
y = (2 * x + 0.5 + 0.2 * random.normal(size=40)).astype("float32")
broken = random.choice(np.flatnonzero(x > 0), 6, replace=False)
y[broken] = -3
trust = np.ones(40, "float32")
trust[broken] = 0

plt.figure(figsize=(7, 4), layout="constrained")
plt.plot(x[trust == 1], y[trust == 1], "o", color="grey", markersize=4, label="weight 1")
plt.plot(x[broken], y[broken], "x", color="black", label="broken, weight 0")
for loss, style, colour in ((squared_error, "-", "#0072B2"), (squared_error_as_scalar, "--", "#D55E00")):
    slope, height = fitted_line(x, y, loss, trust)
    plt.plot(x, slope * x + height, style, color=colour, label=f"{loss.__name__}: slope {slope:.2f}")
plt.xlabel("x")
plt.ylabel("y")
plt.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
plt.show()

# %% [markdown]
# The scalar loss fits all forty: its weights have become one factor, 34/40, for all of them.

# %% [raw]
# # BEGIN SOLUTION


# %%
def huber(y_true, y_pred, delta=1.0):
    """The Huber loss of each example.

    y_true, y_pred: float tensors `(B, K)`: B examples with K targets each. delta: a positive number.

    Each target costs e²/2 where its error e = y_true - y_pred is at most delta in size, and delta · (|e| - delta/2) beyond. An example's
    loss is the mean over its K targets.

    Returns a float tensor `(B,)`: one loss for each example, **no** mean over the batch. It can be differentiated with respect to
    y_pred, and works in graph mode, where B is not known.

    Example: errors [[1, -4], [0, 6]] and delta = 2 cost [[0.5, 6], [0, 10]], so the result is [3.25, 5].
    """
    # BEGIN SOLUTION NO PROMPT
    size = ops.abs(y_true - y_pred)
    cost = ops.where(size <= delta, 0.5 * ops.square(size), delta * (size - 0.5 * delta))
    return ops.mean(cost, axis=-1)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("huber is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# A tensor holds many errors, some small and some large. Can a Python `if` decide for each of them?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Compute both branches for all errors, and then choose element by element. Then one mean, over the axis of the targets.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `ops.abs`, `ops.where`, `ops.mean` and its `axis`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "One loss for each example, as in the docstring's example."
failure_message: "Expected: one loss for each example, as in the docstring's example."
""" # END TEST CONFIG


def test_each_example(huber):
    import numpy as np
    import tensorflow as tf

    y_true = tf.constant([[1.0, 0], [3, 2]])
    y_pred = y_true - tf.constant([[1.0, -4], [0, 6]])
    loss = np.asarray(huber(y_true, y_pred, 2.0))
    cause = ""
    if loss.shape == ():
        cause = " That is one number for the whole batch: leave that mean to Keras."
    elif loss.shape == (2, 2):
        cause = " That is one number for each target: take the mean over the targets of an example."
    assert loss.shape == (2,), f"two examples: expected shape (2,), got {loss.shape}.{cause}"
    causes = {(0.25, 5): "the mean is over the examples", (6.5, 10): "that is the sum over the targets", (4.25, 9): "large errors should cost a straight line, not their square"}
    causes[4.25, 5] = "the size of an error is compared with delta, whatever its sign"
    causes[1.75, 2.5] = "the slope of the straight line is delta"
    cause = next((f" Check this: {why}." for values, why in causes.items() if np.allclose(loss, values)), "")
    assert np.allclose(loss, [3.25, 5]), f"expected [3.25, 5], got {loss}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Both branches meet at delta, for any delta."
failure_message: "Expected: two branches that meet at delta, for any delta."
""" # END TEST CONFIG


def test_both_branches(huber):
    import numpy as np
    import tensorflow as tf

    for delta in (0.5, 3.0):
        errors = np.float32([-2 * delta, -delta, -delta / 2, 0, delta / 2, delta, 2 * delta])
        got = np.asarray(huber(tf.zeros((7, 1)), tf.constant(-errors[:, None]), delta))
        expected = delta**2 * np.array([1.5, 0.5, 0.125, 0, 0.125, 0.5, 1.5])
        assert np.allclose(got, expected), f"delta = {delta}, errors {errors}: expected {expected}, got {got}"


# %%
""" # BEGIN TEST CONFIG
success_message: "With Keras, each example's weight goes to that example."
failure_message: "Expected: with Keras, each example's weight goes to that example, and gradients reach y_pred."
""" # END TEST CONFIG


def test_weights_in_keras(huber):
    import keras
    import numpy as np
    import tensorflow as tf

    model = keras.Sequential([keras.Input((2,))])
    model.compile(loss=lambda y_true, y_pred: huber(y_true, y_pred, 1.0))
    y_pred = tf.Variable([[0.5, 0], [0, 9], [0, -2]])
    with tf.GradientTape() as tape:
        loss = model.compute_loss(y=tf.zeros((3, 2)), y_pred=y_pred, sample_weight=tf.constant([2.0, 0, 1]))
    gradient = tape.gradient(loss, y_pred)
    expected = (2 * 0.0625 + 0.75) / 3
    assert np.isclose(loss, expected), f"losses 0.0625, 4.25 and 0.75 with weights 2, 0 and 1: expected (0.125 + 0 + 0.75) / 3 = {expected:.3f}, got {float(loss):.3f}"
    assert gradient is not None, "no gradient from the loss to y_pred: stay with keras.ops or tf functions all the way"
    assert np.allclose(gradient[1], 0), f"an example with weight 0 should have no gradient; yours has {np.asarray(gradient[1])}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** On the left, what an error costs. On the right, the measurements from above, but now nobody has told us which ones are broken: all weights are 1. The smaller
# `delta`, the less the broken ones pull.

# %% tags=["demo"]
with picture("huber"):
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.5), layout="constrained")
    errors = np.linspace(-3, 3, 121, dtype="float32")[:, None]
    left.plot(errors, errors**2 / 2, color="black", label="½ e²")
    right.plot(x, y, ".", color="grey")
    slope, height = fitted_line(x, y, squared_error)
    right.plot(x, slope * x + height, color="black", label=f"squared error: slope {slope:.2f}")
    for delta, style, colour in ((2.0, "--", "#D55E00"), (0.5, "-.", "#009E73"), (0.1, ":", "#0072B2")):
        left.plot(errors, huber(np.zeros_like(errors), errors, delta), style, color=colour, label=f"delta = {delta}")
        slope, height = fitted_line(x, y, functools.partial(huber, delta=delta))
        right.plot(x, slope * x + height, style, color=colour, label=f"delta = {delta}: slope {slope:.2f}")
    left.set(xlabel="error e", ylabel="loss", ylim=(0, 3))
    right.set(xlabel="x", ylabel="y", ylim=(-3.4, 4.6))
    left.legend()
    right.legend()

# %% [raw]
# # BEGIN QUESTION
# name: balanced_weights

# %% [markdown]
# ## 3 · Rare classes count
#
# In our training digits, 8 and 9 make up two in a hundred. Whoever never says 8 or 9 is right about all the rest, and a loss that
# weighs all examples alike finds that an excellent bargain. So we give the examples weights: such that every class has the **same total**, however many
# examples it has, and such that the **mean of all weights is 1**, so that the loss keeps its size and the learning rate its meaning:
#
# $$\sum_{i:\, c_i = c} w_i = \text{the same for every class } c, \qquad\qquad \frac1N \sum_{i=1}^{N} w_i = 1$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $c_i$ | `labels`: the class of each example | `(N,)` |
# | $w_i$ | what you return: the weight of each example | `(N,)` |
#
# All examples of one class have the same weight. These conditions leave one answer only: find it on paper first.

# %% [markdown]
# **The wrong turn** is to look at accuracy alone. Here is the reader who never says 8 or 9:

# %% tags=["demo"]
for name, true in (("training", train_labels), ("held-out", held_out_labels)):
    says = np.where(np.isin(true, RARE), 0, true)  # right about everything but 8 and 9
    rare = np.isin(true, RARE)
    print(f"{name} digits read correctly: {np.mean(says == true):.1%}; of those that are 8 or 9: {np.mean(says[rare] == true[rare]):.0%}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def balanced_weights(labels):
    """A weight for each example, so that all classes weigh the same.

    labels: integer array `(N,)`, the class of each example, as numbers from 0 up. The examples come in any order. Some numbers may not
    occur at all; only those that do are classes.

    Returns a float array `(N,)`, in the order of `labels`: examples of one class have equal weights, the weights of each class have the same
    sum, and all weights have mean 1.

    Example: labels [0, 0, 2, 0] give [2/3, 2/3, 2, 2/3]: two classes, each with a total of 2.
    """
    # BEGIN SOLUTION NO PROMPT
    _, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return len(labels) / (len(counts) * counts[which])
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("balanced_weights is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# `N` examples with mean weight 1: what is the total of all weights? Shared out among `K` classes, what does each class get? And each of its examples?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Count the classes that occur, and the examples in each of them. Then look up each example's count by its class.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `np.unique` with `return_inverse` and `return_counts`, or `np.bincount`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The docstring's example comes out right."
failure_message: "Expected: the weights of the docstring's example."
""" # END TEST CONFIG


def test_example(balanced_weights):
    import numpy as np

    weights = balanced_weights(np.array([0, 0, 2, 0]))
    assert np.shape(weights) == (4,), f"four examples: expected shape (4,), got {np.shape(weights)}"
    cause = ""
    if np.allclose(weights, [4 / 9, 4 / 9, 4 / 3, 4 / 9]):
        cause = "Do you count class 1, which does not occur?"
    elif not np.all(np.asarray(weights) > 0):
        cause = "Do you divide by the count of class 1, which does not occur?"
    elif np.isclose(weights[2], 3 * weights[0]):
        cause = "The balance is right, but the mean of the weights is not 1."
    assert np.allclose(weights, [2 / 3, 2 / 3, 2, 2 / 3]), f"expected [0.667, 0.667, 2, 0.667], got {np.round(weights, 3)}. {cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Every class has the same total, and the mean is 1."
failure_message: "Expected: the same total for every class, and weights with mean 1."
""" # END TEST CONFIG


def test_totals(balanced_weights):
    import numpy as np

    labels = np.random.default_rng(0).permutation(np.repeat([0, 1, 4, 5], [5, 1, 13, 2]))
    weights = np.asarray(balanced_weights(labels))
    totals = {int(c): float(weights[labels == c].sum().round(3)) for c in np.unique(labels)}
    assert np.allclose(list(totals.values()), totals[0]), f"expected equal totals, got {totals}"
    assert np.isclose(weights.mean(), 1), f"expected weights with mean 1, got {weights.mean():.3f}"
    for c in (0, 4):
        assert np.ptp(weights[labels == c]) < 1e-6, f"examples of one class should weigh the same; class {c} has {weights[labels == c].round(3)}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** What each digit weighs in training, without weights and with yours. In question 4 a network feels the difference.

# %% tags=["demo"]
with picture("balanced_weights"):
    totals = np.bincount(train_labels, weights=balanced_weights(train_labels), minlength=10)
    plt.figure(figsize=(7, 3), layout="constrained")
    plt.bar(np.arange(10) - 0.2, np.bincount(train_labels, minlength=10), 0.4, color="#D55E00", hatch="//", label="all weights 1")
    plt.bar(np.arange(10) + 0.2, totals, 0.4, color="#0072B2", label="balanced")
    plt.xticks(range(10))
    plt.xlabel("digit")
    plt.ylabel("total weight")
    plt.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)

# %% [raw]
# # BEGIN QUESTION
# name: train_step

# %% [markdown]
# ## 4 · What `fit` does with a batch
#
# `fit` goes through epochs and batches, as your loop did, and hands each batch to `model.train_step(data)`. Everything that question 1 did for a linear model happens there
# for any model: forward, loss, gradient, update. Write it, and you may change any part of it: several networks, several losses, other gradients. Here you
# write the plain one, and it must do exactly what Keras' own does, so that we can compare.
#
# $$L = \frac1B \sum_{b=1}^{B} w_b\, \ell_b + R, \qquad\qquad \theta \leftarrow \text{optimizer}\bigl(\theta,\ \partial L / \partial\theta\bigr)$$
#
# | symbol | in code | what it is |
# |---|---|---|
# | $w_b$ | `sample_weight`, `(B,)` | the examples' weights; all 1 where `data` has none |
# | $\ell_b$ | the loss given to `compile` | one loss for each example, as in question 2 |
# | $R$ | | what the layers add to the loss, such as the penalties of regularizers |
# | $L$ | `self.compute_loss(x=…, y=…, y_pred=…, sample_weight=…)` | the whole formula, ready-made |
# | $\theta$ | `self.trainable_weights` | what may move |
# | | `self.optimizer` | moves it |
# | | `self.metrics` | what `fit` prints: a running mean named `"loss"`, and (if `compile` was given metrics) one object that stands for all of them |
# | | `self.compute_metrics(x, y, y_pred, sample_weight)` | updates the metrics given to `compile`, but not the loss; returns the results of all `self.metrics` |
#
# `fit` sets `self.metrics` back at the start of each epoch, and prints what they say at its end. What they do in between is up to your step: it must update them, the one named
# `"loss"` too. As in question 1, an epoch's loss is a mean over **rows**: a batch's loss counts once for each of its rows. `update_state` of a running mean takes a `sample_weight` for that;
# there it is one number, and has nothing to do with the weights of the examples.

# %% [markdown]
# **Three wrong turns**, the first two shown below. What happens after the tape has closed, the tape has not seen: no gradient. A model that is called without `training=True` is *used*, not trained: no dropout, and batch
# normalization learns nothing about the data, which shows only when you evaluate. And some batches have three parts: the third is `sample_weight`.

# %% tags=["demo"]
number = tf.Variable(3.0)
with tf.GradientTape() as tape:
    square = number**2
cube = number**3
print("gradient of what the tape saw: ", tape.gradient(square, number).numpy())
with tf.GradientTape() as tape:
    square = number**2
cube = number**3
print("gradient of what came later:   ", tape.gradient(cube, number))

normalization = layers.BatchNormalization(momentum=0.5)
tens = np.full((4, 1), 10, "float32")
normalization(tens)
print("the mean that batch normalization knows of, when used:    ", normalization.moving_mean.numpy()[0])
normalization(tens, training=True)
print("the mean that batch normalization knows of, when training:", normalization.moving_mean.numpy()[0])

# %% [markdown]
# `class CustomModel(CustomModel):` goes on with a class: the new one inherits all that the old one has, and takes over its name. You can run
# such a cell as often as you like. Keras' own step is no help here: `super().train_step` raises.

# %% [raw]
# # BEGIN SOLUTION


# %%
class CustomModel(CustomModel):
    """A model that trains by a step of its own."""

    def train_step(self, data):
        """Trains on one batch, exactly as Keras' own step does.

        data: `(x, y)` or `(x, y, sample_weight)`: inputs `(B, …)`, targets `(B, …)` and weights `(B,)`, tensors. B may
        differ from batch to batch, and be unknown in graph mode. The model has one output.

        - One forward pass, with `training=True`.
        - The loss given to `compile`, with the sample weights, plus what layers add (`self.compute_loss` does all of it).
        - One update of all trainable weights by `self.optimizer`; frozen ones stay.
        - All of `self.metrics` are updated: the loss, as a running mean over the rows of the epoch so far; the metrics given to `compile`,
          from these same predictions. Those of `weighted_metrics` take the sample weights into account.

        Returns a dict with the results of all metrics by name, `"loss"` among them. A dict within the dict is fine: `fit` flattens it.

        Example: the first two batches of an epoch have 4 rows with a loss of 1 and 1 row with a loss of 6. The first call returns
        a `"loss"` of 1, the second one of (4 · 1 + 1 · 6) / 5 = 2.
        """
        # BEGIN SOLUTION NO PROMPT
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight)
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply(gradients, self.trainable_weights)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=ops.shape(x)[0])
        return self.compute_metrics(x, y, y_pred, sample_weight)
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. Take data apart: two parts or three.
        # 2. Under a tf.GradientTape: predictions as in training, and the loss.
        # 3. The gradients of the loss; let self.optimizer apply them.
        # 4. Update every metric: the one named "loss" with the loss, the others with targets, predictions and weights.
        # 5. Return their results by name.
        raise NotImplementedError("CustomModel.train_step is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which lines does the tape have to see, so that it knows how the loss depends on the weights? Which need it not see?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# `None` for the weights means that there are none, to `compute_loss` and to the metrics alike. Go through `self.metrics` and find the one with the right `name`. The number of
# rows of a batch whose length is not known yet has to be asked for while the graph runs.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.utils.unpack_x_y_sample_weight`, `tape.gradient`, `self.optimizer.apply`, `metric.update_state`, `self.compute_metrics`, `ops.shape`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "One step of plain gradient descent moves the weights to the right place, with and without sample weights."
failure_message: "Expected: one step that moves the weights against the gradient of the weighted loss."
""" # END TEST CONFIG


def test_one_step(CustomModel):
    from unittest import mock

    import keras
    import numpy as np
    import tensorflow as tf

    x, y = tf.constant([[1.0, 0], [0, 2], [1, 1]]), tf.constant([[3.0], [1], [-2]])
    for weights in (None, [2.0, 0, 1]):
        errors = -np.asarray(y)[:, 0] * (1 if weights is None else np.array(weights))
        expected = -0.5 * 2 / 3 * np.asarray(x).T @ errors
        inputs = keras.Input((2,))
        model = CustomModel(inputs, keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")(inputs))
        model.compile(keras.optimizers.SGD(0.5), "mse")
        data = (x, y) if weights is None else (x, y, tf.constant(weights))
        # Keras' own step is switched off here, as it is in the hidden tests: yours has to do the work.
        with mock.patch.object(keras.Model, "train_step", side_effect=NotImplementedError("CustomModel.train_step is not written yet")):
            model.train_step(data)
        got = model.get_weights()[0][:, 0]
        cause = "The weights have not moved: was there an update?" if np.allclose(got, 0) else ""
        if weights is not None and np.allclose(got, [1 / 3, 0], atol=1e-3):
            cause = "That is the step without the sample weights."
        what = "without sample weights" if weights is None else f"with sample weights {weights}"
        assert np.allclose(got, expected, atol=1e-4), f"one step from 0 {what}: expected the kernel {expected.round(3)}, got {got.round(3)}. {cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The forward pass is one of training, and there is one for each step."
failure_message: "Expected: one forward pass for each step, with training=True."
""" # END TEST CONFIG


def test_forward_pass(CustomModel):
    import keras
    import numpy as np
    import tensorflow as tf

    def flat(logs):
        return {k: v for name, value in logs.items() for k, v in (flat(value) if isinstance(value, dict) else {name: float(value)}).items()}

    inputs = keras.Input((1,))
    outputs = keras.layers.BatchNormalization(momentum=0.5, name="normalization")(inputs)
    model = CustomModel(inputs, keras.layers.Dense(1, kernel_initializer="ones")(outputs))
    model.compile(keras.optimizers.SGD(0.01), "mse", metrics=["mae"])
    logs = model.train_step((tf.constant([[8.0], [12]]), tf.constant([[0.0], [1]])))
    mean = float(np.asarray(model.get_layer("normalization").moving_mean)[0])
    cause = {0.0: "Was the model called with training=True?", 7.5: "Was the model called twice?"}.get(round(mean, 3), "")
    assert np.isclose(mean, 5), f"batch normalization should have moved from 0 half the way to the batch's mean 10, and stands at {mean:.2f}. {cause}"
    mae = flat(logs).get("mae", 0.5) if isinstance(logs, dict) else 0.5  # where it is missing, the next check says so
    assert np.isclose(mae, 0.5, atol=1e-2), f"predictions -1 and 1 for targets 0 and 1: expected mae = 0.5, got {mae:.3f}. Do the metrics see the predictions of that one pass?"


# %%
""" # BEGIN TEST CONFIG
success_message: "The returned loss and metrics are means over the rows of the epoch so far."
failure_message: "Expected: a returned loss and metrics that are means over the rows of the epoch so far."
""" # END TEST CONFIG


def test_logs(CustomModel):
    import keras
    import numpy as np
    import tensorflow as tf

    def flat(logs):
        return {k: v for name, value in logs.items() for k, v in (flat(value) if isinstance(value, dict) else {name: float(value)}).items()}

    inputs = keras.Input((2,))
    model = CustomModel(inputs, keras.layers.Dense(1, kernel_initializer="zeros")(inputs))
    model.compile(keras.optimizers.SGD(0.0), "mse", metrics=["mae"], weighted_metrics=[keras.metrics.MeanAbsoluteError(name="weighted_mae")])
    first = model.train_step((tf.ones((4, 2)), tf.ones((4, 1)), tf.constant([1.0, 1, 0, 0])))
    assert isinstance(first, dict), f"expected a dict of results by name, got {type(first).__name__}"
    second = flat(model.train_step((tf.ones((1, 2)), tf.constant([[3.0]]), tf.constant([2.0]))))
    missing = {"loss", "mae", "weighted_mae"} - set(second)
    assert not missing, f"the returned dict lacks {sorted(missing)}; it has {sorted(second)}"
    causes = {9.25: "Does each batch count once for each of its rows, whatever their weights?", 2.6: "Is that a loss without the sample weights?"}
    causes |= {18.0: "Is that the last batch alone?", 0.0: "Was the metric named loss updated?"}
    loss, cause = second["loss"], causes.get(round(second["loss"], 3), "")
    assert np.isclose(loss, 4, atol=1e-3), f"4 rows with a loss of 0.5, then 1 row with 18: expected (4 · 0.5 + 1 · 18) / 5 = 4, got {loss:.3f}. {cause}"
    assert np.isclose(second["mae"], 1.4, atol=1e-3), f"absolute errors 1, 1, 1, 1 and 3: expected mae = 1.4, got {second['mae']:.3f}"
    assert np.isclose(second["weighted_mae"], 2, atol=1e-3), (
        f"absolute errors 1, 1, 1, 1 and 3 with weights 1, 1, 0, 0 and 2: expected weighted_mae = 2, got {second['weighted_mae']:.3f}"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "After two epochs of fit, weights and losses are those of Keras' own loop."
failure_message: "Expected: after two epochs of fit, the weights and losses of Keras' own loop."
""" # END TEST CONFIG


def test_like_keras(CustomModel):
    import keras
    import numpy as np

    random = np.random.default_rng(0)
    x, y, weights = random.normal(size=(10, 3)).astype("float32"), random.normal(size=(10, 1)).astype("float32"), random.uniform(size=10).astype("float32")
    found, start = [], None
    for kind in (keras.Model, CustomModel):
        inputs = keras.Input((3,))
        hidden = keras.layers.Dropout(0.3, seed=1)(keras.layers.Dense(5, "tanh", kernel_regularizer="l2")(inputs))
        model = kind(inputs, keras.layers.Dense(1)(hidden))
        start = start or model.get_weights()
        model.set_weights(start)
        model.compile(keras.optimizers.Adam(0.05), "mse", jit_compile=False)
        history = model.fit(x, y, sample_weight=weights, batch_size=4, epochs=2, shuffle=False, verbose=0).history
        found.append((model.get_weights(), np.round(history["loss"], 3)))
    apart = max(np.abs(a - b).max() for a, b in zip(found[0][0], found[1][0]))
    assert apart < 1e-4, f"from the same start, the weights are up to {apart:.4f} apart: is every part of the loss there, and every weight updated once, by self.optimizer?"
    cause = "fit prints what self.metrics says: is the metric named loss in there, and updated?"
    if np.any(found[1][1]):
        cause = "does each batch count for its rows in graph mode too, where x.shape[0] is None and ops.shape(x)[0] is not?"
    assert np.allclose(found[0][1], found[1][1], atol=2e-3), f"expected the losses {found[0][1]} in two epochs, fit has {found[1][1]}: {cause}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The digits, twice from the same weights: Keras' own loop, and yours. The lines should lie on each other. And then once more with `balanced_weights` (question 3): how many of the
# held-out digits of each kind does the network read correctly?

# %% tags=["demo"]
def new_network(kind):
    """A small network with everything that a step has to treat rightly, always with the same weights at the start."""
    keras.utils.set_random_seed(7)
    inputs = keras.Input((64,))
    hidden = layers.Dropout(0.5, seed=1)(layers.BatchNormalization(momentum=0.9)(layers.Dense(32, "relu")(inputs)))
    model = kind(inputs, layers.Dense(10)(hidden))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(3e-3), loss, metrics=["accuracy"], jit_compile=False)
    return model


def share_read(model):
    """Which share of the held-out digits of each kind, `(10,)`, the model reads correctly."""
    answers = ops.argmax(model(held_out_images), axis=-1)
    return np.array([np.mean(answers[held_out_labels == digit] == digit) for digit in range(10)])


def compare_digits(**shares):
    """Bars side by side: for each name the shares of the ten digits."""
    plt.figure(figsize=(7, 3), layout="constrained")
    for place, (name, share) in enumerate(shares.items()):
        colour, hatch = (("#D55E00", "//"), ("#0072B2", ""))[place]
        plt.bar(np.arange(10) - 0.2 + 0.4 * place, share, 0.4, color=colour, hatch=hatch, label=name.replace("_", " "))
    plt.xticks(range(10))
    plt.xlabel("digit")
    plt.ylabel("share read correctly")
    plt.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)


with picture("CustomModel.train_step"):
    keras_own, yours = new_network(keras.Model), new_network(CustomModel)
    plt.figure(figsize=(7, 3))
    for model, style, name in ((keras_own, "-", "Keras' own"), (yours, ":", "yours")):
        history = model.fit(train_images, train_labels, batch_size=64, epochs=15, shuffle=False, verbose=0).history
        plt.plot(np.arange(1, 16), history["loss"], style, linewidth=3, label=name)
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()

with picture("CustomModel.train_step, with balanced_weights,"):
    balanced = new_network(CustomModel)
    balanced.fit(train_images, train_labels, sample_weight=balanced_weights(train_labels), batch_size=64, epochs=15, shuffle=False, verbose=0)
    compare_digits(all_weights_1=share_read(yours), balanced=share_read(balanced))

# %% [raw]
# # BEGIN QUESTION
# name: test_step

# %% [markdown]
# ## 5 · What `evaluate` does with a batch
#
# `evaluate` and the validation at the end of an epoch hand their batches to `model.test_step(data)`. It measures, and changes nothing but the metrics: a forward pass as the model
# will be used, the same loss, the same metrics. The table and the formula of question 4 hold here too, without the update.

# %% [markdown]
# **The wrong turn** is to evaluate a model in training. Dropout then goes on dropping, so that the same digits get another loss each time; batch
# normalization learns from the validation digits, which must teach nothing. Here is one row, seen three times by a layer in training and three times by
# the same layer in use:

# %% tags=["demo"]
dropout, row = layers.Dropout(0.5, seed=2), np.ones((1, 6), "float32")
for training in (True, False):
    print(f"training={training}:", *(dropout(row, training=training).numpy()[0] for _ in range(3)))

# %% [raw]
# # BEGIN SOLUTION


# %%
class CustomModel(CustomModel):
    """Goes on with question 4's class: `train_step` stays, `test_step` is new."""

    def test_step(self, data):
        """Evaluates one batch, exactly as Keras' own step does.

        data: as in `train_step`: `(x, y)` or `(x, y, sample_weight)`, with inputs `(B, …)`, targets `(B, …)` and weights `(B,)`.

        - A forward pass with `training=False`. No weight of the model changes.
        - All of `self.metrics` are updated as in `train_step`: the loss with sample weights and with what layers add, as a running mean
          over **rows**; the metrics given to `compile` from these predictions.

        Returns a dict with the results of all metrics by name, `"loss"` among them.

        Example: `model.evaluate(x, y, batch_size=4)` on five rows calls it twice, with 4 rows and with 1. If the first have a loss of 1 and the
        last one of 6, `evaluate` reports 2.
        """
        # BEGIN SOLUTION NO PROMPT
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        y_pred = self(x, training=False)
        loss = self.compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=ops.shape(x)[0])
        return self.compute_metrics(x, y, y_pred, sample_weight)
        # END SOLUTION
        """ # BEGIN PROMPT
        raise NotImplementedError("CustomModel.test_step is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which of the five steps of question 4 change the model? What is left?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Nothing here needs a gradient. Everything about the metrics stays as it was.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# Those of question 4.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The forward pass is one of use, and nothing in the model changes."
failure_message: "Expected: a forward pass as in use, and a model that stays as it is."
""" # END TEST CONFIG


def test_changes_nothing(CustomModel):
    from unittest import mock

    import keras
    import numpy as np
    import tensorflow as tf

    inputs = keras.Input((2,))
    hidden = keras.layers.Dropout(0.5, seed=1)(keras.layers.BatchNormalization()(inputs))
    model = CustomModel(inputs, keras.layers.Dense(1, kernel_initializer="ones")(hidden))
    model.compile(keras.optimizers.SGD(0.1), "mse")
    before = model.get_weights()
    x = tf.constant([[1.0, 2], [3, 4], [0, 5]])
    with mock.patch.object(keras.Model, "test_step", side_effect=NotImplementedError("CustomModel.test_step is not written yet")):
        logs = model.test_step((x, model(x) + 3))
    moved = [w.path for w, a, b in zip(model.weights, before, model.get_weights()) if not np.array_equal(a, b)]
    assert not moved, f"evaluation has changed {moved}: is it called with training=False, and without an update?"
    assert isinstance(logs, dict) and "loss" in logs, f"expected a dict with the key 'loss', got {logs}"
    assert np.isclose(logs["loss"], 9, atol=1e-3), f"all three errors are 3: expected a loss of 9, got {float(logs['loss']):.3f}. Does dropout go on?"


# %%
""" # BEGIN TEST CONFIG
success_message: "evaluate reports what Keras' own step does, with sample weights and a short last batch."
failure_message: "Expected: from evaluate what Keras' own step reports, with sample weights and a short last batch."
""" # END TEST CONFIG


def test_like_keras(CustomModel):
    import keras
    import numpy as np

    assert CustomModel.train_step is not keras.Model.train_step, "train_step of question 4 is lost: begin with class CustomModel(CustomModel)"
    random = np.random.default_rng(0)
    x, y, weights = random.normal(size=(10, 3)).astype("float32"), random.normal(size=(10, 1)).astype("float32"), random.uniform(size=10).astype("float32")
    reports, start = [], None
    for kind in (keras.Model, CustomModel):
        inputs = keras.Input((3,))
        hidden = keras.layers.Dropout(0.3)(keras.layers.Dense(5, "tanh", kernel_regularizer="l2")(inputs))
        model = kind(inputs, keras.layers.Dense(1)(hidden))
        start = start or model.get_weights()
        model.set_weights(start)
        model.compile(loss="mse", metrics=["mae"], weighted_metrics=[keras.metrics.MeanAbsoluteError(name="weighted_mae")], jit_compile=False)
        reports.append(model.evaluate(x, y, sample_weight=weights, batch_size=4, return_dict=True, verbose=0))
    for name, expected in reports[0].items():
        assert name in reports[1], f"evaluate reports no {name}; it reports {sorted(reports[1])}"
        cause = "Do the metrics get the predictions of this pass, and the sample weights?"
        if name == "loss":
            cause = "Are sample weights and penalties in it, and does each batch count for its rows (in graph mode x.shape[0] is None, ops.shape(x)[0] is not)?"
        if reports[1][name] == 0:
            cause = f"Was the metric named {name} updated?"
        assert np.isclose(reports[1][name], expected, atol=1e-4), f"expected {name} = {expected:.4f}, got {reports[1][name]:.4f}. {cause}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Training and validation by your own two steps. For validation we take the eight common digits first: their loss is **below** the training loss from the start. You know two reasons now: dropout is off
# in validation, and the training loss is a mean over an epoch during which the network was still worse than at its end. The two rare digits, evaluated apart, tell another story.

# %% tags=["demo"]
with picture("CustomModel.test_step, with train_step,"):
    rare = np.isin(validation_labels, RARE)
    common_digits, rare_digits = ((validation_images[which], validation_labels[which]) for which in (~rare, rare))
    model = new_network(CustomModel)
    history = model.fit(train_images, train_labels, batch_size=64, epochs=15, validation_data=common_digits, verbose=0).history
    for name, digits in (("0 to 7", common_digits), ("8 and 9", rare_digits)):
        report = model.evaluate(*digits, return_dict=True, verbose=0)
        print(f"validation digits {name:7}: loss {report['loss']:.2f}, read correctly {report['accuracy']:.0%}")
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3), layout="constrained")
    for axis, name in ((left, "loss"), (right, "accuracy")):
        axis.plot(np.arange(1, 16), history[name], "-", label="training")
        axis.plot(np.arange(1, 16), history[f"val_{name}"], "--", label="validation, 0 to 7")
        axis.set(xlabel="epoch", ylabel=name)
        axis.legend()

# %% [raw]
# # BEGIN QUESTION
# name: early_stopper

# %% [markdown]
# ## 6 · Stop in time
#
# Train long enough, and a network learns its training set by heart: the validation loss falls, turns, and rises. *Early stopping* watches it, keeps a copy of the weights from
# the best epoch so far, and gives up when it has waited `patience` epochs for a better one. A *callback* is where `fit` lets you do such things: it calls
# `on_train_begin(logs)` once, `on_epoch_end(epoch, logs)` after each epoch, validation included, and `on_train_end(logs)` once. `self.model` is the model, and `logs` holds the epoch's results. Once
# the model's attribute `stop_training` is true, training ends after the epoch.
#
# With `patience=2`:
#
# | epoch | 1 | 2 | 3 | 4 | 5 | 6 |
# |---|---|---|---|---|---|---|
# | `logs["val_loss"]` | 0.9 | 0.7 | 0.8 | 0.6 | 0.65 | 0.6 |
# | best so far | **0.9** | **0.7** | 0.7 | **0.6** | 0.6 | 0.6 |
# | epochs without a better one | 0 | 0 | 1 | 0 | 1 | 2: stop |
#
# Training stops after epoch 6, and the model gets the weights back that it had at the end of epoch 4. Epoch 6 was as good as epoch 4, and that
# is not better. A loss that is *nan*, not a number, is not better either: such an epoch counts as waiting, and the best so far stays what it was.

# %% [markdown]
# **Two wrong turns**, shown below. `kept = model.weights` keeps no copy: the list holds the model's own variables, which go on changing as it trains. And a model's
# trainable weights are not all of it: batch normalization keeps a mean and a variance that no gradient moves.

# %% tags=["demo"]
model = keras.Sequential([keras.Input((1,)), layers.BatchNormalization(), layers.Dense(1, use_bias=False)])
kernel = model.weights[-1]
kernel.assign([[1.0]])
kept = model.weights
kernel.assign([[2.0]])
print("kept was 1, and now is", kept[-1].numpy().item())
print("trainable:    ", [w.name for w in model.trainable_weights])
print("not trainable:", [w.name for w in model.non_trainable_weights])

# %% [raw]
# # BEGIN SOLUTION


# %%
class EarlyStopper(keras.callbacks.Callback):
    """Stops training when the validation loss has not improved for `patience` epochs, and restores the best weights.

    patience: a whole number from 1 up. Used as `model.fit(…, validation_data=…, callbacks=[EarlyStopper(patience)])`.

    - It watches `logs["val_loss"]`, one number after each epoch. An epoch is an improvement if that number is **lower** than after
      every epoch before; an equal one is none, and neither is nan.
    - After `patience` epochs in a row without improvement, it stops training.
    - When training ends, stopped or not, the model has **all** the weights (of whatever shape, trainable or not) that it had at the
      end of the best epoch.
    - Each call of `fit` begins anew: what an earlier one saw does not count.

    Example: validation losses 0.9, 0.7, 0.8, 0.6, 0.65, 0.6 and patience 2 stop training after the sixth epoch, with the fourth
    epoch's weights.
    """

    def __init__(self, patience):
        super().__init__()
        self.patience = patience

    # BEGIN SOLUTION NO PROMPT
    def on_train_begin(self, logs=None):
        self.best, self.best_weights, self.waited = np.inf, None, 0

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.best:
            self.best, self.best_weights, self.waited = logs["val_loss"], self.model.get_weights(), 0
        else:
            self.waited += 1
        if self.waited >= self.patience:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)

    # END SOLUTION
    """ # BEGIN PROMPT
    def on_train_begin(self, logs=None):
        raise NotImplementedError("EarlyStopper is not written yet")

    def on_epoch_end(self, epoch, logs=None):
        raise NotImplementedError("EarlyStopper is not written yet")

    def on_train_end(self, logs=None):
        raise NotImplementedError("EarlyStopper is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What has to be remembered from one epoch to the next? Three things. What are they before the first epoch, and which of the three methods should set them?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Ask whether the new loss is lower, and treat everything else as no improvement: nan is neither lower nor higher than anything. A model can give you a copy of all its weights as arrays,
# and take them back.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `np.inf`, `model.get_weights`, `model.set_weights`, `model.stop_training`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It stops when the docstring's example stops, and nan is no improvement."
failure_message: "Expected: training that stops after the sixth epoch of the docstring's example, and after as many epochs of nan as patience says."
""" # END TEST CONFIG


def test_stops(EarlyStopper):
    import keras

    nan = float("nan")
    causes = {8: "Is epoch 6, no better than epoch 4, taken for an improvement, or is the model's stop_training never set?", 7: "Is that one epoch too many?"}
    causes |= {5: "Do epochs 3 and 5 count together?", 3: "Is that one epoch too few, or is it the training loss that you watch?"}
    causes |= {2: "The first epoch is the best so far, whatever its loss."}
    causes_of_nan = {6: "Is nan taken for an improvement?", 1: "Does nan stop training at once?", 2: "Does nan stop training at once?"}
    after_nan = dict.fromkeys((2, 3, 4, 5), "After nan, is the best so far what it was before?")
    for losses, end, why in (
        ((0.9, 0.7, 0.8, 0.6, 0.65, 0.6, 0.7, 0.5), 6, causes),
        ((0.9, nan, nan, 0.8, 0.7, 0.6), 3, causes_of_nan),
        ((0.9, nan, 0.8, nan, 0.7, 0.6), 6, after_nan),
    ):
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        callbacks = keras.callbacks.CallbackList([EarlyStopper(2)], model=model)
        model.stop_training = False
        callbacks.on_train_begin()
        epochs = 0
        while epochs < len(losses) and not model.stop_training:
            callbacks.on_epoch_begin(epochs)
            callbacks.on_epoch_end(epochs, {"loss": 1.0, "val_loss": losses[epochs]})
            epochs += 1
        assert epochs == end, f"losses {losses} and patience 2: expected the end after epoch {end}, got it after epoch {epochs}. {why.get(epochs, '')}"


# %%
""" # BEGIN TEST CONFIG
success_message: "All weights of the best epoch come back, whether training was stopped or not."
failure_message: "Expected: all weights of the best epoch, whether training was stopped or not."
""" # END TEST CONFIG


def test_restores(EarlyStopper):
    import keras
    import numpy as np

    for losses, best in (((5.0, 3.0, 4.0, 6.0, 7.0), 2), ((5.0, 3.0, 4.0), 2), ((5.0, 4.0, 3.0), 3)):
        model = keras.Sequential([keras.Input((1,)), keras.layers.BatchNormalization(), keras.layers.Dense(1)])
        callbacks = keras.callbacks.CallbackList([EarlyStopper(3)], model=model)
        model.stop_training = False
        callbacks.on_train_begin()
        for epoch, loss in enumerate(losses):
            callbacks.on_epoch_begin(epoch)
            model.set_weights([np.full(w.shape, epoch + 1.0) for w in model.weights])  # training: each weight is the epoch's number
            callbacks.on_epoch_end(epoch, {"loss": 1.0, "val_loss": loss})
        callbacks.on_train_end()
        got = [float(np.ravel(w)[0]) for w in model.get_weights()]
        cause = ""
        if set(got) == {float(len(losses))}:
            cause = "Those are of the last epoch: is what you keep a copy, and does it come back?"
            if not model.stop_training:
                cause = "Those are of the last epoch: does a training that was not stopped get the best weights back, too?"
        if len(set(got)) > 1:
            cause = "Some weights are of one epoch, some of another: did you keep those that are not trainable?"
        assert set(got) == {float(best)}, f"losses {losses} and patience 3: expected all weights of epoch {best}, got those of epochs {got}. {cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "A second fit begins anew."
failure_message: "Expected: a second fit with the same object that begins anew."
""" # END TEST CONFIG


def test_begins_anew(EarlyStopper):
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    callbacks = keras.callbacks.CallbackList([EarlyStopper(2)], model=model)
    for fit, losses in enumerate(((1.0, 2.0, 3.0), (9.0, 8.0, 7.0, 6.0))):
        model.stop_training = False
        callbacks.on_train_begin()
        for epoch, loss in enumerate(losses):
            model.set_weights([np.full(w.shape, 10.0 * fit + epoch) for w in model.weights])
            callbacks.on_epoch_end(epoch, {"loss": 1.0, "val_loss": loss})
            assert fit == 0 or not model.stop_training, f"in the second fit every epoch improves, but training was stopped after epoch {epoch + 1}: set everything back in on_train_begin"
        callbacks.on_train_end()
    got = float(np.ravel(model.get_weights()[0])[0])
    assert got == 13, "after a second fit whose last epoch was its best, the model should keep that epoch's weights: set everything back at the start of each fit"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A network that is far too large for 300 patients. Once it trains for 60 epochs, once with your callback. (The held-out patients serve for validation here. They have chosen the best epoch, so
# the loss there flatters a little: for an honest number one would need patients that have chosen nothing.)

# %% tags=["demo"]
def trained_on_patients(callbacks):
    """The history of a large network on the diabetes data, and its validation loss after training."""
    keras.utils.set_random_seed(7)
    model = keras.Sequential([keras.Input((10,)), layers.Dense(64, "relu"), layers.Dense(64, "relu"), layers.Dense(1)])
    model.compile(keras.optimizers.Adam(1e-3), "mse", jit_compile=False)
    held_out = held_out_patients, held_out_outcomes[:, None]
    history = model.fit(patients, outcomes[:, None], validation_data=held_out, epochs=60, batch_size=32, callbacks=callbacks, verbose=0).history
    return history, model.evaluate(*held_out, verbose=0)


with picture("EarlyStopper"):
    stopped, loss_of_stopped = trained_on_patients([EarlyStopper(patience=6)])
    full, loss_of_full = trained_on_patients([])
    plt.figure(figsize=(7, 3.5))
    plt.plot(np.arange(1, 61), full["loss"], "--", color="grey", label="training loss")
    plt.plot(np.arange(1, 61), full["val_loss"], color="#0072B2", label="validation loss")
    epochs, best = len(stopped["val_loss"]), np.argmin(stopped["val_loss"])
    plt.plot(best + 1, stopped["val_loss"][best], "o", color="#D55E00", markersize=9, label=f"best: epoch {best + 1}")
    plt.axvline(epochs, color="black", linestyle=":", label=f"stopped after epoch {epochs}")
    plt.xlabel("epoch")
    plt.ylabel("mean squared error")
    plt.ylim(0, 1)
    plt.legend()
    print(f"validation loss: {loss_of_full:.3f} after 60 epochs, {loss_of_stopped:.3f} with EarlyStopper")

# %% [markdown]
# ## Put together: one knob
#
# All of it at once: your training step, your evaluation step, your weights and your callback, on the digits of which two are rare. Then a look at digits that nothing here has ever seen. The
# knob is `PATIENCE`.
#
# **Question to think about** (not graded): set it to 1, and then to 30. What happens to the number of epochs, and to the bars? Why may a patience of 1 end training long before the best epoch?

# %% tags=["demo"]
PATIENCE = 5

with picture("CustomModel, with balanced_weights and EarlyStopper,"):
    shares = {}
    for name, example_weights in (("all_weights_1", None), ("balanced", balanced_weights(train_labels))):
        model = new_network(CustomModel)
        history = model.fit(
            train_images, train_labels, sample_weight=example_weights, batch_size=64, epochs=100, verbose=0,
            validation_data=(validation_images, validation_labels), callbacks=[EarlyStopper(PATIENCE)],
        ).history  # fmt: skip
        share = shares[name] = share_read(model)
        rare = share[list(RARE)].mean()
        epochs, best = len(history["loss"]), np.argmin(history["val_loss"]) + 1
        print(f"{name.replace('_', ' '):14} best epoch {best} of {epochs}; reads {share.mean():.0%} of the held-out digits, {rare:.0%} of the eights and nines")
    compare_digits(**shares)

# %% [markdown]
# ## What you can do now
#
# - say what `fit` does with a batch, and write it yourself where you need another
# - write a loss to which sample weights still mean something
# - give rare classes their share, without changing the length of the steps
# - write a callback that acts on what training reports
#
# **Three things to try.** Let `train_step` return the norm of the gradient as well, and plot it over the epochs. Add *momentum* to `sgd_numpy`: a step that remembers half of the last one. Make
# `EarlyStopper` also halve the learning rate when it has waited for half of its patience.
#
# **What the hidden tests look at.** The same things as the checks above, only harder: other sizes, short last batches, batches longer than the data; several optimizers, frozen layers, losses that do not
# forgive swapped arguments; eager and graph mode; several sequences of validation losses, nan among them. In questions 4 and 5 Keras' own steps are switched off while yours run, and what
# they would have done is the measure. Two tests train for real and look at held-out data.
#
# **How to hand in.** Run everything from top to bottom once more (*Kernel → Restart and run all*), save, and hand in this file, `training_loop.ipynb`.
