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
# name: autoencoders
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # Autoencoders: from digits to risk factors
#
# ![Left: handwritten digits, each beside what eight numbers keep of it. Middle: a beta as a U-shaped curve of a characteristic, and what the network learned lying along it. Right: bars of out-of-sample total R², where the conditional autoencoder stands almost as high as the attainable best, PCA and a linear model far below.](data/cover.png)
#
# An *autoencoder* learns to copy its input through a narrow place. What gets through is what the inputs have in common: eight
# numbers are enough to draw any of the digits on the left.
#
# Finance has the same problem under another name. A hundred stocks move together because a few *risk factors* move them all, each stock by
# its own *beta*. In the second half you build a **conditional autoencoder**: what passes through the narrow place is the factors, and the betas
# come from what is known about each company (its size, its momentum and so on), by a network. The returns are simulated, so
# for once you know the truth: the picture in the middle shows a true beta and what the network made of it, and on the right stands
# how much of the returns it explains, beside the best that can be had.
#
# **You need** the functional API and a little linear algebra; words of finance are explained. **It takes** about 75 minutes.
# Nothing here needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `build_autoencoder`: one network that is also two | 25 |
# | 2 | `total_r2`: how much of all returns a model explains | 15 |
# | 3 | `build_conditional_autoencoder`: betas from characteristics, factors from returns | 40 |
# | 4 | `forecast_returns`: what could be said before the month began | 20 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it. No question uses the answer to another one; the pictures
# between them do, and say so.

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
    if Path("autoencoders").is_dir():
        os.chdir("autoencoders")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("autoencoders").is_dir():
            os.chdir("autoencoders")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("autoencoders.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("autoencoders.ipynb")

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
# The data of the first half: 1,797 handwritten digits of 8 × 8 pixels, scaled to values from 0 (paper) to 1 (ink), each written as one row of
# 64 numbers. 1,500 of them are for training; the other 297 are *held out*, and the network never trains on them.

# %%
with np.load("data/digits.npz") as digits:
    images = digits["images"].reshape(-1, 64).astype("float32") / 16
    labels = digits["labels"]

train_images, held_out_images = images[:1500], images[1500:]
held_out_labels = labels[1500:]
print("training:", train_images.shape, " held out:", held_out_images.shape)


def show_images(rows, titles):
    """Draw arrays of flat 8 × 8 images, `(N, 64)` each, as one row of pictures under the other."""
    figure, panels = plt.subplots(len(rows), 1, figsize=(8, 0.95 * len(rows)), layout="constrained", squeeze=False)
    for panel, row, title in zip(panels[:, 0], rows, titles):
        padded = np.pad(1 - np.asarray(row).reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1)), constant_values=1)
        panel.imshow(np.concatenate(list(padded), axis=1), cmap="gray", vmin=0, vmax=1)
        panel.set_ylabel(title, rotation=0, ha="right", va="center")
        panel.set(xticks=[], yticks=[], frame_on=False)


# %% tags=["demo"]
show_images([train_images[:10]], ["ten of them"])
plt.show()

# %% [markdown]
# The data of the second half: thirty years of simulated returns.
#
# | array | shape | what it is |
# |---|---|---|
# | `characteristics` | `(T, N, P)` | what is known about each ticker **before** month $t$ begins: ranks among all tickers, from −1 (lowest) to 1 |
# | `returns` | `(T, N)` | what each ticker earned in month $t$, in per cent |
# | `true_factors` | `(T, K)` | the factors that moved the market in month $t$, which nobody sees in real life |
#
# Here are $T = 360$ months, $N = 100$ tickers, $P = 6$ characteristics and $K = 3$ factors. Each ticker's return is its three betas times the three
# factors, plus noise of its own:
#
# $$r_{ti} = \sum_{k=1}^{K} \beta_{tik} f_{tk} + \varepsilon_{ti}$$
#
# The betas are a known function of the first four characteristics, and not a linear one. The first 240 months are for training, the last 120 are held out.

# %%
with np.load("data/returns.npz") as market:
    characteristics = (2 * market["ranks"].astype("float32") / (market["ranks"].shape[1] + 1) - 1).astype("float32")
    returns, true_factors = market["returns"].astype("float32"), market["factors"]

TRAINING_MONTHS = 240
print("characteristics:", characteristics.shape, " returns:", returns.shape, " true factors:", true_factors.shape)


def true_betas(characteristics):
    """The betas `(…, 3)` that the simulation used, from characteristics `(…, 6)`."""
    z = np.moveaxis(characteristics, -1, 0)
    return np.stack([3 * z[0] ** 2 - 1, 3 * z[1] * z[2], np.tanh(3 * z[3])], axis=-1)


# %% tags=["demo"]
print("the first five tickers in the first month")
for ticker in range(5):
    z = characteristics[0, ticker]
    print(f"  characteristics {z.round(2)}, true betas {true_betas(z).round(2)}, return {returns[0, ticker]:5.1f} %")

# %% [raw]
# # BEGIN QUESTION
# name: autoencoder

# %% [markdown]
# ## 1 · One network that is also two
#
# The *encoder* maps an image $x$ to a short code $z$; the *decoder* maps a code back to an image. The autoencoder is one after the other,
# trained so that what comes out resembles what went in:
#
# $$z = \mathrm{encoder}(x), \qquad \hat x = \mathrm{decoder}(z) = \mathrm{autoencoder}(x)$$
#
# You train only the autoencoder. But you want to *use* the halves alone, the encoder to look at codes and the decoder to draw
# from a code of your own making. So all three are models of their own that **share** their layers: what one learns, the others know.
#
# | tensor | shape | may be |
# |---|---|---|
# | $x$ | `(B, input_dim)`: `B` images, each a row of pixels | 0 to 1 |
# | $z$ | `(B, latent_dim)` | any number |
# | $\hat x$ | `(B, input_dim)` | 0 to 1 |

