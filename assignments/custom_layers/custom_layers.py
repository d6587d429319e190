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
# name: custom_layers
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # Custom layers
#
# ![First row: ten handwritten digits. Second row: the same digits with three pixels in ten blanked out at random. Third row: the digits restored, close to the first row.](data/cover.png)
#
# At the end of this notebook you have the two layers behind this picture, one that blanks out pixels and one that restores
# them, and three more. You have written each of them yourself, and you know what Keras does with what you wrote.
#
# A *layer* is two things: some **weights**, and a **function** that uses them. Almost everything that goes wrong with a layer of one's
# own is a confusion of the two: weights that are made afresh each time the function runs, weights that Keras does not know of and
# so never trains, two copies of what should be one. Such mistakes often raise no error. You will see each of them happen.
#
# **You need** `Dense`, `compile` and `fit`, Python classes, and the idea of a gradient. **It takes** about 75 minutes.
# Nothing here needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `SimpleMLP`: a model that keeps its layers | 20 |
# | 2 | `Linear`: a layer with weights of its own, for any number of axes | 25 |
# | 3 | `InvertedDropout`: a layer that behaves differently in training | 20 |
# | 4 | `AddPair`: a layer with two inputs, out of a `Lambda` that hides its weights | 15 |
# | 5 | `TiedAutoencoder`: one kernel, used twice | 20 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it. No question needs the answer to another one; only
# the last picture uses two of them.

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
    if Path("custom_layers").is_dir():
        os.chdir("custom_layers")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("custom_layers").is_dir():
            os.chdir("custom_layers")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("custom_layers.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("custom_layers.ipynb")

# %%
import contextlib
import warnings

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
# The data: 1,797 handwritten digits of 8 × 8 pixels, scaled to values from 0 (paper) to 1 (ink), each as a row of 64 numbers.
# 1,500 of them are for training. The other 297 are *held out*: no network here trains on them, so that they can tell
# whether it learned digits or learned the training set by heart.

# %%
with np.load("data/digits.npz") as digits:
    images = digits["images"].reshape(-1, 64).astype("float32") / 16
    labels = digits["labels"].astype("int32")

train_images, held_out_images = images[:1500], images[1500:]
train_labels, held_out_labels = labels[:1500], labels[1500:]
print("training:", train_images.shape, " held out:", held_out_images.shape)


def show_rows(**rows):
    """Draw rows of images, each `(N, 64)`, under one another; a row's name stands before it, with spaces for underscores."""
    figure, axes = plt.subplots(len(rows), figsize=(9, len(rows)))
    for axis, (name, row) in zip(np.atleast_1d(axes), rows.items()):
        framed = np.pad(np.reshape(row, (-1, 8, 8)), ((0, 0), (1, 1), (1, 1)))
        axis.imshow(np.hstack(list(framed)), cmap="gray_r", vmin=0, vmax=1)
        axis.set(xticks=[], yticks=[])
        axis.set_ylabel(name.replace("_", "\n"), rotation=0, ha="right", va="center")
    figure.tight_layout(h_pad=0.3)


# %% tags=["demo"]
show_rows(ten_training_images=train_images[:10])
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: simple_mlp

# %% [markdown]
# ## 1 · A model that keeps its layers
#
# A *multilayer perceptron* (MLP) is a chain of Dense layers. Ours has two: a hidden one, and one that gives each class a
# probability.
#
# $$h = \mathrm{relu}(x W_1 + b_1), \qquad p = \mathrm{softmax}(h W_2 + b_2)$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `inputs` | `(B, d)`: `B` examples of `d` numbers |
# | $W_1$, $b_1$ | weights of the hidden layer | `(d, hidden_units)`, `(hidden_units,)` |
# | $W_2$, $b_2$ | weights of the output layer | `(hidden_units, num_classes)`, `(num_classes,)` |
# | $p$ | what the model returns | `(B, num_classes)`; each row sums to 1 |
#
# When you write a layer or a model as a class, Keras looks at every attribute that you give it. An attribute that is a
# layer is *tracked*: its weights become weights of the model, to be trained, counted and saved. So a layer is made **once** and
# **kept**, and `call`, which runs for every batch, only uses it.

# %% [markdown]
# **The wrong turn.** Here is a colleague's version. It runs. Look at what it says about one and the same digit, called three times.

# %% tags=["demo"]
class ForgetfulMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden_units = hidden_units
        self.num_classes = num_classes

    def call(self, inputs):
        hidden = layers.Dense(self.hidden_units, activation="relu")(inputs)
        return layers.Dense(self.num_classes, activation="softmax")(hidden)


forgetful = ForgetfulMLP(32, 10)
plt.figure(figsize=(8, 2.6))
for call, (colour, hatch) in enumerate([("#0072B2", ""), ("#E69F00", "//"), ("#009E73", "..")]):
    plt.bar(np.arange(10) + 0.25 * (call - 1), forgetful(train_images[:1])[0], width=0.25, color=colour, hatch=hatch, label=f"call {call + 1}")
plt.xticks(range(10))
plt.xlabel("class")
plt.ylabel("probability")
plt.ylim(0, 0.3)
plt.title("One digit, one model, three calls", loc="left")
plt.legend(ncols=3)
plt.show()
print("weights that Keras knows:", len(forgetful.weights))

# %% [markdown]
# Three calls, three answers: each call made two new Dense layers, with new random weights, and threw them away. Keras knows of
# no weights at all. Now we train it. Keras normally translates `call` into a TensorFlow *graph* first, which runs faster; that
# translation notices that something is made anew each time, and raises. With `run_eagerly=True` there is no translation: no error, and no
# learning either.

# %% tags=["demo"]
forgetful = ForgetfulMLP(32, 10)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # that there is nothing to train: Keras does warn, once
    try:
        forgetful.compile("adam", "sparse_categorical_crossentropy")
        forgetful.fit(train_images, train_labels, verbose=0)
    except ValueError as error:
        start = str(error).index("tf.function")
        print("in graph mode:", str(error)[start : start + 75], "…")
    forgetful.compile("adam", "sparse_categorical_crossentropy", run_eagerly=True)
    forgotten = forgetful.fit(train_images, train_labels, batch_size=100, epochs=4, verbose=0).history["loss"]
print("with run_eagerly=True, the loss after each epoch:", np.round(forgotten, 2))
print(f"to guess without looking would cost {np.log(10):.2f}")

# %% [raw]
# # BEGIN SOLUTION


# %%
class SimpleMLP(keras.Model):
    """Two Dense layers: a hidden one with ReLU, and an output with softmax.

    hidden_units: units of the hidden layer. num_classes: units of the output.

    Called on a float tensor of shape `(B, d)`, it returns a float tensor of shape `(B, num_classes)`: class probabilities.

    - After the first call the model has exactly four weights, all trainable: two kernels and two biases.
    - The same weights serve every call; another `SimpleMLP` has others.
    - It trains by `compile` and `fit` in graph mode (leave `run_eagerly` alone), and works as a layer inside another model.

    Example: `SimpleMLP(7, 3)`, called on `(4, 5)`, returns `(4, 3)` and has weights of shapes (5, 7), (7,), (7, 3) and (3,).
    """

    def __init__(self, hidden_units, num_classes):
        super().__init__()
        # BEGIN SOLUTION NO PROMPT
        self.hidden = layers.Dense(hidden_units, activation="relu")
        self.classify = layers.Dense(num_classes, activation="softmax")
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. Make what should last as long as the model does.
        raise NotImplementedError("SimpleMLP is not written yet")
        """ # END PROMPT

    def call(self, inputs):
        # BEGIN SOLUTION NO PROMPT
        return self.classify(self.hidden(inputs))
        # END SOLUTION
        """ # BEGIN PROMPT
        # 2. Use it.
        raise NotImplementedError("SimpleMLP is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How often does <code>__init__</code> run in a model's life, and how often does <code>call</code>?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Keras finds a layer when it is an attribute of the model, or stands in a list or dict that is one. A layer in a variable
# outside the model serves every call, but Keras does not see it.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>keras.layers.Dense</code> and its <code>activation</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Keras knows four weights: two kernels and two biases."
failure_message: "Expected: four weights that Keras knows, two kernels and two biases."
""" # END TEST CONFIG


def test_four_weights(SimpleMLP):
    import numpy as np

    model = SimpleMLP(7, 3)
    model(np.ones((4, 5), "float32"))
    got = sorted(tuple(w.shape) for w in model.trainable_weights)
    cause = " Is a layer made in call, or kept where Keras does not look?" if len(got) < 4 else ""
    assert got == [(3,), (5, 7), (7,), (7, 3)], f"expected the shapes (5, 7), (7,), (7, 3), (3,), got {got}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The same inputs give the same probabilities in every call."
failure_message: "Expected: the same probabilities for the same inputs in every call."
""" # END TEST CONFIG


def test_every_call_alike(SimpleMLP):
    import numpy as np

    model, x = SimpleMLP(7, 3), np.random.default_rng(0).normal(size=(4, 5)).astype("float32")
    first, second = np.asarray(model(x)), np.asarray(model(x))
    assert first.shape == (4, 3), f"4 examples and 3 classes: expected shape (4, 3), got {first.shape}"
    assert np.allclose(first.sum(axis=1), 1, atol=1e-4), f"each row of probabilities must sum to 1, yours sum to {first.sum(axis=1)}"
    assert np.allclose(first, second), f"two calls differ by up to {np.abs(first - second).max():.2f}: what is made anew in each call?"


# %%
""" # BEGIN TEST CONFIG
success_message: "A hidden layer with ReLU, then an output layer with softmax."
failure_message: "Expected: a hidden layer with ReLU, then an output layer with softmax."
""" # END TEST CONFIG


def test_two_layers(SimpleMLP):
    import numpy as np

    random = np.random.default_rng(0)
    model, x = SimpleMLP(7, 3), random.normal(size=(4, 5)).astype("float32")
    model(x)
    weights = {tuple(w.shape): w for w in model.trainable_weights}
    assert sorted(weights) == [(3,), (5, 7), (7,), (7, 3)], "this check needs the four weights of the first one"
    w1, b1, w2, b2 = (random.normal(size=shape) for shape in [(5, 7), (7,), (7, 3), (3,)])
    for value in (w1, b1, w2, b2):
        weights[value.shape].assign(value)
    got = np.asarray(model(x))
    hidden = np.maximum(x @ w1 + b1, 0)
    softmax = lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    without_relu = np.allclose(got, softmax((x @ w1 + b1) @ w2 + b2), atol=1e-3)
    cause = " These come out if the hidden layer has no ReLU." if without_relu else ""
    expected = softmax(hidden @ w2 + b2)
    assert np.allclose(got, expected, atol=1e-3), f"with known weights expected {expected[0].round(3)}, got {got[0].round(3)}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "fit trains it in graph mode."
failure_message: "Expected: a model that fit trains in graph mode."
""" # END TEST CONFIG


def test_fit(SimpleMLP):
    import keras
    import numpy as np

    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).normal(size=(60, 5)).astype("float32")
    model = SimpleMLP(7, 3)
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    losses = model.fit(x, np.argmax(x[:, :3], axis=1), epochs=15, verbose=0).history["loss"]
    assert not model.run_eagerly, "run_eagerly hides the mistake instead of mending it"
    assert losses[-1] < 0.7 * losses[0], f"the loss should fall by far more than from {losses[0]:.2f} to {losses[-1]:.2f}: which weights move?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Your model and the forgetful one learn to read digits.

# %% tags=["demo"]
with picture("SimpleMLP"):
    keras.utils.set_random_seed(7)
    mlp = SimpleMLP(32, 10)
    mlp.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    learned = mlp.fit(train_images, train_labels, validation_data=(held_out_images, held_out_labels), epochs=20, verbose=0).history
    plt.figure(figsize=(7, 3.2))
    plt.plot(range(1, 21), learned["val_loss"], "o-", color="#0072B2", label="SimpleMLP, held-out digits")
    plt.plot(range(1, 5), forgotten, "s--", color="#D55E00", label="ForgetfulMLP")
    plt.xticks([1, 5, 10, 15, 20])
    plt.xlabel("epoch")
    plt.ylabel("loss (cross-entropy)")
    plt.legend()
    print(f"held-out digits read correctly: {learned['val_accuracy'][-1]:.1%}")

# %% [raw]
# # BEGIN QUESTION
# name: linear

# %% [markdown]
# ## 2 · A layer with weights of its own
#
# Now you write a Dense layer yourself. It maps the **last** axis from `d` to `units` numbers and lets all others pass: for
# vectors `(B, d)`, for sequences `(B, T, d)`, for images `(B, H, W, d)`. People call this *threading*: one and the same map runs along every
# position.
#
# $$y_{\ldots u} = \sum_{k=1}^{d} x_{\ldots k}\, W_{k u} + b_u$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `inputs` | `(…, d)`: any number of leading axes, the batch first among them |
# | $W$ | `kernel` | `(d, units)`, at the start random (`"glorot_uniform"`) |
# | $b$ | `bias` | `(units,)`, at the start zero (`"zeros"`) |
# | $y$ | what the layer returns | `(…, units)` |
#
# When the layer is made, it does not know `d` yet. Keras calls `build(input_shape)` once, with the shape of the first input, and
# that is the place to make the weights, by `self.add_weight(shape=…, initializer=…)`. `input_shape` may hold `None` for
# axes whose length is not known; the last one always is.
#
# To save a model, Keras asks each layer for its *config*: a dict of what `__init__` needs to make an equal layer, without the
# weights. `Linear.from_config(layer.get_config())` makes it again.

# %% [markdown]
# **Two wrong turns**, shown below. Flattening everything before the batch's first axis into one long vector also "works", but the kernel then grows
# with the length of the sequence, and fits no other length. And a weight that is a plain `tf.Variable` works in `call`, but Keras does not
# track it: it is neither trained nor saved.

# %% tags=["demo"]
for length in (4, 8, 16):
    flat = keras.Sequential([keras.Input((length, 5)), layers.Flatten(), layers.Dense(length * 3), layers.Reshape((length, 3))])
    print(f"sequences of {length:2} × 5 numbers to {length:2} × 3: {flat.count_params():5} parameters flattened, {5 * 3 + 3} threaded")


class Untracked(layers.Layer):
    def build(self, input_shape):
        self.scale = tf.Variable(tf.ones(input_shape[-1]))

    def call(self, inputs):
        return inputs * self.scale


untracked = Untracked()
untracked(np.ones((2, 5), "float32"))
print("weights that Keras knows of a layer with a tf.Variable:", len(untracked.weights))

# %% [raw]
# # BEGIN SOLUTION


# %%
class Linear(layers.Layer):
    """A Dense layer without activation, for any number of leading axes.

    units: length of the output's last axis. Further keyword arguments (`name`, `dtype`, `trainable`) go to `layers.Layer`.

    Called on a float tensor of shape `(…, d)` with at least a batch axis before the last, it returns `(…, units)`:
    inputs · kernel + bias.

    - Two weights, both trainable: `kernel` of shape `(d, units)`, random at the start, and `bias` of shape `(units,)`, zero at the start.
      Each layer draws a kernel of its own.
    - Their size does not depend on the leading axes. One layer serves inputs of different leading axes, also such as are
      unknown (`None`) when a model is built from `keras.Input`.
    - `get_config` returns what `layers.Layer` returns (name, dtype, trainable) and `units`; `from_config` makes an equal layer of it.

    Example: with kernel [[1, 0], [2, 1], [0, 3]] and bias [10, 20], the input [[1, 1, 1]] gives [[13, 24]].
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        # BEGIN SOLUTION NO PROMPT
        self.units = units
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. Keep what build and get_config need.
        raise NotImplementedError("Linear is not written yet")
        """ # END PROMPT

    def build(self, input_shape):
        # BEGIN SOLUTION NO PROMPT
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform", name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        # END SOLUTION
        """ # BEGIN PROMPT
        # 2. Make the two weights. Which axis of input_shape decides their shapes?
        raise NotImplementedError("Linear is not written yet")
        """ # END PROMPT

    def call(self, inputs):
        # BEGIN SOLUTION NO PROMPT
        return ops.matmul(inputs, self.kernel) + self.bias
        # END SOLUTION
        """ # BEGIN PROMPT
        # 3. The formula above.
        raise NotImplementedError("Linear is not written yet")
        """ # END PROMPT

    def get_config(self):
        # BEGIN SOLUTION NO PROMPT
        return {**super().get_config(), "units": self.units}
        # END SOLUTION
        """ # BEGIN PROMPT
        # 4. What layers.Layer says of itself, and what you add.
        raise NotImplementedError("Linear is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What does NumPy's <code>@</code> do with an array of shape <code>(2, 4, 6, 5)</code> and one of shape <code>(5, 3)</code>?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Nothing needs to be reshaped. For the config, <code>super().get_config()</code> returns a dict; yours has one key more.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>Layer.add_weight</code>, <code>keras.ops.matmul</code>, <code>super().get_config()</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The bias starts at zero, and the docstring's example comes out."
failure_message: "Expected: a bias that starts at zero, and the docstring's example."
""" # END TEST CONFIG


def test_example(Linear):
    import numpy as np

    layer, x = Linear(2), np.ones((1, 3), "float32")
    start = np.asarray(layer(0 * x))
    assert np.allclose(start, 0), f"the bias starts at zero, so a new layer maps zeros to zeros; yours maps them to {start.round(3).tolist()}"
    shapes = [tuple(w.shape) for w in layer.trainable_weights]
    assert sorted(map(sorted, shapes)) == [[2], [2, 3]], f"expected two weights, of shapes (3, 2) and (2,), got {shapes}: make them by add_weight in build"
    for weight in layer.trainable_weights:
        kernel = np.array([[1, 0], [2, 1], [0, 3]])
        weight.assign([10, 20] if len(weight.shape) == 1 else kernel if weight.shape[0] == 3 else kernel.T)
    got = np.asarray(layer(x))
    assert np.allclose(got, [[13, 24]]), f"expected [[13, 24]], got {got.tolist()}"


# %%
""" # BEGIN TEST CONFIG
success_message: "All leading axes pass through, and do not change the number of weights."
failure_message: "Expected: leading axes that pass through and do not change the number of weights."
""" # END TEST CONFIG


def test_leading_axes(Linear):
    import numpy as np

    for leading in [(4,), (4, 6), (2, 4, 6)]:
        layer = Linear(3)
        got = tuple(layer(np.ones((*leading, 5), "float32")).shape)
        assert got == (*leading, 3), f"from {(*leading, 5)} to 3 units: expected shape {(*leading, 3)}, got {got}"
        assert layer.count_params() == 18, f"for inputs {(*leading, 5)}: expected 5·3 + 3 = 18 parameters, got {layer.count_params()}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It takes sequences of unknown length."
failure_message: "Expected: a layer that takes sequences whose length is not known when the model is built."
""" # END TEST CONFIG


def test_unknown_length(Linear):
    import keras
    import numpy as np

    inputs = keras.Input((None, 5))
    model = keras.Model(inputs, Linear(3)(inputs))
    for length in (2, 9):
        got = model.predict(np.ones((4, length, 5), "float32"), verbose=0).shape
        assert got == (4, length, 3), f"expected shape {(4, length, 3)}, got {got}"


# %%
""" # BEGIN TEST CONFIG
success_message: "A layer made from its config is its equal."
failure_message: "Expected: an equal layer from the config."
""" # END TEST CONFIG


def test_config(Linear):
    layer = Linear(3, name="shadow", trainable=False)
    config = layer.get_config()
    assert config.get("units") == 3, f"the config must hold 'units': 3, yours is {config}"
    again = Linear.from_config(config)
    assert again.name == "shadow", f"expected the name 'shadow', got {again.name!r}: does your config begin with that of layers.Layer?"
    assert again.trainable is False, "trainable=False was lost: does your config begin with that of layers.Layer?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A known matrix has mapped 300 sequences. Your layer sees only inputs and outputs, and finds the matrix again, and the bias below it.

# %% tags=["demo"]
with picture("Linear"):
    keras.utils.set_random_seed(7)
    random = np.random.default_rng(7)
    true_kernel, true_bias = random.integers(-4, 5, size=(5, 3)), random.integers(-4, 5, size=3)
    x = random.normal(size=(300, 6, 5)).astype("float32")
    finder = keras.Sequential([keras.Input((None, 5)), Linear(3)])
    finder.compile(keras.optimizers.Adam(0.1), "mse")
    finder.fit(x, x @ true_kernel + true_bias, batch_size=100, epochs=60, verbose=0)
    unit_vectors = np.eye(5, dtype="float32")[None]
    found_bias = finder(0 * unit_vectors).numpy()[0, :1]
    found_kernel = finder(unit_vectors).numpy()[0] - found_bias
    figure, panels = plt.subplots(1, 2, figsize=(7, 3.4))
    tables = {"true": np.vstack([true_kernel, true_bias]), "found by your layer": np.vstack([found_kernel, found_bias])}
    for panel, (name, table) in zip(panels, tables.items()):
        panel.imshow(table, cmap="PuOr", vmin=-6, vmax=6)
        for (i, j), value in np.ndenumerate(table):
            panel.text(j, i, f"{value.round(1) + 0:.1f}", ha="center", va="center")
        panel.set(title=name, xlabel="unit", xticks=range(3), yticks=range(6), yticklabels=[f"$x_{k}$" for k in range(5)] + ["bias"])

# %% [raw]
# # BEGIN QUESTION
# name: inverted_dropout

# %% [markdown]
# ## 3 · A layer that behaves differently in training
#
# *Dropout* sets each input to zero with probability `rate` while the network trains, so that no unit can rely on one other. When
# the network is used, nothing is dropped. The layer must therefore know which of the two it is: Keras passes `training=True` in
# `fit`, `training=False` in `predict` and `evaluate`, to every layer whose `call` has an argument of that name.
#
# $$y_i = \begin{cases} \dfrac{m_i\,x_i}{1-p} & \text{in training, with } m_i = 0 \text{ with probability } p \text{ and } 1 \text{ otherwise}\\[1ex] x_i & \text{else}\end{cases}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `inputs` | any shape `(B, …)` |
# | $p$ | `rate` | a number, 0 ≤ `rate` < 1: the probability of being **dropped** |
# | $m$ | the mask that you draw | as `inputs`: each element on its own, and all anew in **each call** |
# | $y$ | what the layer returns | as `inputs` |
#
# Why the division by $1-p$? The mask's mean is $1-p$, so after the division the *expected* output is $x$, the same in training as in
# use. This is what makes the dropout *inverted*; the first papers multiplied by $1-p$ in use instead.

# %% [markdown]
# **The wrong turn.** Without the division, the next layer meets far smaller sums while it learns than when it is used. Below, the sum of
# 1,000 inputs that are all 1, for several rates. (A second one: an integer seed given to `keras.random.uniform` draws the same mask in every call.
# And NumPy's random numbers are drawn once in graph mode, when the graph is made, and never again.)

# %% tags=["demo"]
rates = np.linspace(0, 0.9, 10)
sums = [np.sum(np.random.default_rng(0).uniform(size=1000) >= rate) for rate in rates]
plt.figure(figsize=(6, 3))
plt.plot(rates, sums, "s--", color="#D55E00", label="in training, not divided")
plt.plot(rates, np.full(10, 1000), "o-", color="#0072B2", label="in use")
plt.xlabel("rate")
plt.ylabel("sum of 1,000 ones")
plt.ylim(0, 1100)
plt.legend()
plt.show()
print("three masks with seed=3:", *[(np.asarray(keras.random.uniform((6,), seed=3)) >= 0.5).astype(int) for _ in range(3)])

# %% [raw]
# # BEGIN SOLUTION


# %%
class InvertedDropout(layers.Layer):
    """Drops inputs at random while training, and scales what it keeps.

    rate: the probability of being dropped, 0 ≤ rate < 1. Further keyword arguments (`name`, `dtype`, `trainable`) go to `layers.Layer`.

    Called on a float tensor of any shape `(B, …)`, it returns one of the same shape.

    - With `training=True` each element is zero with probability `rate`, and otherwise the input divided by `1 - rate`. Each element of each
      example is drawn on its own, and all are drawn anew in each call, in eager and in graph mode.
    - With `training=False`, or when nothing is said, it returns the inputs as they are.
    - It has no trainable weights, and lets gradients through where it lets inputs through. B may be unknown when the model is built.

    Example: `InvertedDropout(0.2)` may make [[1.0, 2.0, 3.0, 4.0]] into [[1.25, 0.0, 3.75, 5.0]] in training.
    """

    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        # BEGIN SOLUTION NO PROMPT
        self.rate = rate
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. Keep what call needs.
        raise NotImplementedError("InvertedDropout is not written yet")
        """ # END PROMPT

    def call(self, inputs, training=False):
        # BEGIN SOLUTION NO PROMPT
        if not training:
            return inputs
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.where(kept, inputs / (1 - self.rate), 0.0)
        # END SOLUTION
        """ # BEGIN PROMPT
        # 2. Outside of training there is nothing to do.
        # 3. Draw which elements are kept.
        # 4. Zero the others, and scale these.
        raise NotImplementedError("InvertedDropout is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# If <code>u</code> is uniform between 0 and 1, how often is <code>u &lt; 0.2</code>?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Draw one uniform number for each element. The batch's size may be unknown when the model is built (<code>inputs.shape</code> then starts
# with <code>None</code>): ask for the shape at run time.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>keras.random.uniform</code>, <code>keras.ops.shape</code>, <code>keras.ops.where</code> or <code>keras.ops.cast</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Outside of training the inputs come out as they are."
failure_message: "Expected: inputs that come out as they are outside of training."
""" # END TEST CONFIG


def test_off(InvertedDropout):
    import numpy as np

    layer, x = InvertedDropout(0.6), np.random.default_rng(0).normal(size=(6, 5)).astype("float32")
    for name, got in {"with training=False": layer(x, training=False), "with nothing said": layer(x)}.items():
        assert np.allclose(got, x), f"{name}, {np.mean(np.asarray(got) != x):.0%} of the elements changed; expected none"


# %%
""" # BEGIN TEST CONFIG
success_message: "In training the right share is dropped and the rest is scaled."
failure_message: "Expected: in training, zeros at the given rate, and all else divided by 1 - rate."
""" # END TEST CONFIG


def test_on(InvertedDropout):
    import numpy as np

    x = np.random.default_rng(0).uniform(1, 2, size=(200, 50)).astype("float32")
    got = np.asarray(InvertedDropout(0.2)(x, training=True))
    assert got.shape == x.shape, f"the output has the shape of the inputs: expected {x.shape}, got {got.shape}"
    share = np.mean(got == 0)
    cause = " That is the share to keep." if 0.75 < share < 0.85 else " Is training looked at?" if share == 0 else ""
    assert 0.17 < share < 0.23, f"with rate 0.2 expected about 20 % zeros, got {share:.0%}.{cause}"
    ratio = (got / x)[got != 0]
    assert np.allclose(ratio, 1.25, rtol=1e-3), f"kept inputs must be divided by 1 - 0.2, so grow by 1.25; yours grow by {ratio.mean():.4f}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each call and each example has a mask of its own."
failure_message: "Expected: a mask of its own for each call and each example."
""" # END TEST CONFIG


def test_own_masks(InvertedDropout):
    import numpy as np

    layer, ones = InvertedDropout(0.5), np.ones((8, 40), "float32")
    got = np.asarray(layer(ones, training=True))
    assert (got == 0).any(), "with rate 0.5 and training=True nothing was dropped"
    assert not np.array_equal(got, layer(ones, training=True)), "two calls dropped the same elements: is there an integer seed?"
    assert not np.array_equal(got[0], got[1]), "two examples of a batch lost the same elements: draw in the shape of the inputs"


# %%
""" # BEGIN TEST CONFIG
success_message: "It works in graph mode, with a new mask each time."
failure_message: "Expected: a new mask each time in graph mode, for a batch of unknown size."
""" # END TEST CONFIG


def test_graph_mode(InvertedDropout):
    import keras
    import numpy as np
    import tensorflow as tf

    inputs = keras.Input((40,))
    model = keras.Model(inputs, InvertedDropout(0.5)(inputs))
    spec = tf.TensorSpec((None, 40), tf.float32)
    run = tf.function(lambda x: model(x, training=True), input_signature=[spec], autograph=False)
    ones = tf.ones((8, 40))
    first, second = run(ones).numpy(), run(ones).numpy()
    assert (first == 0).any(), "with rate 0.5 and training=True nothing was dropped"
    assert not np.array_equal(first, second), "two runs of one graph dropped the same elements: is there an integer seed, or a draw by NumPy?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A digit after one call, for three rates, and the mean of 400 calls: the digit comes back, since the expected output is the
# input.

# %% tags=["demo"]
with picture("InvertedDropout"):
    figure, panels = plt.subplots(2, 4, figsize=(8, 4.2))
    for column, rate in enumerate([0.0, 0.2, 0.5, 0.8]):
        layer = InvertedDropout(rate)
        calls = [layer(train_images[:1], training=True) for _ in range(400)]
        for row, image in enumerate([calls[0], np.mean(calls, axis=0)]):
            panels[row, column].imshow(np.reshape(image, (8, 8)), cmap="gray_r", vmin=0, vmax=1.25)
            panels[row, column].set(xticks=[], yticks=[])
        panels[0, column].set_title(f"rate {rate}")
    panels[0, 0].set_ylabel("one call")
    panels[1, 0].set_ylabel("mean of 400 calls")
    figure.tight_layout()

# %% [raw]
# # BEGIN QUESTION
# name: add_pair

# %% [markdown]
# ## 4 · From a Lambda to a layer
#
# A layer may have more than one input: it then gets a list or tuple of tensors, and `build` a list of shapes. This one adds to its
# first input what a Dense layer makes of its second. The second may be of another width, and the Dense brings it to the
# width of the first.
#
# $$y = a + b\,W + c$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $a$ | first of `inputs`; added as it is | `(…, m)` |
# | $b$ | second of `inputs` | `(…, n)`: the same leading axes, another width |
# | $W$, $c$ | kernel and bias of the Dense, without activation | `(n, m)`, `(m,)` |
# | $y$ | what the layer returns | `(…, m)` |
#
# This is how a network mixes in side information: a hidden state with a label, an image's code with a caption's.

# %% [markdown]
# **The wrong turn.** It is tempting to write this in one line, as a `Lambda`. A Lambda wraps a function and has no weights; what
# its function makes inside, nobody keeps. The summary says 0 parameters, and the same pair gives two answers.

# %% tags=["demo"]
hidden_dense = layers.Lambda(lambda pair: pair[0] + layers.Dense(pair[0].shape[-1])(pair[1]), output_shape=(5,))

a, b = keras.Input((5,), name="a"), keras.Input((3,), name="b")
lambda_model = keras.Model([a, b], hidden_dense([a, b]))
pair = [np.ones((1, 5), "float32"), np.ones((1, 3), "float32")]
print("parameters:", lambda_model.count_params())
print("first call: ", np.round(lambda_model(pair), 2))
print("second call:", np.round(lambda_model(pair), 2))

# %% [raw]
# # BEGIN SOLUTION


# %%
class AddPair(layers.Layer):
    """Adds to its first input what a Dense layer (no activation) makes of the second.

    Made without arguments: `AddPair()`. Called on a list or tuple of two float tensors `[a, b]`, of shapes `(…, m)` and `(…, n)` with the
    same leading axes, it returns a float tensor of shape `(…, m)`: a + b · kernel + bias.

    - After the first call it has exactly two weights, both trainable: a kernel of shape `(n, m)` and a bias of shape `(m,)`.
    - The same weights serve every call; another `AddPair` has others.
    - A model that contains it trains by `fit` in graph mode.

    Example: with kernel [[2, -1]] and bias [0, 5], the pair a = [[1, 1]], b = [[10]] gives [[21, -4]].
    """

    # BEGIN SOLUTION NO PROMPT
    def build(self, input_shapes):
        a_shape, _ = input_shapes
        self.dense = layers.Dense(a_shape[-1])

    def call(self, inputs):
        a, b = inputs
        return a + self.dense(b)

    # END SOLUTION
    """ # BEGIN PROMPT
    def build(self, input_shapes):
        # 1. `input_shapes` holds the shapes of a and of b. Make what has weights.
        raise NotImplementedError("AddPair is not written yet")

    def call(self, inputs):
        # 2. Take the pair apart, and add.
        raise NotImplementedError("AddPair is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How many units does the Dense need, so that its output can be added to <code>a</code>? When is that number known?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# <code>build</code> may make layers as well as weights. An attribute is all that Keras needs to track them.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>keras.layers.Dense</code>; take a pair apart by <code>a, b = inputs</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The docstring's example comes out."
failure_message: "Expected: the docstring's example."
""" # END TEST CONFIG


def test_example(AddPair):
    import numpy as np

    layer, pair = AddPair(), [np.float32([[1, 1]]), np.float32([[10]])]
    layer(pair)
    shapes = [tuple(w.shape) for w in layer.trainable_weights]
    assert sorted(map(sorted, shapes)) == [[1, 2], [2]], f"a of width 2 and b of width 1: expected weights of shapes (1, 2) and (2,), got {shapes}"
    for weight in layer.trainable_weights:
        weight.assign([0, 5] if len(weight.shape) == 1 else np.reshape([2, -1], weight.shape))
    got = np.asarray(layer(pair))
    assert np.allclose(got, [[21, -4]]), f"expected [[21, -4]], got {got.tolist()}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The same pair gives the same sum in every call."
failure_message: "Expected: the same sum for the same pair in every call."
""" # END TEST CONFIG


def test_every_call_alike(AddPair):
    import numpy as np

    layer, pair = AddPair(), [np.ones((4, 6, 5), "float32"), np.ones((4, 6, 3), "float32")]
    first, second = np.asarray(layer(pair)), np.asarray(layer(tuple(pair)))
    assert first.shape == (4, 6, 5), f"the output has the shape of a: expected (4, 6, 5), got {first.shape}"
    assert np.allclose(first, second), f"two calls differ by up to {np.abs(first - second).max():.2f}: what is made anew in each call?"


# %%
""" # BEGIN TEST CONFIG
success_message: "fit trains it as a part of a model."
failure_message: "Expected: a layer that fit trains as a part of a model."
""" # END TEST CONFIG


def test_fit(AddPair):
    import keras
    import numpy as np

    a, b = keras.Input((5,)), keras.Input((3,))
    model = keras.Model([a, b], AddPair()([a, b]))
    model.compile(keras.optimizers.SGD(0.3), "mse")
    random = np.random.default_rng(0)
    pair = [random.normal(size=(40, 5)), random.normal(size=(40, 3))]
    target = pair[0] + pair[1] @ random.normal(size=(3, 5)) + 1
    losses = model.fit(pair, target, epochs=40, verbose=0).history["loss"]
    assert losses[-1] < 0.2 * losses[0], f"the loss should fall by far more than from {losses[0]:.2f} to {losses[-1]:.2f}: which weights move?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The three lower rows of held-out digits are lost. The first guess $a$ is the same for all: the mean of the training images' lower rows. From
# the five upper rows $b$ your layer learns what to add to it.

# %% tags=["demo"]
with picture("AddPair"):
    keras.utils.set_random_seed(7)
    upper, lower = train_images[:, :40], train_images[:, 40:]
    first_guess = np.tile(lower.mean(axis=0), (1500, 1))
    a, b = keras.Input((24,)), keras.Input((40,))
    completer = keras.Model([a, b], AddPair()([a, b]))
    completer.compile(keras.optimizers.Adam(0.003), "mse")
    completer.fit([first_guess, upper], lower, batch_size=100, epochs=60, verbose=0)
    guessed = np.hstack([held_out_images[:, :40], first_guess[:297]])
    completed = np.hstack([held_out_images[:, :40], completer.predict([first_guess[:297], held_out_images[:, :40]], verbose=0)])
    show_rows(held_out=held_out_images[:12], first_guess=guessed[:12], completed=completed[:12])
    left = np.mean((completed - held_out_images) ** 2) / np.mean((guessed - held_out_images) ** 2)
    print(f"squared error that is left of the first guess's: {left:.0%}")

# %% [raw]
# # BEGIN QUESTION
# name: tied_autoencoder

# %% [markdown]
# ## 5 · One kernel, used twice
#
# An *autoencoder* squeezes its input into a short code and rebuilds the input from it. With *tied weights* the decoder has no kernel
# of its own: it uses the encoder's, transposed. That saves half of the parameters, and each code unit has one picture, which it both looks for and
# paints.
#
# $$h = \mathrm{relu}(x W + b), \qquad \hat x = \mathrm{sigmoid}(h W^{\mathsf T} + c)$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `inputs`, from 0 to 1 | `(B, d)` |
# | $W$ | the one kernel; at the start random (`"glorot_uniform"`) | `(d, units)` |
# | $b$ | the code's bias; at the start zero | `(units,)` |
# | $c$ | the output's bias; at the start zero | `(d,)` |
# | $h$ | `code` | `(B, units)` |
# | $\hat x$ | what the model returns | `(B, d)` |
#
# The loss now depends on $W$ in two places, so its gradient is a sum of two terms, one through the encoder and one through the decoder:
# with $\delta_h$ and $\delta_{\hat x}$ for the gradients at the two sums in brackets, $\;\partial L/\partial W = x^{\mathsf T}\delta_h + \delta_{\hat x}^{\mathsf T} h$.
# You need not program it: a gradient tape adds both up, if both places use **the same variable**.

# %% [markdown]
# **The wrong turn.** Copying the kernel into a second layer makes the two equal today. Each then goes its own way: below, the largest difference
# between encoder kernel and transposed decoder kernel, before training and after each epoch.

# %% tags=["demo"]
keras.utils.set_random_seed(7)
copied = keras.Sequential([keras.Input((64,)), layers.Dense(16, activation="relu"), layers.Dense(64, activation="sigmoid")])
encoder_kernel, decoder_kernel = copied.layers[0].kernel, copied.layers[1].kernel
decoder_kernel.assign(ops.transpose(encoder_kernel))
copied.compile("adam", "binary_crossentropy")
drift = [0.0]
for _ in range(5):
    copied.fit(train_images, train_images, batch_size=100, verbose=0)
    drift.append(float(ops.max(ops.abs(ops.transpose(encoder_kernel) - decoder_kernel))))
print("copied, then trained:", np.round(drift, 3))
print("parameters: copied", copied.count_params(), "· tied", 64 * 16 + 16 + 64)

# %% [raw]
# # BEGIN SOLUTION


# %%
class TiedAutoencoder(keras.Model):
    """An autoencoder whose decoder uses the encoder's kernel, transposed.

    units: length of the code.

    Called on a float tensor of shape `(B, d)`, it returns the reconstruction, of shape `(B, d)`: `decode(encode(inputs))`.

    - `encode(inputs)`: `(B, d)` → `(B, units)`, relu(inputs · W + b). `decode(code)`: `(B, units)` → `(B, d)`, sigmoid(code · Wᵀ + c). Both are
      for use after the model was called once.
    - After the first call it has exactly three weights, all trainable: the kernel W `(d, units)`, random at the start, and the biases b
      `(units,)` and c `(d,)`, zero at the start. Each model draws a kernel of its own.
    - The kernel's gradient has both terms, and `fit` trains the model in graph mode.

    Example: with W = [[1, 0], [0, 2], [1, 1]] and zero biases, [[1, 1, 1]] has the code [[2, 3]] and the output sigmoid([[2, 6, 5]]).
    """

    def __init__(self, units):
        super().__init__()
        self.units = units

    # BEGIN SOLUTION NO PROMPT
    def build(self, input_shape):
        _, width = input_shape
        self.kernel = self.add_weight(shape=(width, self.units), initializer="glorot_uniform", name="kernel")
        self.code_bias = self.add_weight(shape=(self.units,), initializer="zeros", name="code_bias")
        self.output_bias = self.add_weight(shape=(width,), initializer="zeros", name="output_bias")

    def encode(self, inputs):
        return ops.relu(ops.matmul(inputs, self.kernel) + self.code_bias)

    def decode(self, code):
        return ops.sigmoid(ops.matmul(code, ops.transpose(self.kernel)) + self.output_bias)

    def call(self, inputs):
        return self.decode(self.encode(inputs))

    # END SOLUTION
    """ # BEGIN PROMPT
    def build(self, input_shape):
        # 1. Make the three weights.
        raise NotImplementedError("TiedAutoencoder is not written yet")

    def encode(self, inputs):
        # 2. From inputs to code.
        raise NotImplementedError("TiedAutoencoder is not written yet")

    def decode(self, code):
        # 3. From code to reconstruction, by the same kernel.
        raise NotImplementedError("TiedAutoencoder is not written yet")

    def call(self, inputs):
        # 4. One after the other.
        raise NotImplementedError("TiedAutoencoder is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# If the decoder is a <code>Dense</code> layer, it makes a kernel of its own. What else can multiply a code by a matrix?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Transpose the kernel where you use it, in each call. A transposed kernel that is computed once and kept is a copy of the day it was made.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>add_weight</code>, <code>keras.ops.matmul</code>, <code>keras.ops.transpose</code>, <code>keras.ops.relu</code>,
# <code>keras.ops.sigmoid</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Keras knows one kernel and two biases, and the biases start at zero."
failure_message: "Expected: three weights that Keras knows, one kernel and two biases that start at zero."
""" # END TEST CONFIG


def test_three_weights(TiedAutoencoder):
    import numpy as np

    model = TiedAutoencoder(4)
    start = np.asarray(model(np.zeros((5, 7), "float32")))
    assert np.allclose(start, 0.5), f"both biases start at zero, so a new model maps zeros to sigmoid(0) = 0.5; yours maps them to {start[0].round(3)}"
    got = [tuple(w.shape) for w in model.trainable_weights]
    cause = " Does the decoder have a kernel of its own?" if sum(len(shape) == 2 for shape in got) == 2 else ""
    assert sorted(map(sorted, got)) == [[4], [4, 7], [7]], f"expected the shapes (7, 4), (4,) and (7,), got {got}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The docstring's example comes out."
failure_message: "Expected: the docstring's example."
""" # END TEST CONFIG


def test_example(TiedAutoencoder):
    import numpy as np

    model, x = TiedAutoencoder(2), np.ones((1, 3), "float32")
    model(x)
    shapes = [tuple(w.shape) for w in model.trainable_weights]
    assert sorted(map(sorted, shapes)) == [[2], [2, 3], [3]], "this check needs the three weights of the first one"
    for weight in model.trainable_weights:
        kernel = np.array([[1, 0], [0, 2], [1, 1]])
        weight.assign(np.zeros(weight.shape) if len(weight.shape) == 1 else kernel if weight.shape[0] == 3 else kernel.T)
    code, output = np.asarray(model.encode(x)), np.asarray(model(x), "float64")
    assert np.allclose(code, [[2, 3]]), f"expected the code [[2, 3]], got {code.tolist()}"
    negative = np.asarray(model.encode(-x))
    assert np.allclose(negative, 0), f"[[-1, -1, -1]] has the code relu([[-2, -3]]) = [[0, 0]], got {negative.tolist()}"
    assert output.shape == (1, 3), f"the reconstruction has the shape of the input, (1, 3); got {output.shape}"
    expected = 1 / (1 + np.exp([[-2.0, -6.0, -5.0]]))
    assert np.allclose(output, expected, atol=1e-4), (
        f"expected {expected.round(4).tolist()}, got {output.round(4).tolist()}: does the decoder use the kernel as it is now, and a sigmoid?"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "Encoder and decoder both contribute to the kernel's gradient."
failure_message: "Expected: a kernel's gradient with a term from the encoder and one from the decoder."
""" # END TEST CONFIG


def test_both_terms(TiedAutoencoder):
    import numpy as np
    import tensorflow as tf

    model, x = TiedAutoencoder(2), tf.constant([[1.0, 1, 1]])
    model(x)
    shapes = [tuple(w.shape) for w in model.trainable_weights]
    assert sorted(map(sorted, shapes)) == [[2], [2, 3], [3]], "this check needs the three weights of the first one"
    for weight in model.trainable_weights:
        kernel = np.array([[1, 0], [0, 2], [1, 1]])
        weight.assign(np.zeros(weight.shape) if len(weight.shape) == 1 else kernel if weight.shape[0] == 3 else kernel.T)
    kernel = next(w for w in model.trainable_weights if len(w.shape) == 2)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(x))
    got = tape.gradient(loss, kernel)
    assert got is not None, "no gradient reaches the kernel: use the variable itself, by keras.ops or tf functions"
    got = np.asarray(got, "float64") if got.shape[0] == 3 else np.asarray(got, "float64").T
    encoder, decoder = [[0.1116, 0.0116]] * 3, [[0.21, 0.315], [0.0049, 0.0074], [0.0133, 0.0199]]
    causes = {"encoder": encoder, "decoder": decoder}
    cause = next((f" That is the {name}'s term alone." for name, term in causes.items() if np.allclose(got, term, atol=2e-3)), "")
    expected = np.add(encoder, decoder)
    assert np.allclose(got, expected, atol=2e-3), f"expected {expected.round(4).tolist()}, got {got.round(4).tolist()}.{cause}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Your autoencoder squeezes 64 pixels into 16 numbers. Above, held-out digits and what is rebuilt of them; below, the columns of the kernel: the
# picture that each code unit looks for and paints (dark: ink, light: no ink).

# %% tags=["demo"]
with picture("TiedAutoencoder"):
    keras.utils.set_random_seed(7)
    tied = TiedAutoencoder(16)
    tied.compile(keras.optimizers.Adam(0.005), "binary_crossentropy")
    tied.fit(train_images, train_images, batch_size=50, epochs=40, verbose=0)
    kernel = next(np.asarray(w) for w in tied.weights if len(w.shape) == 2)
    rebuilt = tied.predict(held_out_images, verbose=0)
    show_rows(held_out=held_out_images[:12], rebuilt=rebuilt[:12])
    show_rows(kernel_columns=(kernel / np.abs(kernel).max() + 1).T / 2)
    print(f"mean squared error: {np.mean((rebuilt - held_out_images) ** 2):.4f}; the mean digit's: {held_out_images.var(axis=0).mean():.4f}")

# %% [markdown]
# ## Put together: restore damaged digits
#
# This cell uses two of your answers, `InvertedDropout` and `TiedAutoencoder`. While it trains, the model sees digits with pixels blanked out
# and must return them whole: a *denoising autoencoder*. Then we damage held-out digits in the same way.
#
# **A knob to turn:** `rate`. At 0, is the model better or worse at restoring digits that lost three pixels in ten? And what happens at
# 0.7? Say what you expect before you run it.

# %% tags=["demo"]
with picture("each of InvertedDropout and TiedAutoencoder"):
    keras.utils.set_random_seed(7)
    rate = 0.3
    inputs = keras.Input((64,))
    denoiser = keras.Model(inputs, TiedAutoencoder(48)(InvertedDropout(rate)(inputs)))
    denoiser.compile(keras.optimizers.Adam(0.003), "binary_crossentropy")
    denoiser.fit(train_images, train_images, batch_size=50, epochs=60, verbose=0)
    dropped = InvertedDropout(0.3)(held_out_images, training=True).numpy()
    damaged = 0.7 * dropped  # as dark as before, for your eyes; the model gets what it was trained on
    restored = denoiser.predict(dropped, verbose=0)
    show_rows(held_out=held_out_images[:10], damaged=damaged[:10], restored=restored[:10])
    before, after = (np.mean((x - held_out_images) ** 2) for x in (damaged, restored))
    print(f"mean squared error: damaged {before:.4f}, restored {after:.4f}")

# %% [markdown]
# ## Close
#
# You can now write a layer whose weights are made once, tracked, trained, shared and saved; that treats any number of axes; that knows whether it is
# training; and that takes more than one input. And you know what each mistake looks like when it raises no error.
#
# **Three things to try**
# - Give `Linear` an `activation` argument. What has to change in `get_config`?
# - Save `denoiser` by `denoiser.save("denoiser.keras")` and load it again. What does Keras ask for, and what would the config of a `Lambda` hold?
# - Drop whole rows of an image at once in `InvertedDropout`. Which shape must the mask have?
#
# **What the hidden tests look at.** They put weights of their own into your layers and compare outputs, gradients and one training step with the formulas; they
# call the layers again, alone and inside other models, in eager mode and as graphs, with other numbers of axes and with lengths that are unknown when the
# model is built; they count the weights that Keras knows; they look at a layer made from its config; and they do statistics on many thousands of
# dropped elements. They never look at how you wrote it.
#
# **Hand in** this notebook: save it, and upload the file `custom_layers.ipynb`.