# %% [markdown]
# **The wrong turn.** Two layers made by equal lines are still two layers, each with weights of its own. Below, the outputs of three models: the second uses the
# first one's layer, the third a new one of the same kind. Train the first, and the third learns nothing.

# %% tags=["demo"]
keras.utils.set_random_seed(7)
three_numbers = keras.Input((3,))
shared_layer = layers.Dense(2)
first, second = keras.Model(three_numbers, shared_layer(three_numbers)), keras.Model(three_numbers, shared_layer(three_numbers))
third = keras.Model(three_numbers, layers.Dense(2)(three_numbers))
for title, model in [("first", first), ("second", second), ("third", third)]:
    print(title, np.asarray(model(np.float32([[1, 2, 3]]))).round(3))

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_autoencoder(input_dim, latent_dim):
    """Builds an autoencoder and its two halves, which share all weights with it.

    input_dim: how many pixels an image has. latent_dim: how many numbers a code has.

    Returns three functional models (made from `keras.Input`; a `keras.Sequential` that begins with an Input will do),
    in this order:

    - `autoencoder`, from `(B, input_dim)` to `(B, input_dim)`
    - `encoder`, from `(B, input_dim)` to `(B, latent_dim)`. A code may be any number: no activation at its end.
    - `decoder`, from `(B, latent_dim)` to `(B, input_dim)`. Pixels are between 0 and 1, by a sigmoid.

    `autoencoder(x)` equals `decoder(encoder(x))` at any time, also after training. Outside of training the copy of an image
    does not depend on the other images of the batch. You need not compile the models.

    The layers between are yours to choose. A good choice: one hidden `Dense(32)` with ReLU in each half.

    Example: with `build_autoencoder(64, 8)`, 5 images of shape `(5, 64)` have codes of shape `(5, 8)`.
    """
    # BEGIN SOLUTION NO PROMPT
    pixels = keras.Input((input_dim,))
    hidden = layers.Dense(32, activation="relu")(pixels)
    encoder = keras.Model(pixels, layers.Dense(latent_dim)(hidden), name="encoder")
    codes = keras.Input((latent_dim,))
    hidden = layers.Dense(32, activation="relu")(codes)
    decoder = keras.Model(codes, layers.Dense(input_dim, activation="sigmoid")(hidden), name="decoder")
    autoencoder = keras.Model(pixels, decoder(encoder(pixels)), name="autoencoder")
    return autoencoder, encoder, decoder
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The encoder: an input for images, a hidden layer, the code.
    # 2. The decoder: an input for codes, a hidden layer, the pixels.
    # 3. The autoencoder, out of these two.
    raise NotImplementedError("build_autoencoder is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# A layer can be called on a tensor. What else can?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# A model is itself a layer: called on a tensor it gives a tensor, and it brings its weights along.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.Input`, `keras.Model`, and "nested models" in the guide to the functional API.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Three models with the right shapes."
failure_message: "Expected: three models with the right shapes, in the order autoencoder, encoder, decoder."
""" # END TEST CONFIG


def test_shapes(build_autoencoder):
    import numpy as np

    made = build_autoencoder(10, 3)
    assert isinstance(made, (tuple, list)) and len(made) == 3, f"expected three models, got {made!r}"
    for name, model, size_in, size_out in zip(["autoencoder", "encoder", "decoder"], made, [10, 10, 3], [10, 3, 10]):
        assert getattr(model, "inputs", None), f"{name} has no keras.Input: begin each half with one, and make the autoencoder a keras.Model"
        got = tuple(model.inputs[0].shape), tuple(model.outputs[0].shape)
        assert got == ((None, size_in), (None, size_out)), (
            f"{name}: expected shapes {(None, size_in)} → {(None, size_out)}, got {got[0]} → {got[1]}. Look at the order of the three, and for sizes written as numbers"
        )


# %%
""" # BEGIN TEST CONFIG
success_message: "The autoencoder is the decoder after the encoder."
failure_message: "Expected: autoencoder(x) equals decoder(encoder(x)), also when the weights have changed."
""" # END TEST CONFIG


def test_one_after_the_other(build_autoencoder):
    import numpy as np

    whole, front, back = build_autoencoder(10, 3)
    for name, half in [("encoder", front), ("decoder", back)]:
        assert half.trainable_weights, f"the {name} has no trainable weights: is it frozen?"
    x = np.random.default_rng(0).random((5, 10)).astype("float32")
    again = np.abs(np.asarray(whole(x)) - np.asarray(whole(x))).max()
    assert again < 1e-5, f"the same images, copied twice, differ by up to {again:.2g}: is something random outside of training?"
    for moment in ["before", "after"]:
        far = np.abs(np.asarray(whole(x)) - np.asarray(back(front(x)))).max()
        assert far < 1e-5, (
            f"{moment} the autoencoder's weights were changed, autoencoder(x) is up to {far:.2g} away from decoder(encoder(x)): "
            "are all layers made once and shared, and is there nothing in the autoencoder but the two halves?"
        )
        for variable in whole.trainable_weights:
            variable.assign(variable + 0.1)


# %%
""" # BEGIN TEST CONFIG
success_message: "Codes are free, pixels lie between 0 and 1."
failure_message: "Expected: codes that may be any number, and pixels between 0 and 1."
""" # END TEST CONFIG


def test_ranges(build_autoencoder):
    import numpy as np

    _, front, back = build_autoencoder(10, 16)
    random = np.random.default_rng(0)
    z = np.asarray(front(50 * random.normal(size=(20, 10)).astype("float32")))
    assert z.min() < -1 and z.max() > 1, f"for large inputs, codes run from {z.min():.2g} to {z.max():.2g}: is there an activation at the encoder's end?"
    x = np.asarray(back(50 * random.normal(size=(20, 16)).astype("float32")))
    assert x.min() >= 0 and x.max() <= 1, f"expected pixels from 0 to 1, got {x.min():.2g} to {x.max():.2g}: is there a sigmoid at the decoder's end?"
    assert not np.allclose(x.sum(axis=1), 1, atol=1e-3), "the pixels of each image sum to 1, as after a softmax: a sigmoid takes each pixel for itself"


# %%
""" # BEGIN TEST CONFIG
success_message: "An image is copied by itself as it is in a batch."
failure_message: "Expected: outside of training, a copy that does not depend on the other images of the batch."
""" # END TEST CONFIG


def test_batch(build_autoencoder):
    import numpy as np

    whole = build_autoencoder(10, 3)[0]
    x = np.random.default_rng(0).random((5, 10)).astype("float32")
    together, alone = (np.asarray(whole(images)).reshape(-1, 10) for images in (x, x[1:2]))
    far = np.abs(together[1] - alone[0]).max()
    assert far < 1e-4, f"copied alone and among five, an image differs by up to {far:.2g}: does a layer take a mean over the batch, outside of training too?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Train the autoencoder for 60 epochs with a code of eight numbers; that takes some seconds. First row: held-out digits. Second row: what the decoder makes of
# their codes. Third row: the best that a *linear* way to and from eight numbers can do, which is PCA (principal component analysis).

# %% tags=["demo"]
@functools.cache
def trained_autoencoder(latent_dim=8, epochs=60):
    """Autoencoder, encoder and decoder, trained on the digits."""
    keras.utils.set_random_seed(7)
    three = build_autoencoder(64, latent_dim)
    three[0].compile(optimizer=keras.optimizers.Adam(3e-3), loss="binary_crossentropy")
    three[0].fit(train_images, train_images, epochs=epochs, batch_size=64, verbose=0)
    return three


def pca_copy(rows, components):
    """Rows sent through `components` numbers and back by PCA of the training images."""
    centre = train_images.mean(axis=0)
    directions = np.linalg.svd(train_images - centre, full_matrices=False)[2][:components]
    return centre + (rows - centre) @ directions.T @ directions


with picture("build_autoencoder"):
    autoencoder, encoder, decoder = trained_autoencoder()
    ten = np.array([np.flatnonzero(held_out_labels == digit)[0] for digit in range(10)])
    copies, by_pca = np.asarray(decoder(encoder(held_out_images))), pca_copy(held_out_images, 8)
    show_images([held_out_images[ten], copies[ten], by_pca[ten].clip(0, 1)], ["held out", "autoencoder", "PCA"])
    spread = np.mean((held_out_images - train_images.mean(axis=0)) ** 2)
    for title, found in [("autoencoder", copies), ("PCA", by_pca)]:
        print(f"{title}: {100 * np.mean((held_out_images - found) ** 2) / spread:.0f} % of the held-out images' variance is lost")

# %% [markdown]
# The halves alone: the encoder gives the codes of a 3 and of an 8, the decoder draws what lies on the straight line between them.

# %% tags=["demo"]
with picture("build_autoencoder"):
    _, encoder, decoder = trained_autoencoder()
    three, eight = (np.asarray(encoder(held_out_images[held_out_labels == digit][:1])) for digit in (3, 8))
    steps = np.linspace(0, 1, 10, dtype="float32")[:, None]
    show_images([decoder((1 - steps) * three + steps * eight)], ["3 to 8"])

# %% [raw]
# # BEGIN QUESTION
# name: total_r2

# %% [markdown]
# ## 2 · How much of all returns a model explains
#
# Before you build a model of returns, decide how to judge it. The *total R²* compares the squared errors with the squared returns, over **all months and all tickers
# at once**:
#
# $$R^2_{\text{total}} = 1 - \frac{\sum_{t,i} (r_{ti} - \hat r_{ti})^2}{\sum_{t,i} r_{ti}^2}$$
#
# It is 1 for a perfect model, 0 for the forecast "nothing will happen", and **negative** for a model that is worse than that forecast.
#
# | symbol | in code | shape |
# |---|---|---|
# | $r$ | `returns` | `(T, N)`: months, tickers |
# | $\hat r$ | `predicted` | `(T, N)` |
# | $R^2_{\text{total}}$ | what you return | one number |

# %% [markdown]
# **The wrong turns.** The textbook's R² subtracts the mean in the denominator, and so measures against somebody who knew the mean
# of the held-out months. In finance that mean is nearly all there is to know, so nothing is subtracted. And an average of each month's own R² is
# another number: calm months would count as much as wild ones. Below, a guess of half the truth in a wild month and a
# rather bad one in a calm month. What does the mean of these two R² say, and what do the sums over both months?

# %% tags=["demo"]
wild, calm = np.array([20.0, -16.0, 12.0]), np.array([0.3, -0.2, 0.1])
guesses = wild / 2, -2 * calm
for title, month, guess in [("wild", wild, guesses[0]), ("calm", calm, guesses[1])]:
    wrong, whole = (month - guess) @ (month - guess), month @ month
    print(f"{title} month: squared errors {wrong:7.2f}, squared returns {whole:7.2f}, R² of this month alone {1 - wrong / whole:5.2f}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def total_r2(returns, predicted):
    """Total R²: one minus the sum of squared errors over the sum of squared returns, over all months and tickers.

    returns, predicted: arrays of shape `(T, N)`; returns are not all zero.

    Returns one float. No mean is subtracted anywhere, and nothing is averaged month by month. The arrays stay as they are.

    Example: returns [[3, -1], [0, 2]] and predicted [[2, -1], [1, 2]] have squared errors 1 + 0 + 1 + 0 = 2
    and squared returns 9 + 1 + 0 + 4 = 14, so the total R² is 1 - 2 / 14 = 0.857.
    """
    # BEGIN SOLUTION NO PROMPT
    returns, predicted = np.asarray(returns), np.asarray(predicted)
    return float(1 - np.sum((returns - predicted) ** 2) / np.sum(returns**2))
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("total_r2 is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How many sums does the formula have, and how many axes does each run over?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# First both sums, then one division.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `np.sum` and what it does without `axis`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The example of the docstring comes out right."
failure_message: "Expected: 0.8571 for the example of the docstring."
""" # END TEST CONFIG


def test_example(total_r2):
    import numpy as np

    r, guess = np.array([[3.0, -1], [0, 2]]), np.array([[2.0, -1], [1, 2]])
    value = total_r2(r, guess)
    assert value is not None, "expected one number, got None: is the return missing?"
    assert np.shape(value) == (), f"expected one number, got shape {np.shape(value)}: both sums run over months and tickers"
    causes = {
        "0.1429": "this is the share that stays unexplained",
        "0.8000": "the lower sum is not that of the squared returns: is a mean subtracted, or do the predictions stand there?",
        "0.8250": "this is the mean of each month's own R²",
        "0.8889": "this is the mean of each ticker's own R²",
    }
    got = f"{float(value):.4f}"
    assert np.isclose(value, 6 / 7, atol=1e-4), f"expected 1 - 2 / 14 = 0.8571, got {got}: {causes.get(got, 'what is squared, what is summed, and when do you divide?')}"
    kept = r.tolist() == [[3, -1], [0, 2]] and guess.tolist() == [[2, -1], [1, 2]]
    assert kept, "the arrays that were handed in have changed: make new ones"


# %%
""" # BEGIN TEST CONFIG
success_message: "Perfect is 1, silence is 0, and worse than silence is negative."
failure_message: "Expected: 1 for a perfect model, 0 for zeros, a negative number for something worse."
""" # END TEST CONFIG


def test_three_anchors(total_r2):
    import numpy as np

    r = np.array([[3.0, 1, 4], [1, 5, 9]])
    anchors = [
        ("the returns themselves", r.copy(), 1, "there are no errors, so nothing is taken from one"),
        ("zeros", 0 * r, 0, "the errors are the returns, so both sums are equal unless a mean is subtracted or the lower sum is another one"),
        ("twice the negative returns", -2 * r, -8, "errors of three times the returns, squared; a bad model may be far below zero"),
    ]
    for title, guess, wanted, why in anchors:
        value = total_r2(r.copy(), guess)
        assert np.shape(value) == () and value is not None, f"predicted = {title}: expected one number, got {value!r}"
        assert np.isclose(value, wanted, atol=1e-4), f"predicted = {title}: expected {wanted}, got {float(value):.3f}: {why}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The R² that you will be up against, on the 120 held-out months. In each model the factors are those that fit the month's returns best, and what
# differs is the betas. *Attainable* has the true ones: no model with three factors can be better, but for luck. What it leaves over is noise, drawn for each ticker
# and month on its own. (The true factors explain a little less than factors that fit best, for these catch some of the noise.) *PCA* gives each
# ticker three betas that never change; *linear* makes betas from characteristics by a linear map.

# %% tags=["demo"]
def explained_by(betas, returns):
    """Each month's returns as its betas explain them, with the factors that fit the month best (least squares)."""
    return np.stack([month @ np.linalg.lstsq(month, r, rcond=None)[0] for month, r in zip(betas, returns)])


def pca_betas(returns, training, num_factors=3):
    """Betas that are the same in all months: the main directions of the returns in the training months."""
    directions = np.linalg.svd(returns[:training], full_matrices=False)[2][:num_factors]
    return np.broadcast_to(directions.T, (len(returns), *directions.T.shape))


def linear_betas(characteristics, returns, training, num_factors=3):
    """Betas that are linear in the characteristics (and a constant).

    Each month's returns are regressed on the characteristics; the main directions of these coefficients, over the training months,
    are the map from characteristics to betas.
    """
    z = np.concatenate([characteristics, np.ones_like(characteristics[..., :1])], axis=-1)
    coefficients = np.stack([np.linalg.lstsq(month, r, rcond=None)[0] for month, r in zip(z, returns)])
    return z @ np.linalg.svd(coefficients[:training], full_matrices=False)[2][:num_factors].T


def baselines():
    """Predicted returns of every month, under the names of their models."""
    betas = {
        "attainable": true_betas(characteristics),
        "PCA": pca_betas(returns, TRAINING_MONTHS),
        "linear": linear_betas(characteristics, returns, TRAINING_MONTHS),
    }
    return {title: explained_by(of_model, returns) for title, of_model in betas.items()}


with picture("total_r2"):
    by_true_factors = np.einsum("tnk,tk->tn", true_betas(characteristics), true_factors)
    for title, explained in {"true factors": by_true_factors, **baselines()}.items():
        print(f"{title:12s} {total_r2(returns[TRAINING_MONTHS:], explained[TRAINING_MONTHS:]):.3f}")

# %% [raw]
# # BEGIN QUESTION
# name: conditional_autoencoder

# %% [markdown]
# ## 3 · The conditional autoencoder
#
# PCA gives every ticker a beta for life. But a company grows, borrows, falls from favour, and its risk changes. The conditional autoencoder (Gu, Kelly
# and Xiu, *Autoencoder Asset Pricing Models*, 2021) has **two sides**. On the left, a network makes each ticker's betas from this ticker's characteristics.
# On the right, one linear layer makes the month's factors from the returns of all tickers: each factor is a portfolio. Their product is the
# explained return:
#
# $$\hat r_{i} = \sum_{k=1}^{K} \beta_{ik} f_{k}, \qquad \beta_{i} = \mathrm{network}(z_{i}), \qquad f = W r + b$$
#
# The heart of it is that the **same** small network is applied to each ticker's $P$ characteristics. It is *threaded* over the tickers: ticker 7's
# betas depend on ticker 7's characteristics and on nothing else, and the network has as many weights for 100 tickers as for 3,000.
#
# | tensor | name | shape |
# |---|---|---|
# | characteristics | input `input_beta` | `(B, N, P)`: `B` months in the batch |
# | hidden units of each ticker, ReLU, then batch normalization | | `(B, N, hidden_units)` |
# | betas, any number | layer `output_beta` | `(B, N, K)` |
# | returns | input `input_factor` | `(B, N)` |
# | factors, any number | layer `output_factor` | `(B, K)` |
# | explained returns | the model's output | `(B, N)` |
#
# Batch normalization makes tickers feel each other *while training*, since it uses the batch's mean and variance. After training
# (`training=False`) it uses numbers that it has stored, and a ticker is alone again. The layers of the table are all there are: no dropout, no
# second hidden layer, nothing after the product.

# %% [markdown]
# **The wrong turn** is to flatten months of shape `(N, P)` before a dense layer, as one flattens images. Below, such a network, with its number of weights for
# 5, 50 and 500 tickers, and how much each of 5 tickers' betas moves when one characteristic of the *first* ticker does.

# %% tags=["demo"]
def flattened_betas(num_tickers):
    """A network from all characteristics of all tickers to all betas: everything is connected with everything."""
    to_betas = [layers.Dense(16, "relu"), layers.Dense(3 * num_tickers), layers.Reshape((num_tickers, 3))]
    return keras.Sequential([keras.Input((num_tickers, 6)), layers.Flatten(), *to_betas])


keras.utils.set_random_seed(7)
print("weights:", *[flattened_betas(count).count_params() for count in (5, 50, 500)])
network, month = flattened_betas(5), characteristics[:1, :5]
moved = month.copy()
moved[0, 0, 0] += 0.5
print("betas move by", np.abs(np.asarray(network(moved)) - np.asarray(network(month))).max(axis=(0, 2)).round(3))

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_conditional_autoencoder(num_tickers, num_characteristics, hidden_units, num_factors):
    """Builds the model that explains a month's returns by betas from characteristics and factors from returns.

    num_tickers: N. num_characteristics: P. hidden_units: width of the only hidden layer. num_factors: K.

    Returns one functional `keras.Model`, not compiled:

    - two inputs named `input_beta`, of shape `(B, N, P)`, and `input_factor`, of shape `(B, N)`
    - betas: a hidden layer of `hidden_units` with ReLU and bias, batch normalization of these units over all months and
      tickers of a batch (after the ReLU, or between the layer and its ReLU), then K numbers without activation, for each
      ticker by the same weights. The layer that puts them out, `(B, N, K)`, is named `output_beta`.
    - factors: K numbers that are linear in the returns (a bias is welcome, an activation is not), by one layer from the
      returns of all tickers. It puts out `(B, K)` and is named `output_factor`.
    - one output, `(B, N)`: the sum over factors of beta times factor. No other way leads from the inputs to it.
    - all weights are trainable, but for the mean and variance that batch normalization stores

    Everybody who uses the model names its inputs, so their order is yours. `model.get_layer("output_beta").output` must
    be the betas, `model.get_layer("output_factor").output` the factors.

    Example: `build_conditional_autoencoder(100, 6, 32, 3)` explains returns of shape `(B, 100)` by betas `(B, 100, 3)` and
    factors `(B, 3)`. For one ticker with betas (2, -1, 0.5) in a month with factors (3, 1, 4) it says 6 - 1 + 2 = 7.
    """
    # BEGIN SOLUTION NO PROMPT
    characteristics = keras.Input((num_tickers, num_characteristics), name="input_beta")
    returns = keras.Input((num_tickers,), name="input_factor")
    hidden = layers.Dense(hidden_units, activation="relu")(characteristics)
    hidden = layers.BatchNormalization()(hidden)
    betas = layers.Dense(num_factors, name="output_beta")(hidden)
    factors = layers.Dense(num_factors, name="output_factor")(returns)
    return keras.Model([characteristics, returns], layers.Dot(axes=(2, 1))([betas, factors]))
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Two inputs, with their names.
    # 2. The left side: from characteristics to betas, ticker by ticker.
    # 3. The right side: from returns to factors.
    # 4. The product, summed over factors, and the model.
    raise NotImplementedError("build_conditional_autoencoder is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What does a `Dense` layer do with an input that has three axes? Which of them does its kernel touch?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Write the shapes beside each line. On the left side the axis of tickers stays where it is from beginning to end; in the product, the axis that
# both sides have in common disappears.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.layers.BatchNormalization`, `keras.layers.Dot` and its `axes`, or `keras.ops.einsum`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Inputs, betas, factors and returns have their names and shapes."
failure_message: "Expected: inputs, betas, factors and returns with the names and shapes of the table."
""" # END TEST CONFIG


def test_names_and_shapes(build_conditional_autoencoder):
    model = build_conditional_autoencoder(7, 4, 5, 2)
    found, wanted = {tensor.name: tuple(tensor.shape) for tensor in model.inputs}, {"input_beta": (None, 7, 4), "input_factor": (None, 7)}
    assert found == wanted, f"inputs for 7 tickers with 4 characteristics: expected {wanted}, got {found}: name each keras.Input"
    names = [layer.name for layer in model.layers]
    for name, shape in [("output_beta", (None, 7, 2)), ("output_factor", (None, 2))]:
        assert name in names, f"no layer is named {name}: the layers are {names}"
        got = tuple(model.get_layer(name).output.shape)
        fits = len(got) == len(shape) and all(g in (None, size) for g, size in zip(got, shape))
        assert fits, f"{name}, with 2 factors: expected shape {shape}, got {got}"
    assert len(model.outputs) == 1, f"expected one output, the explained returns, got {len(model.outputs)}"
    got = tuple(model.outputs[0].shape)
    assert got in [(None, 7), (None, None)], f"the model's output: expected shape (None, 7), got {got}: over which axis is the sum?"


# %%
""" # BEGIN TEST CONFIG
success_message: "One network makes the betas of all tickers, each from its own characteristics."
failure_message: "Expected: one network for all tickers, where a ticker's characteristics move only its own betas."
""" # END TEST CONFIG


def test_threading(build_conditional_autoencoder):
    import keras
    import numpy as np

    model = build_conditional_autoencoder(7, 4, 25, 3)
    betas_only = keras.Model(model.inputs, model.get_layer("output_beta").output)
    months = {"input_beta": np.random.default_rng(0).normal(size=(2, 7, 4)).astype("float32"), "input_factor": np.ones((2, 7), "float32")}
    before = np.asarray(betas_only(months, training=False))
    months["input_beta"][:, 5] += 1
    moves = np.abs(np.asarray(betas_only(months, training=False)) - before).max(axis=(0, 2))
    assert moves[5] > 1e-6, "the characteristics of ticker 5 were moved, and its betas stayed: do they come from input_beta, and does an activation hold them at 0?"
    others = [i for i in range(7) if i != 5 and moves[i] > 1e-5]
    assert not others, f"the characteristics of ticker 5 were moved, and the betas of tickers {others} moved too: which axis does your layer work along?"

    counts = []
    for num_tickers in (7, 11):
        model = build_conditional_autoencoder(num_tickers, 4, 5, 3)
        starts = [tensor for tensor in model.inputs if tensor.name == "input_beta"]
        counts.append(keras.Model(starts, model.get_layer("output_beta").output).count_params())
    assert counts[0] == counts[1], f"the left side has {counts[0]} weights for 7 tickers and {counts[1]} for 11: each ticker should meet the same weights"


# %%
""" # BEGIN TEST CONFIG
success_message: "The hidden units bend, and are normalized over the batch in training."
failure_message: "Expected: hidden units with a ReLU, and batch normalization of them that works in training."
""" # END TEST CONFIG


def test_hidden_layer(build_conditional_autoencoder):
    import keras
    import numpy as np

    model = build_conditional_autoencoder(7, 4, 25, 30)
    betas_only = keras.Model(model.inputs, model.get_layer("output_beta").output)
    z, r = np.random.default_rng(0).normal(size=(2, 7, 4)).astype("float32"), np.ones((2, 7), "float32")
    at_zero, plus, minus = (np.asarray(betas_only({"input_beta": sign * z, "input_factor": r}, training=False)) for sign in (0, 1, -1))
    assert np.abs(plus + minus - 2 * at_zero).max() > 1e-2, "betas of z and of -z are opposite, as they are without an activation or with tanh: where is the hidden layer's ReLU?"
    assert plus.min() < 0, "of 30 factors no beta is negative: is there an activation at the end of the left side?"
    stored = sum(int(np.prod(weight.shape)) for weight in model.non_trainable_weights)
    assert stored > 0, "no layer stores a mean and a variance: where is the batch normalization?"
    assert stored == 50, (
        f"for 25 hidden units expected 50 numbers that do not train, a mean and a variance each, got {stored}: "
        "what is normalized, along which axis, how many times, and is any layer frozen?"
    )
    months = {"input_beta": z, "input_factor": r}
    far = np.abs(np.asarray(betas_only(months)) - plus).max()
    assert far < 1e-4, f"called without a word about training, betas are up to {far:.2g} away from those of training=False: do you set `training` by hand?"
    once, again = (np.asarray(betas_only(months, training=True)) for _ in range(2))
    assert np.abs(once - plus).max() > 1e-3, "betas are the same in training and outside: where does batch normalization use the batch?"
    assert np.allclose(once, again, atol=1e-4), "two calls in training differ: nothing on the way is random, so leave dropout out"


# %%
""" # BEGIN TEST CONFIG
success_message: "Factors are linear in the returns, and come from nothing else."
failure_message: "Expected: factors that are linear in the returns and know nothing of the characteristics."
""" # END TEST CONFIG


def test_factors(build_conditional_autoencoder):
    import keras
    import numpy as np

    model = build_conditional_autoencoder(7, 4, 25, 3)
    factors_only = keras.Model(model.inputs, model.get_layer("output_factor").output)
    random = np.random.default_rng(0)
    z, r = random.normal(size=(6, 7, 4)).astype("float32"), random.normal(size=(6, 7)).astype("float32")
    at_zero, plus, minus = (np.asarray(factors_only({"input_beta": z, "input_factor": sign * r}, training=False)) for sign in (0, 1, -1))
    assert np.abs(plus - at_zero).max() > 1e-6, "the returns were moved, and the factors stayed: do they come from input_factor?"
    assert np.allclose(plus + minus, 2 * at_zero, atol=1e-4), "the factors of opposite returns are not opposite: one layer makes them, without an activation"
    elsewhere = np.asarray(factors_only({"input_beta": -z, "input_factor": r}, training=False))
    assert np.allclose(elsewhere, plus, atol=1e-4), "the characteristics were moved, and the factors moved too: they come from the returns alone"


# %%
""" # BEGIN TEST CONFIG
success_message: "Explained returns are betas times factors."
failure_message: "Expected: explained returns that are betas times factors, summed over factors."
""" # END TEST CONFIG


def test_product(build_conditional_autoencoder):
    import keras
    import numpy as np

    model = build_conditional_autoencoder(7, 4, 25, 3)
    everything = keras.Model(model.inputs, [model.get_layer("output_beta").output, model.get_layer("output_factor").output, model.outputs[0]])
    random = np.random.default_rng(0)
    months = {"input_beta": random.normal(size=(2, 7, 4)).astype("float32"), "input_factor": random.normal(size=(2, 7)).astype("float32")}
    b, f, explained = (np.asarray(part) for part in everything(months, training=False))
    wanted = (b * f[:, None, :]).sum(axis=2)
    assert explained.shape == wanted.shape, f"2 months, 7 tickers: expected shape {wanted.shape}, got {explained.shape}"
    assert np.allclose(explained, wanted, atol=1e-4), (
        f"first month: expected {wanted[0].round(3)}, got {explained[0].round(3)}: is it a sum, and does anything come after it or beside it?"
    )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Train it on the first 240 months: the returns go in on the right side and are also the target. Then the total R² in the 120 months after that, beside
# the others. Training takes about half a minute.

# %% tags=["demo"]
@functools.cache
def trained_factor_model(hidden_units=32, num_factors=3, epochs=100):
    """Betas `(T, N, K)`, factors `(T, K)` and explained returns `(T, N)` of a model trained on the training months."""
    keras.utils.set_random_seed(7)
    model = build_conditional_autoencoder(returns.shape[1], characteristics.shape[2], hidden_units, num_factors)
    steps = epochs * -(-TRAINING_MONTHS // 16)
    model.compile(optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.04, steps)), loss="mse")
    months = {"input_beta": characteristics, "input_factor": returns}
    past = {name: values[:TRAINING_MONTHS] for name, values in months.items()}
    model.fit(past, returns[:TRAINING_MONTHS], epochs=epochs, batch_size=16, verbose=0)
    everything = keras.Model(model.inputs, [model.get_layer("output_beta").output, model.get_layer("output_factor").output, model.outputs[0]])
    return everything.predict(months, verbose=0)


with picture("build_conditional_autoencoder (and total_r2)"):
    explained = {**baselines(), "conditional\nautoencoder": trained_factor_model()[2]}
    scores = {title: total_r2(returns[TRAINING_MONTHS:], found[TRAINING_MONTHS:]) for title, found in explained.items()}
    plt.figure(figsize=(7, 3))
    bars = plt.bar(list(scores), list(scores.values()), color=["#BBBBBB", "#56B4E9", "#56B4E9", "#D55E00"], edgecolor="black")
    plt.bar_label(bars, fmt="%.3f")
    plt.ylabel("total R², held-out months")
    plt.ylim(0, 1)

# %% [markdown]
# Did it find the truth? Factors have no names and no fixed scale: a model may mix them as it likes, if it mixes the betas to match. So first find the mix
# that fits the true betas best, then compare. Each panel: one true beta (line) against the characteristics that it comes from, and what the network has learned (dots)
# about one held-out month. Betas of PCA could only be one number for a ticker, for all months.

# %% tags=["demo"]
with picture("build_conditional_autoencoder"):
    learned_betas = trained_factor_model()[0]
    held_out = slice(TRAINING_MONTHS, None)
    truth = true_betas(characteristics)
    mix = np.linalg.lstsq(learned_betas[held_out].reshape(-1, 3), truth[held_out].reshape(-1, 3), rcond=None)[0]
    month = -1
    z, learned = characteristics[month], learned_betas[month] @ mix
    figure, panels = plt.subplots(1, 3, figsize=(11, 3.2), layout="constrained")
    axes = [(z[:, 0], "characteristic 1"), (z[:, 1] * z[:, 2], "characteristic 2 times characteristic 3"), (z[:, 3], "characteristic 4")]
    for k, (panel, (place, title)) in enumerate(zip(panels, axes)):
        order = np.argsort(place)
        panel.plot(place[order], truth[month, order, k], "k-", label="true")
        panel.plot(place, learned[:, k], "o", color="#D55E00", alpha=0.6, label="learned")
        panel.set(xlabel=title, ylabel=f"beta {k + 1}")
    panels[0].legend()

# %% [raw]
# # BEGIN QUESTION
# name: forecast

# %% [markdown]
# ## 4 · What could be said before the month began
#
# The total R² above *explains* a month's returns by factors that are made from these same returns. That is risk, and worth knowing, but no
# forecast: nobody has the month's returns before it is over. What is known **before** month $t$ are its betas (they come from characteristics that are already
# published) and the factors of earlier months. A factor that paid on average will, one hopes, go on paying. So take the mean of the factor's last values, its
# *premium*, and multiply:
#
# $$\hat r_{ti} = \sum_k \beta_{tik} \lambda_{tk}, \qquad \lambda_t = \text{mean of } f_s \text{ over the last } w \text{ months } s \text{ \textbf{before} } t$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $\beta$ | `betas` | `(T, N, K)`; `betas[t]` is known before month `t` |
# | $f$ | `factors` | `(T, K)`; `factors[t]` is known only when month `t` is over |
# | $w$ | `window` | a whole number, at least 1 |
# | $\hat r$ | what you return | `(T, N)` |

# %% [markdown]
# **The wrong turn** is called *look-ahead*, and it has ruined real funds: the forecast of a month uses, by an index that is off by one or by a mean over all
# months, what became known only later. The back-test then looks splendid. Below, three traders bet on the sign of a fair coin; look at what each has earned after 1,000 throws.

# %% tags=["demo"]
coin = np.random.default_rng(3).choice([-1, 1], size=1001)
last, this = coin[:-1], coin[1:]
for trader, signal in [("knows the last throw", last), ("knows this throw too", this), ("uses a mean over this and the last", this + last)]:
    print(f"{trader:36s} earns {np.sum(np.sign(signal) * this):5d}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def forecast_returns(betas, factors, window):
    """Forecasts each month's returns from this month's betas and the factors of the months before it.

    betas: `(T, N, K)`, NumPy; `betas[t]` is known before month t.
    factors: `(T, K)`, NumPy; `factors[t]` is known after month t.
    window: how many months the mean of the factors goes back, at least 1.

    Returns an array `(T, N)`. Row t is `betas[t]` times the mean of the last `window` rows of factors before t: neither
    `factors[t]` nor anything later counts. Where there are fewer than `window` months before t, the mean is over those
    there are; row 0, with none, is all zeros. The arrays that you are given stay as they are.

    Example: one ticker with beta 2 in months 0, 1 and 2 and beta 3 in month 3, one factor with values 1, 5, 3, 100, and
    window 2. The forecasts are 0, then 2 · 1 = 2, then 2 · (1 + 5) / 2 = 6, then 3 · (5 + 3) / 2 = 12.
    """
    # BEGIN SOLUTION NO PROMPT
    forecasts = np.zeros(betas.shape[:2])
    for month in range(1, len(factors)):
        premium = factors[max(month - window, 0) : month].mean(axis=0)
        forecasts[month] = betas[month] @ premium
    return forecasts
    # END SOLUTION
    """ # BEGIN PROMPT
    # For each month: cut out the earlier months that count, take their mean, multiply.
    raise NotImplementedError("forecast_returns is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# On the evening before month 3 begins, which rows of `factors` are known?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# A slice `a[i:j]` leaves out `a[j]`. And it does something surprising when `i` is negative.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `max` for the slice's beginning, `mean(axis=0)`, the operator `@`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The example of the docstring comes out right."
failure_message: "Expected: the forecasts 0, 2, 6 and 12 for the example of the docstring."
""" # END TEST CONFIG


def test_example(forecast_returns):
    import numpy as np

    b, f = np.array([2.0, 2, 2, 3]).reshape(4, 1, 1), np.array([[1.0], [5], [3], [100]])
    made = np.array(forecast_returns(b, f, 2))
    assert made.shape == (4, 1), f"4 months, 1 ticker: expected shape (4, 1), got {made.shape}"
    reasons = [
        "before month 0 no factor is known, so its row is all zeros",
        "only month 0 lies before month 1, so the mean is over one month; does your slice begin at a negative number?",
        "the mean is over months 0 and 1",
        "betas of month 3, and the mean over months 1 and 2",
    ]
    for month, (wanted, why) in enumerate(zip([0, 2, 6, 12], reasons)):
        assert np.isclose(made[month, 0], wanted), f"expected [0, 2, 6, 12], got {made[:, 0]}. Month {month}: {why}"
    kept = b.ravel().tolist() == [2, 2, 2, 3] and f.ravel().tolist() == [1, 5, 3, 100]
    assert kept, "the arrays that were handed in have changed: make new ones"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each ticker's betas meet their own factors."
failure_message: "Expected: for each ticker, the sum over factors of beta times mean factor."
""" # END TEST CONFIG


def test_tickers_and_factors(forecast_returns):
    import numpy as np

    b, f = np.array([[[1.0, 2, 3], [0, -1, 1]], [[1, 2, 3], [0, -1, 1]]]), np.array([[1.0, 10, 100], [7, 7, 7]])
    made = np.asarray(forecast_returns(b, f, 5))
    assert made.shape == (2, 2), f"2 months, 2 tickers: expected shape (2, 2), got {made.shape}"
    assert np.allclose(made[1], [321, 90]), (
        f"betas (1, 2, 3) and (0, -1, 1), factors (1, 10, 100) in the month before: expected [321, 90], got {made[1]}. Each factor has a mean of its own; what is summed?"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "What happens later does not change a forecast."
failure_message: "Expected: forecasts that do not move when later factors do."
""" # END TEST CONFIG


def test_no_look_ahead(forecast_returns):
    import numpy as np

    random = np.random.default_rng(0)
    b, f = random.normal(size=(9, 5, 3)), random.normal(size=(9, 3))
    before = np.array(forecast_returns(b.copy(), f.copy(), 4))
    f[6:] += 10
    moved = np.flatnonzero(np.abs(np.asarray(forecast_returns(b.copy(), f.copy(), 4)) - before).max(axis=1) > 1e-6)
    early = [int(month) for month in moved if month <= 6]
    assert not early, f"the factors of months 6, 7 and 8 were changed, and the forecasts for months {early} moved: they must be made before month 6 is over"
    assert 7 in moved, "the factors of month 6 were changed, and the forecast for month 7 did not notice"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The total R² of forecasts on the held-out months, with a mean over ten years and with one over a single year, and the latter again with a look-ahead of
# one month put in by hand. Even here, where the factors pay richly and nothing ever changes, the best honest forecasts explain a few per cent of monthly returns, and the
# mean of twelve noisy months is worse than silence. Watch what a single month of look-ahead makes of it.

# %% tags=["demo"]
with picture("forecast_returns, with all that it builds on,"):
    learned_betas, learned_factors, _ = trained_factor_model()
    shifted = np.concatenate([learned_factors[1:], learned_factors[:1]])  # factors one month too early
    cases = [
        ("true betas and factors", true_betas(characteristics), true_factors, 120),
        ("learned betas and factors", learned_betas, learned_factors, 120),
        ("learned betas and factors", learned_betas, learned_factors, 12),
        ("one month of look-ahead", learned_betas, shifted, 12),
    ]
    for title, b, f, months in cases:
        made = forecast_returns(b, f, months)
        print(f"{title:26s} window {months:3d} {total_r2(returns[TRAINING_MONTHS:], made[TRAINING_MONTHS:]):7.3f}")

# %% [markdown]
# ## Put together: one knob
#
# `NUM_FACTORS` below is the knob. The simulation has three factors; nobody tells you so in real life. Train with 1, 2, 3 and 5, and watch both numbers.
#
# **Question to think about** (not graded): what happens to the R² of the training months as factors are added, and what to that of the held-out months? Which
# of the two would you use to choose their number?

# %% tags=["demo"]
NUM_FACTORS = 2

with picture("build_conditional_autoencoder (and total_r2)"):
    explained = trained_factor_model(num_factors=NUM_FACTORS)[2]
    for title, months in [("training", slice(TRAINING_MONTHS)), ("held out", slice(TRAINING_MONTHS, None))]:
        print(f"{NUM_FACTORS} factors, {title} months: total R² {total_r2(returns[months], explained[months]):.3f}")

# %% [markdown]
# ## What you can do now
#
# - build models out of models, and know which weights they share
# - thread a network over an axis, and prove that you did by moving one input
# - judge a model against the best that is possible, and against the simple ones that came before it
# - tell an explanation from a forecast
#
# **Three things to try.** Train the digits' autoencoder with a code of two numbers, and draw the map of codes. Leave the ReLU out of the beta network: which of the three
# betas can it still learn? Add a second hidden layer: does the held-out R² come closer to the attainable one?
#
# **What the hidden tests look at.** The same things as the checks above, only harder: other sizes, all different from each other; batches of several
# lengths; every pixel, ticker and weight; training mode as well as inference; forecasts under windows from one month to more than there are. One test trains your
# autoencoder on digits as above: of the held-out images' variance, less than 45 % may be lost. One trains your conditional autoencoder as above, and the held-out
# total R² must come within 0.05 of the attainable one.
#
# **How to hand in.** Run everything from top to bottom once more (*Kernel → Restart and run all*), save, and hand in this file, `autoencoders.ipynb`.
