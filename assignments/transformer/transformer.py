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
# name: transformer
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # A transformer that translates
#
# ![Two maps of attention. Along the bottom of the left one stands “Wednesday, March 3rd 2021”, along its side, from top to bottom, 2021-03-03, which the network writes. Dark squares show where it looks while it writes each character: at the digits of the year for the year, at the name of the month for the month, at the 3 for the day. On the right the same for 07/04/76, which becomes 1976-07-04.](data/cover.png)
#
# People write one and the same day as *the 3rd of March 2021*, *Mar 3, 2021* or *03/03/21*. At the end of this notebook you have built a network that reads a date in any of
# fifteen such forms, character by character, and writes it as computers like it: `2021-03-03`. Nobody tells it what a month is. It learns from pairs, on the days of
# a century, and is right on almost all days that it has never seen.
#
# The network is a *transformer*: an **encoder** that reads, a **decoder** that writes, and between them **attention**, which lets each character that is written look back at those characters that
# matter for it. The picture shows where it looks. Networks that translate whole books are made of the same parts, only more and larger ones, and you write each of these parts here.
#
# **You need** `layers.Layer` subclasses, the functional API and `fit`. You need no knowledge of recurrent networks. **It takes** about 90 minutes. Nothing here needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `scaled_dot_product_attention`: who looks where, and what they see | 15 |
# | 2 | `causal_mask`: nobody looks into the future | 5 |
# | 3 | `PositionalEmbedding`: what a token is, and where it stands | 10 |
# | 4 | `TransformerEncoder`: the block that reads | 15 |
# | 5 | `TransformerDecoder`: the block that writes | 20 |
# | 6 | `build_transformer`: three models, one set of weights | 10 |
# | 7 | `format_dataset`: how one teaches it | 10 |
# | 8 | `decode_sequence`: how one has it translate | 15 |
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
    if Path("transformer").is_dir():
        os.chdir("transformer")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("transformer").is_dir():
            os.chdir("transformer")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("transformer.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("transformer.ipynb")

# %%
import contextlib
import functools
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
        print(f"A picture comes here once {waits_for} is written.")


# %% [markdown]
# The data: 12,500 days between 1950 and 2049, each written in one of fifteen forms, and the same day in ISO form. No day comes twice. The last 500 are *held out*: the network
# never trains on them. Each written form has one meaning: between slashes the month comes first, between dots the day, and a year of two digits lies between 1950 and 2049.

# %%
def read_pairs(name):
    """The two columns of a file of pairs, as two lists of strings."""
    lines = Path("data", name).read_text(encoding="utf-8").splitlines()
    return [list(column) for column in zip(*(line.split("\t") for line in lines))]


written, iso = read_pairs("dates.tsv")

# %% tags=["demo"]
for pair in list(zip(written, iso))[:5]:
    print("{:>30}  →  {}".format(*pair))

# %% [markdown]
# A network reads numbers. Here each **character** is a *token*: an integer that stands for it. Three tokens are special: 0 is **padding**, which fills short rows up so that
# rows of different lengths fit into one array; 1 is **start** and 2 is **end**, which stand around each target, for reasons that you meet in questions 7 and 8.

# %%
PADDING, START, END = 0, 1, 2


class Vocabulary:
    """Which integer stands for which character; the first three are padding, start and end."""

    def __init__(self, texts):
        self.characters = ["", "", ""] + sorted(set("".join(texts)))
        self.size = len(self.characters)

    def encode(self, texts, length):
        """Tokens of each text, padded on the right: int32 `(len(texts), length)`."""
        number = {character: token for token, character in enumerate(self.characters)}
        tokens = np.zeros((len(texts), length), "int32")
        for row, text in zip(tokens, texts):
            row[: len(text)] = [number[character] for character in text]
        return tokens

    def decode(self, tokens):
        """The text of one row of tokens."""
        return "".join(self.characters[int(token)] for token in tokens)


def between_start_and_end(tokens):
    """Tokens `(N, L)` with the start token before each row and the end token behind its last character: `(N, L + 2)`."""
    longer = np.pad(tokens, ((0, 0), (1, 1)))
    longer[:, 0] = START
    longer[np.arange(len(tokens)), 1 + (tokens != PADDING).sum(axis=1)] = END
    return longer


source_vocabulary, target_vocabulary = Vocabulary(written), Vocabulary(iso)
source = source_vocabulary.encode(written, length=30)
target = between_start_and_end(target_vocabulary.encode(iso, length=10))
print("source:", source.shape, " with", source_vocabulary.size, "different tokens")
print("target:", target.shape, " with", target_vocabulary.size, "different tokens")

# %% tags=["demo"]
print(written[0], "→", source[0])
print(iso[0], "→", target[0])

# %% [raw]
# # BEGIN QUESTION
# name: attention

# %% [markdown]
# ## 1 · Who looks where
#
# A Python dict answers a question with the value of the one key that is equal to it. *Attention* asks more softly: it compares a **query** with **all keys**, and answers with
# a mean of all values, in which those count most whose keys agree best with the query. All three are vectors, so everything has a gradient: a network can learn what to ask, and how to be found.
#
# The dot product $q \cdot k$ says how well a query and a key agree. *Softmax*, over all keys of a query, makes positive weights of these scores that add up to 1:
#
# $$\mathrm{weights} = \mathrm{softmax}\left(\frac{q\,k^\top}{\sqrt d}\right), \qquad \mathrm{output} = \mathrm{weights}\; v$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $q$ | `q`: one query for each of `T` positions that ask | `(…, T, d)` |
# | $k$ | `k`: one key for each of `S` positions that are asked | `(…, S, d)` |
# | $v$ | `v`: one value for each of those | `(…, S, d_v)` |
# | weights | a row for each query; the row adds up to 1 | `(…, T, S)` |
# | output | what each query sees | `(…, T, d_v)` |
# | mask | `mask`: true where a query may see a key | broadcasts to `(…, T, S)` |
#
# The dots stand for any leading axes, such as the examples of a batch. Each of them has an attention of its own. A *mask* hides keys: padding, for one, is nothing to look at.

# %% [markdown]
# **Two wrong turns.** Why $\sqrt d$? A dot product of $d$ random terms grows like $\sqrt d$. Undivided, the scores of long vectors are so far apart that softmax gives everything to one key, and its gradient
# dies. Below, the largest of eight weights, on average over 200 random queries. And why not simply multiply the weights by the mask, at the end? Look at what they add up to.

# %% tags=["demo"]
def largest_weight(d, divisor):
    random = np.random.default_rng(0)
    z = np.einsum("nd,nsd->ns", random.normal(size=(200, d)), random.normal(size=(200, 8, d))) / divisor
    shares = np.exp(z - z.max(axis=1, keepdims=True))
    return (shares / shares.sum(axis=1, keepdims=True)).max(axis=1).mean()


lengths = 4 ** np.arange(1, 7)
plt.figure(figsize=(6, 3))
plt.semilogx(lengths, [largest_weight(d, 1) for d in lengths], "o-", label="scores as they are")
plt.semilogx(lengths, [largest_weight(d, np.sqrt(d)) for d in lengths], "s--", label="scores divided by the root of d")
plt.xlabel("d, the length of queries and keys")
plt.ylabel("largest of eight weights")
plt.ylim(0, 1.05)
plt.legend()
plt.show()

shares = np.array([0.5, 0.3, 0.2])
hidden_afterwards = shares * [1, 1, 0]
print("weights hidden afterwards:", hidden_afterwards, "they add up to", hidden_afterwards.sum().round(3))

# %% [raw]
# # BEGIN SOLUTION


# %%
def scaled_dot_product_attention(q, k, v, mask=None):
    """Each query's mean of the values, weighted by how well the query agrees with each key.

    q: queries, `(…, T, d)`. k: keys, `(…, S, d)`. v: values, `(…, S, d_v)`. All are float32 tensors with the same leading axes `…`, of which
    there may be any number: none, a batch `(B,)`, a batch and heads `(B, H)`.
    mask: None, or a bool tensor that broadcasts to `(…, T, S)`; **true where the query of that row may attend to the key of that column**.

    Returns a pair `(output, weights)` of float32 tensors: `output` is `(…, T, d_v)`, `weights` is `(…, T, S)`.

    - weights = softmax(q · kᵀ / √d) over the keys, where d is the length of the last axis of q; output = weights · v.
    - A key that a query may not attend to has weight 0, and the weights of the others add up to 1.
    - A query that may attend to no key at all gets finite numbers, and finite gradients. Which ones is left to you (zeros, or an even spread): nothing reads them.
    - Scores of ±1,000 give no NaN and no infinity. Gradients flow to q, k and v. It works in eager mode and inside `tf.function`.

    Example: q = [[2, 0, 0, 0]], k = [[1, 0, 0, 0], [0, 1, 0, 0]] and v = [[10, 5, 0], [20, 5, 1]] have d = 4 and the scores [[1, 0]]. They give
    the weights [[0.731, 0.269]] and the output [[12.69, 5, 0.269]]. With mask [[True, False]] the weights are [[1, 0]], the output [[10, 5, 0]].
    """
    # BEGIN SOLUTION NO PROMPT
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The score of each query with each key, scaled.
    # 2. Where the mask is false, a score that softmax makes nothing of.
    # 3. Weights, then the weighted mean of the values.
    raise NotImplementedError("scaled_dot_product_attention is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which axis of the scores belongs to the keys? What must be true of each row of the weights?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# To swap the last two axes of <code>k</code> and leave all others alone, count axes from the end. To hide a key, make its score so small, before the softmax, that nothing is left of it. With minus
# infinity, a row in which all is hidden becomes 0 / 0; a very large negative number does not.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>keras.ops.matmul</code> (or <code>einsum</code>), <code>keras.ops.swapaxes</code>, <code>keras.ops.where</code>, <code>keras.ops.softmax</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Two queries weigh three keys as they should."
failure_message: "Expected: softmax over the keys, of scores divided by the root of d."
""" # END TEST CONFIG


def test_weights(scaled_dot_product_attention):
    import numpy as np
    import tensorflow as tf

    q, k, v = tf.constant([[2.0, 0, 0, 0], [0, 4, 0, 0]]), tf.eye(3, 4), tf.constant([[10.0, 5], [20, 5], [30, 7]])
    answer = scaled_dot_product_attention(q, k, v)
    assert isinstance(answer, (tuple, list)) and len(answer) == 2, "expected a pair (output, weights)"
    output, weights = map(np.asarray, answer)
    assert weights.shape == (2, 3), f"2 queries, 3 keys: expected weights of shape (2, 3), got {weights.shape}. Does output come first, then weights?"
    causes = {(0.787, 0.107): "the scores were not divided", (0.452, 0.274): "the scores were divided by d, not by its root",
              (0.731, 0.119): "softmax went over the queries", (0.613, 0.193): "the scores were divided by the root of the number of keys"}
    cause = next((f" It looks as if {why}." for numbers, why in causes.items() if np.allclose(weights[0, :2], numbers, atol=0.002)), "")
    expected = np.array([[0.576, 0.212, 0.212], [0.107, 0.787, 0.107]])
    assert np.allclose(weights, expected, atol=0.002), f"expected weights\n{expected}, got\n{weights.round(3)}.{cause}"
    means = np.array([[16.358, 5.424], [20.0, 5.213]])
    assert np.allclose(output, means, atol=0.02), f"the weights are right. Expected the output\n{means}, got\n{output.round(3)}"


# %%
""" # BEGIN TEST CONFIG
success_message: "A hidden key has weight 0, and the others share 1."
failure_message: "Expected: weight 0 for a key that is hidden, and a sum of 1 for the others."
""" # END TEST CONFIG


def test_mask(scaled_dot_product_attention):
    import numpy as np
    import tensorflow as tf

    random = np.random.default_rng(0)
    q, k, v = (tf.constant(random.normal(size=shape), "float32") for shape in [(2, 3, 6), (2, 5, 6), (2, 5, 4)])
    mask = random.random((2, 3, 5)) < 0.6
    mask[..., 0] = True
    weights = np.asarray(scaled_dot_product_attention(q, k, v, tf.constant(mask))[1])
    turned = np.allclose(weights[mask], 0, atol=1e-6)
    assert not turned, "the keys that may be seen have weight 0, and the hidden ones have some: true means that attending is allowed"
    assert np.allclose(weights[~mask], 0, atol=1e-6), f"hidden keys should have weight 0, and have up to {np.abs(weights[~mask]).max():.2g}"
    sums = weights.sum(axis=-1)
    assert np.allclose(sums, 1, atol=1e-4), f"each row of weights should add up to 1; yours add up to\n{sums.round(3)}. Hide before the softmax."


# %%
""" # BEGIN TEST CONFIG
success_message: "Any leading axes will do."
failure_message: "Expected: any number of leading axes, each with an attention of its own."
""" # END TEST CONFIG


def test_leading_axes(scaled_dot_product_attention):
    import numpy as np
    import tensorflow as tf

    random = np.random.default_rng(1)
    q, k, v = (tf.constant(random.normal(size=shape), "float32") for shape in [(2, 7, 3, 6), (2, 7, 5, 6), (2, 7, 5, 4)])
    output, weights = map(np.asarray, scaled_dot_product_attention(q, k, v))
    assert output.shape == (2, 7, 3, 4) and weights.shape == (2, 7, 3, 5), (
        f"q (2, 7, 3, 6), k (2, 7, 5, 6), v (2, 7, 5, 4): expected output (2, 7, 3, 4) and weights (2, 7, 3, 5), got {output.shape} and {weights.shape}"
    )
    alone = np.asarray(scaled_dot_product_attention(q[1, 4], k[1, 4], v[1, 4])[0])
    assert np.allclose(output[1, 4], alone, atol=1e-4), "one pair of leading indices gives another output in the batch than alone"


# %%
""" # BEGIN TEST CONFIG
success_message: "Numbers stay numbers, with large scores and with nothing to see."
failure_message: "Expected: finite numbers, with scores of 1,000 and for a query that may see nothing."
""" # END TEST CONFIG


def test_finite(scaled_dot_product_attention):
    import numpy as np
    import tensorflow as tf

    q, k, v = tf.constant([[2000.0, 0, 0, 0], [0, -2000, 0, 0]]), tf.eye(3, 4), tf.constant([[10.0, 5], [20, 5], [30, 7]])
    for part in scaled_dot_product_attention(q, k, v):
        assert np.isfinite(part).all(), f"scores of 1,000 and -1,000 gave {np.asarray(part)}"
    mask = np.array([[False, True, True], [False, True, False]])
    weights = np.asarray(scaled_dot_product_attention(q, k, v, tf.constant(mask))[1])
    assert np.allclose(weights[~mask], 0, atol=1e-6), f"beside scores of 1,000 and -1,000, hidden keys have weights up to {weights[~mask].max():.2g}: what hides a key must outweigh any score"
    mask = tf.constant([[True, True, False], [False, False, False]])
    for part in scaled_dot_product_attention(q / 1000, k, v, mask):
        assert np.isfinite(part).all(), f"the second query may see nothing, and gets {np.asarray(part)[1]}: any finite numbers will do"


# %%
""" # BEGIN TEST CONFIG
success_message: "Gradients reach queries, keys and values."
failure_message: "Expected: gradients that reach queries, keys and values, also inside tf.function."
""" # END TEST CONFIG


def test_gradients(scaled_dot_product_attention):
    import numpy as np
    import tensorflow as tf

    @tf.function(autograph=False)
    def gradients(*inputs):
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            output, _ = scaled_dot_product_attention(*inputs, tf.constant([[True] * 5, [False] * 5, [True] * 5]))
            total = tf.reduce_sum(output**2)
        return [tf.zeros(0) if g is None else g for g in tape.gradient(total, inputs)]

    random = np.random.default_rng(2)
    inputs = [tf.constant(random.normal(size=shape), "float32") for shape in [(2, 3, 6), (2, 5, 6), (2, 5, 4)]]
    found = gradients.get_concrete_function(*inputs)(*inputs)  # called directly it warns of retracing when the check runs often
    for name, gradient in zip("qkv", found):
        assert np.any(gradient), f"no gradient reaches {name}: stay with keras.ops or tf functions all the way"
        assert np.isfinite(gradient).all(), f"a query that may see nothing spoils the gradient of {name}: {np.sum(~np.isfinite(gradient))} of its numbers are not finite"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The twelve months, as points on a circle. Each month asks with its own point, and each is a key with the same point. So a month sees itself best, its neighbours well, and those across the year hardly.
# The longer the vectors, the sharper it looks.

# %% tags=["demo"]
MONTHS = [name[:3] for name in "January February March April May June July August September October November December".split()]
turn = 2 * np.pi * np.arange(12) / 12
circle = np.stack([np.cos(turn), np.sin(turn)], axis=1).astype("float32")


def show_weights(panel, weights, rows, columns, title=""):
    """Draw weights `(T, S)` of attention: a row for each query, a column for each key; the darker, the more weight."""
    drawn = panel.imshow(weights, cmap="Blues", vmin=0, vmax=max(float(np.max(weights)), 1e-6), aspect="auto")
    panel.set(xticks=range(len(columns)), yticks=range(len(rows)), xlabel="key: who is looked at", ylabel="query: who looks", title=title)
    panel.set_xticklabels(columns, fontsize=8)
    panel.set_yticklabels(rows, fontsize=8)
    return drawn


with picture("scaled_dot_product_attention"):
    figure, panels = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for panel, length in zip(panels, [1.5, 4]):
        points = tf.constant(length * circle)
        _, weights = scaled_dot_product_attention(points, points, points)
        drawn = show_weights(panel, np.asarray(weights), MONTHS, MONTHS, f"vectors of length {length}")
        figure.colorbar(drawn, ax=panel, label="weight")

# %% [raw]
# # BEGIN QUESTION
# name: causal_mask

# %% [markdown]
# ## 2 · Nobody looks into the future
#
# The decoder will write one token after another. While it learns, it has the whole target before it, and learns all positions at once. But at each position it must work with what it will have
# when it writes on its own: the tokens up to here. A *causal mask* sees to that: position $i$ may attend to position $j$ only if $j$ does not come later.
#
# $$\mathrm{mask}_{ij} = \begin{cases} \text{true} & j \le i \\ \text{false} & j > i \end{cases}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $i$ | the row: the position that looks | 0 to `T − 1` |
# | $j$ | the column: the position that is looked at | 0 to `T − 1` |
# | mask | what you return | `(T, T)` |

# %% [markdown]
# **The wrong turn** is one diagonal too few. A colleague's mask hides the present too. Below are its rows, and the weights that a softmax with minus infinity for hidden scores makes of four equal scores: the first position
# sees nothing at all, and gets no numbers.

# %% tags=["demo"]
colleagues_mask = np.array([[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0]])
with np.errstate(all="ignore"):
    shares = np.exp(np.log(colleagues_mask))
    print("mask:\n", colleagues_mask, "\nweights:\n", (shares / shares.sum(axis=1, keepdims=True)).round(2))

# %% [raw]
# # BEGIN SOLUTION


# %%
def causal_mask(length):
    """Which position may attend to which, if none may look ahead.

    length: T, a Python integer.

    Returns a tensor or NumPy array of shape `(T, T)`, with no axis more: true at row i, column j where position i may attend to position j,
    which is where j ≤ i. Its dtype is bool, or a number type with 1 for true and 0 for false.

    Example: `causal_mask(3)` is [[1, 0, 0], [1, 1, 0], [1, 1, 1]], or the same in `True` and `False`.
    """
    # BEGIN SOLUTION NO PROMPT
    positions = ops.arange(length)
    return positions[:, None] >= positions[None, :]
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("causal_mask is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How many ones has the first row, and how many the last?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Either cut a triangle out of a square of ones, or compare the number of each row with the number of each column.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>np.tril</code> or <code>keras.ops.tril</code>; or <code>arange</code> and broadcasting.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "A square, as wide as the sequence is long."
failure_message: "Expected: shape (T, T), of bool or of the numbers 0 and 1."
""" # END TEST CONFIG


def test_shape(causal_mask):
    import numpy as np

    for length in (1, 4):
        mask = np.asarray(causal_mask(length))
        assert mask.shape == (length, length), f"length {length}: expected shape {(length, length)}, got {mask.shape}"
        assert mask.dtype.kind in "biuf", f"expected bool or numbers, got dtype {mask.dtype}"
        assert np.isin(mask, [0, 1]).all(), f"expected nothing but 0 and 1, or False and True; got\n{mask}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each position sees itself and the past."
failure_message: "Expected: true at and below the diagonal, false above it."
""" # END TEST CONFIG


def test_past_and_present(causal_mask):
    import numpy as np

    mask = np.asarray(causal_mask(5)).astype(bool)
    assert mask.shape == (5, 5), f"length 5: expected shape (5, 5), got {mask.shape}"
    assert not np.array_equal(mask, ~np.tri(5, dtype=bool)), "true and false are exchanged: true means that a position may attend, not that it is hidden"
    assert mask.diagonal().all(), f"each position sees itself, so the diagonal is true; yours is {mask.diagonal()}"
    cause = "" if mask[4, 0] else ": the row is who looks, the column who is looked at"
    assert not mask[0, 4], f"the first position sees the last one{cause}"
    assert mask.sum() == 15 and mask[4, 0], f"expected 5 + 4 + 3 + 2 + 1 = 15 times true, got {mask.sum()}:\n{mask.astype(int)}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The months again, now with your mask on your attention: a month remembers, and does not foresee.

# %% tags=["demo"]
with picture("causal_mask, with scaled_dot_product_attention,"):
    points = tf.constant(2.5 * circle)
    _, weights = scaled_dot_product_attention(points, points, points, tf.cast(causal_mask(12), "bool"))
    figure, panel = plt.subplots(figsize=(5, 4), layout="constrained")
    figure.colorbar(show_weights(panel, np.asarray(weights), MONTHS, MONTHS, "nobody looks into the future"), label="weight")

# %% [raw]
# # BEGIN QUESTION
# name: positional_embedding

# %% [markdown]
# ## 3 · What a token is, and where it stands
#
# Attention works on vectors, so each token needs one. An *embedding* is a table with a row for each token, learned like any other weight; to embed a token is to look up its row. But attention sees a
# **set**: nothing in its formula says which key stands first. So a second table has a row for each **position**, and the two rows are added. From the sum, the network can tell both.
#
# $$x_{bt} = \mathrm{tokens}_{bt}\text{-th row of } E \;+\; t\text{-th row of } P$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $\mathrm{tokens}$ | `tokens`, integers | `(B, T)` |
# | $E$ | the token table | `(vocab_size, embed_dim)` |
# | $P$ | the position table | `(sequence_length, embed_dim)` |
# | $x$ | what the layer returns | `(B, T, embed_dim)` |
# | mask | what `compute_mask` returns: false at padding | `(B, T)` |
#
# One thing more: only this layer sees the tokens, so only it can tell what is padding. In Keras, a layer with a method `compute_mask` makes a *padding mask*, and Keras hands it on to the layers behind, as
# far as they say that they support it.

# %% [markdown]
# **The wrong turn**: no positions. Attention without them, with random weights, sees the same in the 12th of March as in the 3rd of December:

# %% tags=["demo"]
rows = layers.Embedding(source_vocabulary.size, 8)
looks = layers.MultiHeadAttention(num_heads=2, key_dim=8)
for text in ["12/03/2021", "03/12/2021"]:
    seen = rows(source_vocabulary.encode([text], length=10))
    mean = ops.mean(looks(seen, seen), axis=1)
    print(text, "→", np.asarray(mean)[0].round(4))

# %% [raw]
# # BEGIN SOLUTION


# %%
class PositionalEmbedding(layers.Layer):
    """Token embedding plus position embedding, both learned.

    sequence_length: how many positions the layer knows. vocab_size: how many tokens there are, padding included. embed_dim: E. Further keyword arguments
    (`name`, …) go to `layers.Layer`.

    Called on integer tokens of shape `(B, T)`, with 0 ≤ token < vocab_size and 1 ≤ T ≤ sequence_length, it returns float32 `(B, T, E)`: row t of example b is
    (row `tokens[b, t]` of the token table) + (row t of the position table). Nothing is scaled.

    - It has two weights, both trainable: a token table `(vocab_size, E)` and a position table `(sequence_length, E)`, random at the start.
    - Positions count from 0 at the left. T may be less than sequence_length, may change from call to call, and may be unknown (`None`) when a model is built.
    - Token 0 is padding. It is embedded like any other token; `compute_mask(tokens)` returns the padding mask, bool of shape `(B, T)`, true where
      the token is **not** padding. Keras calls it and hands the mask on to the layers behind.

    Example: with token table [[0, 0], [1, 2], [3, 4]] and position table [[10, 10], [20, 20], [30, 30]], the tokens [[2, 0]] give [[[13, 14], [20, 20]]] and
    the mask [[True, False]].
    """

    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        # BEGIN SOLUTION NO PROMPT
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)
        self.position_embeddings = layers.Embedding(sequence_length, embed_dim)
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. The two tables.
        raise NotImplementedError("PositionalEmbedding is not written yet")
        """ # END PROMPT

    def call(self, tokens):
        # BEGIN SOLUTION NO PROMPT
        positions = ops.arange(ops.shape(tokens)[-1])
        return self.token_embeddings(tokens) + self.position_embeddings(positions)
        # END SOLUTION
        """ # BEGIN PROMPT
        # 2. Look both up, and add.
        raise NotImplementedError("PositionalEmbedding is not written yet")
        """ # END PROMPT

    def compute_mask(self, tokens, mask=None):
        # BEGIN SOLUTION NO PROMPT
        return ops.not_equal(tokens, 0)
        # END SOLUTION
        """ # BEGIN PROMPT
        # 3. Where is a token, and where only padding?
        raise NotImplementedError("PositionalEmbedding is not written yet")
        """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which numbers do you look up in the second table, and how many of them, if T differs from call to call?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# When a model is built, <code>tokens.shape</code> may hold <code>None</code>; there is an operation that gives the shape as it is at run time. The rows of the positions have no batch axis: what does
# <code>+</code> do with <code>(B, T, E)</code> and <code>(T, E)</code>?
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>layers.Embedding</code>, <code>keras.ops.arange</code>, <code>keras.ops.shape</code>, <code>keras.ops.not_equal</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Token row plus position row."
failure_message: "Expected: the token's row of one table plus the position's row of the other."
""" # END TEST CONFIG


def test_sum(PositionalEmbedding):
    import numpy as np
    import tensorflow as tf

    layer = PositionalEmbedding(3, 5, 2)
    layer(tf.zeros((1, 3), "int32"))
    shapes = sorted(tuple(weight.shape) for weight in layer.weights)
    assert shapes == [(3, 2), (5, 2)], f"3 positions, 5 tokens, vectors of length 2: expected tables of shape (3, 2) and (5, 2), got {shapes}"
    for weight in layer.weights:
        weight.assign([[10, 10], [20, 20], [30, 30]] if weight.shape[0] == 3 else [[9, 7], [1, 2], [3, 4], [5, 6], [7, 8]])
    got = np.asarray(layer(tf.constant([[4, 1, 0], [2, 2, 3]])))
    expected = np.array([[[17, 18], [21, 22], [39, 37]], [[13, 14], [23, 24], [35, 36]]])
    assert got.shape == (2, 3, 2), f"tokens of shape (2, 3): expected shape (2, 3, 2), got {got.shape}"
    cause = " There are no positions in it." if np.allclose(got, expected - np.array([10, 20, 30])[:, None]) else ""
    if np.allclose(got[0, 2], [30, 30]):
        cause = " Token 0 has a row in the table too, and is embedded like any other token."
    assert np.allclose(got, expected), f"tokens [[4, 1, 0], [2, 2, 3]]: expected\n{expected}, got\n{got}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Short sequences are welcome, also when a model does not know the length."
failure_message: "Expected: any length up to sequence_length, also in a model that is built for unknown lengths."
""" # END TEST CONFIG


def test_lengths(PositionalEmbedding):
    import keras
    import numpy as np

    tokens = keras.Input((None,), dtype="int32")
    model = keras.Model(tokens, PositionalEmbedding(9, 5, 2)(tokens))
    long = np.asarray(model(np.array([[3, 1, 4, 2, 2, 1, 3]])))
    short = np.asarray(model(np.array([[3, 1, 4]])))
    assert short.shape == (1, 3, 2), f"3 tokens: expected shape (1, 3, 2), got {short.shape}"
    assert np.allclose(long[:, :3], short), "the first three tokens have other vectors in a row of three than in a row of seven: positions count from 0 at the left"


# %%
""" # BEGIN TEST CONFIG
success_message: "The mask tells tokens from padding."
failure_message: "Expected: a mask that is true at tokens and false at padding."
""" # END TEST CONFIG


def test_mask(PositionalEmbedding):
    import numpy as np

    layer = PositionalEmbedding(6, 5, 2)
    tokens = np.array([[3, 1, 0, 0], [2, 0, 0, 0], [1, 4, 2, 3]])
    layer(tokens)
    mask = layer.compute_mask(tokens)
    assert mask is not None, "compute_mask returned None"
    mask, expected = np.asarray(mask), np.array([[1, 1, 0, 0], [1, 0, 0, 0], [1, 1, 1, 1]], bool)
    assert mask.dtype == bool and mask.shape == (3, 4), f"expected bool of shape (3, 4), got {mask.dtype} of shape {mask.shape}"
    cause = " Yours is true at padding: true means that there is something." if np.array_equal(mask, ~expected) else ""
    assert np.array_equal(mask, expected), f"tokens\n{tokens}: expected\n{expected}, got\n{mask}.{cause}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A short date, embedded in 12 numbers a token. The three 1s have the same row in the left panel, and three different ones in the right.

# %% tags=["demo"]
with picture("PositionalEmbedding"):
    keras.utils.set_random_seed(1)
    text = "11/01/95"
    tokens = source_vocabulary.encode([text], length=12)
    layer = PositionalEmbedding(12, source_vocabulary.size, 12)
    total = np.asarray(layer(tokens))[0]
    table = next(np.asarray(weight) for weight in layer.weights if weight.shape[0] == source_vocabulary.size)
    parts = {"token rows": table[tokens[0]], "position rows": total - table[tokens[0]], "their sum": total}
    figure, panels = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained", sharey=True)
    for panel, (title, part) in zip(panels, parts.items()):
        drawn = panel.imshow(part, cmap="PuOr", vmin=-0.1, vmax=0.1)
        panel.set(title=title, xlabel="embedding", yticks=range(12))
    panels[0].set_yticklabels(list(text) + ["padding"] * 4)
    panels[0].set_ylabel("token")
    figure.colorbar(drawn, ax=panels, label="value")
    print("mask:", np.asarray(layer.compute_mask(tokens))[0].astype(int))

# %% [raw]
# # BEGIN QUESTION
# name: encoder

# %% [markdown]
# ## 4 · The block that reads
#
# In *self-attention*, queries, keys and values all come from one sequence: each token of the date asks all the others, and takes in what it needs. A 3 learns that it stands before *March*, and so is a day. **Several heads** do this side
# by side, each with queries, keys and values of its own, made by learned matrices, and a last matrix mixes what they found. All this is in Keras' `layers.MultiHeadAttention`, which from here on does
# your question 1 for you. Behind it, a small *feed-forward network* thinks about each position by itself.
#
# Around either of them lie two helpers. What it computes is **added** to what went in, so that nothing gets lost and gradients have a short way home. And the sum is **normalised**: each position's vector gets
# mean 0 and variance 1 (`LayerNormalization`, which then scales and shifts by learned weights). Here it is the sum that is normalised, which is called *post-norm*:
#
# $$a = \mathrm{norm}_1\big(x + \mathrm{attention}(x, x)\big), \qquad y = \mathrm{norm}_2\big(a + \mathrm{feed\_forward}(a)\big)$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `x`: the embedded source | `(B, S, E)`, with `E` = `embed_dim` |
# | queries, keys, values of a head | inside `MultiHeadAttention` | `(B, S, key_dim)` each |
# | weights | inside `MultiHeadAttention` | `(B, num_heads, S, S)` |
# | $a$ | after the first half | `(B, S, E)` |
# | hidden layer of the feed-forward network | | `(B, S, dense_dim)` |
# | $y$ | what you return | `(B, S, E)` |

# %% [markdown]
# **The wrong turn** is to let everybody look at padding. A colleague's block has the right layers, and shapes and loss say nothing. But give it one and the same date with more and more padding behind it, as it would come in batches with
# longer neighbours, and look at the first token:

# %% tags=["demo"]
keras.utils.set_random_seed(2)
embed, look = layers.Embedding(source_vocabulary.size, 4), layers.MultiHeadAttention(num_heads=2, key_dim=4)
for length in [8, 12, 30]:
    vectors = embed(source_vocabulary.encode(["11/01/95"], length))
    print(f"{length - 8:2} × padding:", np.asarray(look(vectors, vectors))[0, 0].round(4))

# %% [raw]
# # BEGIN SOLUTION


# %%
class TransformerEncoder(layers.Layer):
    """One encoder block: self-attention, then a feed-forward network, each added to its input and normalised.

    embed_dim: E, a token's length. dense_dim: the width of the feed-forward network's hidden layer. num_heads: heads of the attention. Further keyword
    arguments (`name`, …) go to `layers.Layer`.

    Called on float32 `x` of shape `(B, S, E)`, it returns float32 `(B, S, E)`:

        a = norm_1(x + attention(x, x))         (post-norm: first add, then normalise)
        y = norm_2(a + feed_forward(a))

    - attention: one `layers.MultiHeadAttention` with `num_heads` heads and **`key_dim=embed_dim`**; feed_forward: a Dense layer of `dense_dim` units with ReLU, then
      one of `embed_dim` units without activation; two `layers.LayerNormalization`. All have Keras' defaults otherwise (biases, no dropout), and
      these are all its weights.
    - Padding: `x` may come with a padding mask `(B, S)`, from a layer with `compute_mask` before it. Then no position attends to a padded one: what stands at padded
      positions moves no output at any other. (Outputs at padded positions themselves are left open.) Keras hands the mask to an argument of `call` named `mask`, if there is one, and
      to every Keras layer that `x` itself is given to.
    - The mask goes on to the layer behind: the layer's attribute `supports_masking`, set to True, says so to Keras.
    - S may change from call to call and may be unknown (`None`) when a model is built.

    Example: `TransformerEncoder(4, 6, 3)` on x of shape (2, 5, 4) returns shape (2, 5, 4) and has 306 parameters: 232 in the attention, 58 in the two
    Dense layers, 16 in the two normalisations.
    """

    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        # BEGIN SOLUTION NO PROMPT
        self.supports_masking = True
        self.attention = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.feed_forward = keras.Sequential([layers.Dense(dense_dim, activation="relu"), layers.Dense(embed_dim)])
        self.norm_1 = layers.LayerNormalization()
        self.norm_2 = layers.LayerNormalization()
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. The layers, and that a mask goes on.
        raise NotImplementedError("TransformerEncoder is not written yet")
        """ # END PROMPT

    # BEGIN SOLUTION NO PROMPT
    def call(self, x):
        x = self.norm_1(x + self.attention(query=x, value=x))
        return self.norm_2(x + self.feed_forward(x))

    # END SOLUTION
    """ # BEGIN PROMPT
    def call(self, x):  # or: def call(self, x, mask=None)
        # 2. Attention, add, normalise.
        # 3. Feed-forward, add, normalise.
        raise NotImplementedError("TransformerEncoder is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which of your layers lets positions look at each other? It is the only one that has to know about padding.
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# <code>MultiHeadAttention</code> is called with a query and a value (the key is the value unless you give one). A Keras layer that is given a tensor with a mask finds the mask by itself. If you
# would rather pass it on yourself, take <code>mask</code> as an argument of <code>call</code>: it is <code>(B, S)</code>, where <code>attention_mask</code> wants something that broadcasts to
# <code>(B, S, S)</code>, with keys on the last axis; and it may be None.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>layers.MultiHeadAttention</code>, <code>layers.LayerNormalization</code>, <code>layers.Dense</code>, <code>keras.Sequential</code>, <code>supports_masking</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Shape in, same shape out, with the right number of parameters."
failure_message: "Expected: the shape of x, and the layers that the docstring lists."
""" # END TEST CONFIG


def test_shape_and_parameters(TransformerEncoder):
    import numpy as np

    block = TransformerEncoder(4, 6, 3)
    x = np.random.default_rng(0).normal(size=(2, 5, 4)).astype("float32")
    shape = tuple(block(x).shape)
    assert shape == (2, 5, 4), f"x of shape (2, 5, 4): expected shape (2, 5, 4), got {shape}"
    count = block.count_params()
    cause = {135: " Is key_dim embed_dim?", 298: " Is there only one normalisation?"}.get(count, "")
    assert count == 306, f"TransformerEncoder(4, 6, 3): expected 306 parameters, got {count}.{cause} Your weights: {[tuple(w.shape) for w in block.weights]}"


# %%
""" # BEGIN TEST CONFIG
success_message: "What goes in is added to what comes out, and the sum is normalised."
failure_message: "Expected: what goes in is added to what comes out, and the sum is normalised."
""" # END TEST CONFIG


def test_add_and_normalise(TransformerEncoder):
    import numpy as np

    block = TransformerEncoder(4, 6, 3)
    x = np.array([[[1, 2, 3, 6], [5, -1, 0, 0]], [[0, 7, 1, 0], [-2, -4, 4, 4]]], "float32")
    y = np.asarray(block(x))
    assert np.allclose(y.mean(axis=-1), 0, atol=1e-3), "each position's vector should leave with mean 0: the last step normalises the sum (post-norm)"
    for weight in block.weights:
        if len(weight.shape) > 1:
            weight.assign(np.zeros(weight.shape))
    y, expected = np.asarray(block(x)), (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)
    cause = " It is 0: what goes in was not added." if np.allclose(y, 0, atol=1e-3) else ""
    assert np.allclose(y, expected, atol=0.02), f"with all kernels at 0 the block should only normalise x: expected\n{expected[0].round(2)}, got\n{y[0].round(2)}.{cause}"
    bias = np.array([0.5, -0.5, 0, 1])
    for weight in block.weights:
        if tuple(weight.shape) == (4,) and not np.asarray(weight).any():
            weight.assign(bias)

    def norm(z):
        return (z - z.mean(axis=-1, keepdims=True)) / z.std(axis=-1, keepdims=True) + bias

    y, expected = np.asarray(block(x)), norm(norm(x + bias) + bias)
    cause = " The second sum takes x, where it should take a." if np.allclose(y, norm(x + bias), atol=0.02) else ""
    cause = " It looks as if the attention's result were normalised before it is added." if np.allclose(y, norm(x + norm(0 * x + bias) + bias), atol=0.02) else cause
    assert np.allclose(y, expected, atol=0.02), (
        f"attention and feed-forward network now return {bias}, which each normalisation adds too. Expected\n{expected[0].round(2)}, got\n{y[0].round(2)}.{cause}"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "Positions look at each other, and not at padding."
failure_message: "Expected: each position sees all others, but no padding."
""" # END TEST CONFIG


def test_padding(TransformerEncoder):
    import keras
    import numpy as np

    tokens = keras.Input((None,), dtype="int32")
    vectors = keras.layers.Embedding(9, 4, mask_zero=True)(tokens)
    model = keras.Model(tokens, TransformerEncoder(4, 6, 3)(vectors))
    rows = np.array([[3, 5, 2, 8], [6, 1, 4, 8]])
    plain, padded, other = (np.asarray(model(each)) for each in [rows, np.pad(rows, ((0, 0), (0, 3))), np.where(rows == 8, 7, rows)])
    assert not np.allclose(plain[:, 0], other[:, 0], atol=1e-4), "the last token moves nothing at the first position: does it attend to all positions?"
    gap = np.abs(padded[:, :4] - plain).max()
    assert gap < 1e-4, f"three times padding behind four tokens moves their outputs by up to {gap:.3f}: no position should attend to padding"


# %%
""" # BEGIN TEST CONFIG
success_message: "The padding mask goes on to the next layer."
failure_message: "Expected: the padding mask goes on to the next layer."
""" # END TEST CONFIG


def test_mask_goes_on(TransformerEncoder):
    import warnings

    import keras
    import numpy as np

    masks = []

    class Behind(keras.layers.Layer):
        def call(self, x, mask=None):
            masks.append(mask)
            return x

    tokens = keras.Input((None,), dtype="int32")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras warns of a layer that loses a mask
        model = keras.Model(tokens, Behind()(TransformerEncoder(4, 6, 3)(keras.layers.Embedding(9, 4, mask_zero=True)(tokens))))
        rows = np.array([[3, 5, 0], [2, 0, 0]])
        model(rows)
    assert masks[-1] is not None, "a layer behind yours gets no mask: has your layer told Keras that it supports masking?"
    assert np.array_equal(np.asarray(masks[-1]), rows != 0), f"tokens\n{rows}: the layer behind gets the mask\n{np.asarray(masks[-1])}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Who looks where, in your block, for a date with padding behind it. The block is not trained, so its attention is spread at random; but the columns of padding are empty. (The helper listens to
# every `MultiHeadAttention` that is called; you need not read it.)

# %% tags=["demo"]
@contextlib.contextmanager
def recorded_attention():
    """Collects the weights, `(B, num_heads, T, S)`, of every `MultiHeadAttention` that is called in the block, in the order of the calls."""
    recorded, plain_call = [], layers.MultiHeadAttention.call

    def recording_call(self, *args, **kwargs):
        outputs, weights = plain_call(self, *args, **{**kwargs, "return_attention_scores": True})
        recorded.append(np.asarray(weights))
        return (outputs, weights) if kwargs.get("return_attention_scores") else outputs

    layers.MultiHeadAttention.call = recording_call
    try:
        yield recorded
    finally:
        layers.MultiHeadAttention.call = plain_call


with picture("TransformerEncoder"):
    keras.utils.set_random_seed(3)
    text = "11/01/95"
    tokens = keras.Input((None,), dtype="int32")
    vectors = layers.Embedding(source_vocabulary.size, 16, embeddings_initializer=keras.initializers.RandomNormal(stddev=2.0), mask_zero=True)(tokens)
    model = keras.Model(tokens, TransformerEncoder(16, 32, 2)(vectors))
    with recorded_attention() as recorded:
        model(source_vocabulary.encode([text], length=12))
    figure, panels = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for head, panel in enumerate(panels):
        names = list(text) + ["pad"] * 4
        show_weights(panel, recorded[-1][0, head, :8], list(text), names, f"head {head}")

# %% [raw]
# # BEGIN QUESTION
# name: decoder

# %% [markdown]
# ## 5 · The block that writes
#
# The decoder has two things to look at, and so it has two attentions, one after the other. First *causal self-attention*: each position looks at what was written up to here, and at nothing that comes later. Then
# **cross-attention**: with what it has gathered, each position asks the *source*. Its queries come from the decoder, its keys and values from what the encoder has made of the source. This is where a translation happens. A
# feed-forward network comes last, and all three are added and normalised as in the encoder:
#
# $$a = \mathrm{norm}_1\big(x + \mathrm{self}(x, x)\big), \qquad b = \mathrm{norm}_2\big(a + \mathrm{cross}(a, e)\big), \qquad y = \mathrm{norm}_3\big(b + \mathrm{feed\_forward}(b)\big)$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `x`: the embedded target so far | `(B, T, E)` |
# | $e$ | `encoder_outputs`: the source, as the encoder left it | `(B, S, E)` |
# | weights of self | causal: 0 above the diagonal | `(B, num_heads, T, T)` |
# | weights of cross | 0 in the columns of padding | `(B, num_heads, T, S)` |
# | $y$ | what you return | `(B, T, E)` |
#
# If you use your `causal_mask` here, mind its length: a model is built for any `T`, so that `ops.shape(x)[1]` may be a tensor. A `causal_mask` made of `keras.ops` takes one, a `causal_mask` made of NumPy
# does not. What Keras offers needs no length.

# %% [markdown]
# **The wrong turn** is to forget the causal mask. Nothing complains: the loss even falls much faster than it should, since each position simply looks up the token that it is asked for. Only when the network has to write on
# its own, the future is not there yet, and it has learned nothing else. Below, a colleague's attention. A dark square says that the output in this row moves when the token in this column changes.

# %% tags=["demo"]
def who_moves_whom(function, length=6, width=8):
    """Which outputs `(length, …)` move when one input vector changes: bool `(length, length)`, a row for each output, a column for each input."""
    random = np.random.default_rng(0)
    x = random.normal(size=(1, length, width)).astype("float32")
    before = np.asarray(function(x))
    moved = np.zeros((length, length), bool)
    for t in range(length):
        changed = x.copy()
        changed[:, t] = random.normal(size=width)
        moved[:, t] = np.abs(np.asarray(function(changed)) - before).max(axis=(0, 2)) > 1e-5
    return moved


def show_who_moves_whom(moved, title):
    plt.figure(figsize=(3.2, 3.2))
    plt.imshow(moved, cmap="Blues", vmin=0, vmax=1.5)
    plt.xlabel("input that changes")
    plt.ylabel("output that moves")
    plt.title(title)


look = layers.MultiHeadAttention(num_heads=2, key_dim=8)
show_who_moves_whom(who_moves_whom(lambda x: x + look(x, x)), "the colleague's")
plt.show()

# %% [markdown]
# One cell that belongs to the instructor: it is how checks and pictures call your block, in whichever of the two forms you write it.

# %%
def run_decoder(block, x, encoder_outputs):
    """Call a decoder block in the form that the arguments of its `call` ask for: with one pair, or with two tensors."""
    parameters = inspect.signature(block.call).parameters.values()
    tensors = [p for p in parameters if p.name not in ("mask", "training") and p.kind != p.VAR_KEYWORD]
    pair = len(tensors) == 1 and tensors[0].kind != tensors[0].VAR_POSITIONAL
    return block([x, encoder_outputs]) if pair else block(x, encoder_outputs)


# %% [raw]
# # BEGIN SOLUTION


# %%
class TransformerDecoder(layers.Layer):
    """One decoder block: causal self-attention, attention to the source, then a feed-forward network, each added to its input and normalised.

    embed_dim: E, a token's length. latent_dim: the width of the feed-forward network's hidden layer. num_heads: heads of each attention. Further keyword
    arguments (`name`, …) go to `layers.Layer`.

    Called on float32 `x` of shape `(B, T, E)` (the target so far) and float32 `encoder_outputs` of shape `(B, S, E)` (the source, as the encoder left it), it returns
    float32 `(B, T, E)`:

        a = norm_1(x + self_attention(x, x))                    (causal: position t attends to positions up to t)
        b = norm_2(a + cross_attention(a, encoder_outputs))     (queries from a; keys and values from encoder_outputs)
        y = norm_3(b + feed_forward(b))

    - Two `layers.MultiHeadAttention` with `num_heads` heads and **`key_dim=embed_dim`**; feed_forward: a Dense layer of `latent_dim` units with ReLU, then one of
      `embed_dim` units without activation; three `layers.LayerNormalization`. All have Keras' defaults otherwise (biases, no dropout), and these are all its weights.
    - The output at t does not move when x after t changes. You may use your `causal_mask` (where this block is tested, a right one stands in its place)
      or what Keras offers.
    - Padding of the source: `encoder_outputs` may come with a padding mask `(B, S)`. Then no position attends to a padded one: what stands there moves no output.
    - Padding of the target stands at the end of x, so that the causal mask hides it from all that matters. (Outputs at padded positions themselves are left open.) x's
      mask goes on to the layer behind: `supports_masking` is True.
    - **How it is called.** Write `call(self, x, encoder_outputs)`, to be used as `block(x, encoder_outputs)`, or `call(self, inputs)`, to be used as
      `block([x, encoder_outputs])`: both forms are in use, and checks and tests find out which one is yours by the arguments of your `call`.
      Masks come as Keras hands them out, in a functional model. Every Keras layer sees the mask of a tensor that it is given. As arguments of `call`, the first form may take `x_mask=None, encoder_outputs_mask=None`,
      the second `mask=None`, which then is a list of two, each of them None if that tensor has no mask.
    - S ≠ T in general. Both may change from call to call and may be unknown (`None`) when a model is built.

    Example: `TransformerDecoder(4, 6, 3)` on x of shape (2, 5, 4) and encoder_outputs of shape (2, 7, 4) returns shape (2, 5, 4) and has 546 parameters: 232 in
    each attention, 58 in the two Dense layers, 24 in the three normalisations.
    """

    def __init__(self, embed_dim, latent_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        # BEGIN SOLUTION NO PROMPT
        self.supports_masking = True
        self.self_attention = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.cross_attention = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.feed_forward = keras.Sequential([layers.Dense(latent_dim, activation="relu"), layers.Dense(embed_dim)])
        self.norm_1 = layers.LayerNormalization()
        self.norm_2 = layers.LayerNormalization()
        self.norm_3 = layers.LayerNormalization()
        # END SOLUTION
        """ # BEGIN PROMPT
        # 1. The layers, and that a mask goes on.
        raise NotImplementedError("TransformerDecoder is not written yet")
        """ # END PROMPT

    # BEGIN SOLUTION NO PROMPT
    def call(self, x, encoder_outputs):
        x = self.norm_1(x + self.self_attention(query=x, value=x, use_causal_mask=True))
        x = self.norm_2(x + self.cross_attention(query=x, value=encoder_outputs))
        return self.norm_3(x + self.feed_forward(x))

    # END SOLUTION
    """ # BEGIN PROMPT
    def call(self, x, encoder_outputs):  # or: def call(self, inputs), with inputs = [x, encoder_outputs]
        # 2. Causal self-attention, add, normalise.
        # 3. Attention to the source, add, normalise.
        # 4. Feed-forward, add, normalise.
        raise NotImplementedError("TransformerDecoder is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which of the two attentions is causal? Would it make sense to hide the end of the source?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# In cross-attention, the query is what the first half has made, and not <code>x</code> itself. Each of the three sums takes the result of the step before it. The padding of the source comes with
# <code>encoder_outputs</code>, and is found there by any Keras layer that is given it.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# The arguments of <code>layers.MultiHeadAttention</code> when it is called: <code>query</code>, <code>value</code>, <code>key</code>, <code>use_causal_mask</code>, <code>attention_mask</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The shape of x, with the right number of parameters."
failure_message: "Expected: the shape of x, and the layers that the docstring lists."
""" # END TEST CONFIG


def test_shape_and_parameters(TransformerDecoder, run_decoder):
    import numpy as np

    block, random = TransformerDecoder(4, 6, 3), np.random.default_rng(0)
    x, encoder_outputs = (random.normal(size=(2, length, 4)).astype("float32") for length in (5, 7))
    shape = tuple(run_decoder(block, x, encoder_outputs).shape)
    assert shape == (2, 5, 4), f"x (2, 5, 4), encoder_outputs (2, 7, 4): expected shape (2, 5, 4), got {shape}"
    count = block.count_params()
    cause = {314: " Is one attention used twice, or missing?", 204: " Is key_dim embed_dim?", 538: " Is a normalisation missing?"}.get(count, "")
    assert count == 546, f"TransformerDecoder(4, 6, 3): expected 546 parameters, got {count}.{cause} Your weights: {[tuple(w.shape) for w in block.weights]}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The past counts, the future does not."
failure_message: "Expected: the output at t depends on x up to t, and on nothing later."
""" # END TEST CONFIG


def test_causal(TransformerDecoder, run_decoder):
    import numpy as np

    block, random = TransformerDecoder(4, 6, 3), np.random.default_rng(1)
    x, encoder_outputs = (random.normal(size=(2, length, 4)).astype("float32") for length in (5, 7))
    changed = x.copy()
    changed[:, 2] += random.normal(size=(2, 4))
    moved = np.abs(np.asarray(run_decoder(block, changed, encoder_outputs)) - np.asarray(run_decoder(block, x, encoder_outputs))).max(axis=(0, 2)) > 1e-5
    cause = " At 1 it does not: has position 0 nothing to look at? Each position sees itself." if moved[0] and not moved[1] else ""
    assert not moved[:2].any(), f"position 2 of x changes, and the outputs at {np.flatnonzero(moved[:2])} move: the future shows through.{cause}"
    assert moved[2], "position 2 of x changes, and the output at 2 does not move"
    assert moved[3:].all(), f"position 2 of x changes, and of the later outputs 3 and 4 only {3 + np.flatnonzero(moved[3:])} move: each position sees all of its past"


# %%
""" # BEGIN TEST CONFIG
success_message: "Every position reads the whole source, and no padding."
failure_message: "Expected: each position reads all of the source, but no padding, in a model that is built for any length."
""" # END TEST CONFIG


def test_source(TransformerDecoder, run_decoder):
    import keras
    import numpy as np

    x, tokens = keras.Input((None, 4)), keras.Input((None,), dtype="int32")
    encoder_outputs = keras.layers.Embedding(9, 4, mask_zero=True)(tokens)
    model = keras.Model([x, tokens], run_decoder(TransformerDecoder(4, 6, 3), x, encoder_outputs))
    vectors = np.random.default_rng(2).normal(size=(1, 3, 4)).astype("float32")
    rows = [[3, 5, 2, 8, 6], [3, 5, 2, 8, 7], [3, 5, 2, 8, 6, 0, 0]]
    plain, other, padded = (np.asarray(model([vectors, np.array([row])])) for row in rows)
    moved = np.abs(other - plain).max(axis=(0, 2)) > 1e-5
    assert moved.all(), f"the last token of the source changes, and only the outputs at {np.flatnonzero(moved)} move: the source has no future to hide"
    gap = np.abs(padded - plain).max()
    assert gap < 1e-4, f"padding behind the source moves the outputs by up to {gap:.3f}: no position should attend to padding"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each of the three steps is added and normalised."
failure_message: "Expected: each of the three steps is added to what went into it, and the sum is normalised."
""" # END TEST CONFIG


def test_add_and_normalise(TransformerDecoder, run_decoder):
    import numpy as np

    block = TransformerDecoder(4, 6, 3)
    x = np.array([[[1, 2, 3, 6], [5, -1, 0, 0]], [[0, 7, 1, 0], [-2, -4, 4, 4]]], "float32")
    encoder_outputs = np.random.default_rng(3).normal(size=(2, 7, 4)).astype("float32")
    y = np.asarray(run_decoder(block, x, encoder_outputs))
    assert np.allclose(y.mean(axis=-1), 0, atol=1e-3), "each position's vector should leave with mean 0: the last step normalises the sum (post-norm)"
    for weight in block.weights:
        if len(weight.shape) > 1:
            weight.assign(np.zeros(weight.shape))
    y, expected = np.asarray(run_decoder(block, x, encoder_outputs)), (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)
    cause = " It is 0: something was not added." if np.allclose(y, 0, atol=1e-3) else ""
    assert np.allclose(y, expected, atol=0.02), f"with all kernels at 0 the block should only normalise x: expected\n{expected[0].round(2)}, got\n{y[0].round(2)}.{cause}"
    bias = np.array([0.5, -0.5, 0, 1])
    for weight in block.weights:
        if tuple(weight.shape) == (4,) and not np.asarray(weight).any():
            weight.assign(bias)

    def norm(z):
        return (z - z.mean(axis=-1, keepdims=True)) / z.std(axis=-1, keepdims=True) + bias

    a = norm(x + bias)
    y, expected = np.asarray(run_decoder(block, x, encoder_outputs)), norm(norm(a + bias) + bias)
    cause = " Does each sum take what the step before it made: x, then a, then b?" if np.allclose(y, norm(a + bias), atol=0.02) or np.allclose(y, a, atol=0.02) else ""
    assert np.allclose(y, expected, atol=0.02), (
        f"both attentions and the feed-forward network now return {bias}, which each normalisation adds too. Expected\n{expected[0].round(2)}, got\n{y[0].round(2)}.{cause}"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "The target's padding mask goes on to the next layer."
failure_message: "Expected: the target's padding mask goes on to the next layer."
""" # END TEST CONFIG


def test_mask_goes_on(TransformerDecoder, run_decoder):
    import warnings

    import keras
    import numpy as np

    masks = []

    class Behind(keras.layers.Layer):
        def call(self, x, mask=None):
            masks.append(mask)
            return x

    inputs = [keras.Input((None,), dtype="int32") for _ in range(2)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras warns of a layer that loses a mask
        x, encoder_outputs = (keras.layers.Embedding(9, 4, mask_zero=True)(tokens) for tokens in inputs)
        model = keras.Model(inputs, Behind()(run_decoder(TransformerDecoder(4, 6, 3), x, encoder_outputs)))
        target = np.array([[3, 5, 0], [2, 0, 0]])
        model([target, np.array([[4, 6, 7, 7], [8, 1, 1, 0]])])
    assert masks[-1] is not None, "a layer behind yours gets no mask: has your layer told Keras that it supports masking?"
    assert np.array_equal(np.asarray(masks[-1]), target != 0), f"target\n{target}: the layer behind gets the mask\n{np.asarray(masks[-1])}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** The same picture as above, of your block.

# %% tags=["demo"]
with picture("TransformerDecoder"):
    block = TransformerDecoder(8, 16, 2)
    sourceward = np.random.default_rng(1).normal(size=(1, 9, 8)).astype("float32")
    show_who_moves_whom(who_moves_whom(lambda x: run_decoder(block, x, sourceward)), "yours")

# %% [raw]
# # BEGIN QUESTION
# name: build_transformer

# %% [markdown]
# ## 6 · Three models, one set of weights
#
# Now put the blocks together. Tokens of the source are embedded and read by the encoder. Tokens of the target are embedded, with tables of their own, and the decoder block writes, looking at the encoder's output. A last Dense layer gives a score to each token
# that might come next: the **logits**, which become probabilities only in the loss. In all, these are three models. The transformer is what you train; the encoder and the decoder are its halves. They are not copies:
# to train the transformer is to train both.
#
# $$\mathrm{transformer}(\mathit{source}, \mathit{tokens}) = \mathrm{decoder}\big(\mathit{tokens}, \mathrm{encoder}(\mathit{source})\big)$$
#
# | tensor | in code | shape |
# |---|---|---|
# | source | `encoder_inputs` | `(B, S)`, integers |
# | tokens of the target so far | `decoder_inputs` | `(B, T)`, integers |
# | the encoder's output | `encoder_outputs` | `(B, S, E)` |
# | logits | what transformer and decoder return | `(B, T, target_vocab)` |
#
# When you call one model on what another returns, Keras may warn that it "does not support masking" and will "destroy the mask information". The mask reaches your block all the same; the last check looks.

# %% [markdown]
# **The wrong turn**: to write one function that makes an encoder, and to call it twice, for the encoder and for the transformer. All shapes are right. But each call makes layers of its own. Below, in small: a model is trained, and its
# "encoder" is not.

# %% tags=["demo"]
def colleagues_encoder(x):
    return layers.Dense(2, kernel_initializer="ones", name="half")(x)


keras.utils.set_random_seed(5)
number = keras.Input((3,))
half = keras.Model(number, colleagues_encoder(number))
whole = keras.Model(number, layers.Dense(1)(colleagues_encoder(number)))
whole.compile("sgd", "mse")
whole.fit(np.eye(3), np.arange(3), epochs=50, verbose=0)
print("kernel in the encoder:    ", half.get_layer("half").kernel.numpy().ravel().round(2))
print("kernel in the whole model:", whole.get_layer("half").kernel.numpy().ravel().round(2))

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_transformer(sequence_length, source_vocab, target_vocab, embed_dim, latent_dim, num_heads):
    """Builds the whole transformer of one encoder block and one decoder block, and its two halves.

    sequence_length: the longest source and the longest target, in tokens. source_vocab, target_vocab: how many tokens each side has, padding included.
    embed_dim: E. latent_dim: the width of both feed-forward networks. num_heads: heads of every attention.

    Returns three functional Keras models `(transformer, encoder, decoder)`, not compiled, which **share their weights**:

    - `encoder`: input `encoder_inputs`, integers `(B, S)` → your PositionalEmbedding → your TransformerEncoder → float32 `(B, S, E)`.
    - `decoder`: inputs `decoder_inputs`, integers `(B, T)`, and `encoder_outputs`, float32 `(B, S, E)`, in this order → another PositionalEmbedding on `decoder_inputs` → your
      TransformerDecoder → a Dense layer that makes of each position `target_vocab` **logits** (no activation): float32 `(B, T, target_vocab)`.
    - `transformer`: inputs `encoder_inputs` and `decoder_inputs`, in this order → the logits. `transformer(source, tokens)` is `decoder(tokens, encoder(source))`, number for number.

    The inputs are named as above and are given by name: `transformer({"encoder_inputs": source, "decoder_inputs": tokens})`,
    `decoder({"decoder_inputs": tokens, "encoder_outputs": encoded})`, `encoder(source)`, in each call either all as tensors or all as NumPy arrays (Keras refuses a mixture). S and T are unknown when the models are built (`None`), and may be any length up to
    sequence_length. There are no other layers with weights, and no dropout. Padding of the source (token 0) moves no logit.

    Your three layers do the work; where this function is tested, right ones stand in their place, with the same arguments in the same order, and
    TransformerDecoder's double takes both forms of call.

    Example: `build_transformer(9, 11, 7, 4, 6, 3)` has an encoder of 386 parameters, a decoder of 645 and a transformer of 1,031. Sources (2, 8) and tokens (2, 5) give
    logits of shape (2, 5, 7).
    """
    # BEGIN SOLUTION NO PROMPT
    encoder_inputs = keras.Input((None,), dtype="int32", name="encoder_inputs")
    x = PositionalEmbedding(sequence_length, source_vocab, embed_dim)(encoder_inputs)
    x = TransformerEncoder(embed_dim, latent_dim, num_heads)(x)
    encoder = keras.Model(encoder_inputs, x, name="encoder")

    embedding = PositionalEmbedding(sequence_length, target_vocab, embed_dim)
    block = TransformerDecoder(embed_dim, latent_dim, num_heads)
    to_logits = layers.Dense(target_vocab)

    def write(tokens, encoded):
        return to_logits(block(embedding(tokens), encoded))

    decoder_inputs = keras.Input((None,), dtype="int32", name="decoder_inputs")
    encoder_outputs = keras.Input((None, embed_dim), name="encoder_outputs")
    decoder = keras.Model([decoder_inputs, encoder_outputs], write(decoder_inputs, encoder_outputs), name="decoder")

    logits = write(decoder_inputs, encoder(encoder_inputs))
    return keras.Model([encoder_inputs, decoder_inputs], logits, name="transformer"), encoder, decoder
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The encoder: its input, two of your layers, the model.
    # 2. The decoder: its two inputs, two of your layers, one Dense layer, the model.
    # 3. The transformer: a model can be called like a layer.
    raise NotImplementedError("build_transformer is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How many PositionalEmbedding layers do you need, and why can the source and the target not share one?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# The decoder model has two inputs, and the second is not a row of tokens but what an encoder returns: <code>embed_dim</code> numbers for each position, for a number of positions that is not known. For the transformer, call the two
# models that you have on inputs.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>keras.Input</code> with <code>shape=(None,)</code>, <code>dtype</code> and <code>name</code>; <code>keras.Model(inputs, outputs)</code>, whose inputs may be a list; <code>layers.Dense</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Three models, with inputs that have the right names and outputs of the right shapes."
failure_message: "Expected: (transformer, encoder, decoder), with the names and shapes of the docstring. They use your answers to questions 3 to 5."
""" # END TEST CONFIG


def test_shapes(build_transformer):
    import warnings

    import keras
    from keras import ops

    models = build_transformer(9, 11, 7, 4, 6, 3)
    three = isinstance(models, (tuple, list)) and len(models) == 3 and all(isinstance(model, keras.Model) for model in models)
    assert three, f"expected three Keras models (transformer, encoder, decoder), got {type(models).__name__}"
    transformer, encoder, decoder = models
    wanted = {"transformer": ["encoder_inputs", "decoder_inputs"], "encoder": ["encoder_inputs"], "decoder": ["decoder_inputs", "encoder_outputs"]}
    for model, (title, names) in zip(models, wanted.items()):
        got = [tensor.name for tensor in model.inputs]
        assert sorted(got) == sorted(names), f"{title}: expected inputs named {names}, got {got}"
        assert isinstance(model.input, dict) or got == names, f"{title}: expected the inputs in the order {names}, got {got}"
        floats = [tensor.name for tensor in model.inputs if tensor.name != "encoder_outputs" and "int" not in tensor.dtype]
        assert not floats, f"{title}: tokens are integers, and the dtype of {floats} is another: tell keras.Input"
    for S, T in [(8, 5), (3, 9)]:
        source, tokens = ops.ones((2, S), "int32"), ops.ones((2, T), "int32")
        encoded = encoder(source)
        assert tuple(encoded.shape) == (2, S, 4), f"encoder, {S} tokens: expected shape (2, {S}, 4), got {tuple(encoded.shape)}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Keras takes the decoder for a layer that loses the mask
            halves = decoder({"decoder_inputs": tokens, "encoder_outputs": encoded})
        for title, logits in [("decoder", halves), ("transformer", transformer({"encoder_inputs": source, "decoder_inputs": tokens}))]:
            assert tuple(logits.shape) == (2, T, 7), f"{title}, source of {S}, target of {T} tokens: expected shape (2, {T}, 7), got {tuple(logits.shape)}"


# %%
""" # BEGIN TEST CONFIG
success_message: "The transformer is its two halves, weight for weight."
failure_message: "Expected: the weights of encoder and decoder are those of the transformer, and there are no others."
""" # END TEST CONFIG


def test_shared_weights(build_transformer):
    import warnings

    import numpy as np
    from keras import ops

    transformer, encoder, decoder = build_transformer(9, 11, 7, 4, 6, 3)
    own = {id(weight) for weight in transformer.weights}
    for title, half in [("encoder", encoder), ("decoder", decoder)]:
        foreign = sum(id(weight) not in own for weight in half.weights)
        assert not foreign, f"{foreign} of the {title}'s weights are none of the transformer's: were the layers made twice?"
    counts = [model.count_params() for model in (encoder, decoder, transformer)]
    assert counts == [386, 645, 1031], f"expected 386, 645 and 1,031 parameters in encoder, decoder and transformer, got {counts}"
    source, tokens = ops.array([[3, 9, 4, 10], [7, 5, 0, 0]]), ops.array([[1, 4, 6], [1, 3, 5]])
    whole = np.asarray(transformer({"encoder_inputs": source, "decoder_inputs": tokens}))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras takes the decoder for a layer that loses the mask
        halves = np.asarray(decoder({"decoder_inputs": tokens, "encoder_outputs": encoder(source)}))
    assert np.allclose(whole, halves, atol=1e-4), "transformer(source, tokens) differs from decoder(tokens, encoder(source))"


# %%
""" # BEGIN TEST CONFIG
success_message: "Logits, which no padding moves."
failure_message: "Expected: logits without activation, and a source whose padding moves nothing."
""" # END TEST CONFIG


def test_logits(build_transformer):
    import numpy as np

    transformer, *_ = build_transformer(9, 11, 7, 4, 6, 3)
    tokens = np.array([[1, 4, 6]])
    plain, padded = (np.asarray(transformer({"encoder_inputs": np.array([row]), "decoder_inputs": tokens})) for row in [[3, 9, 4], [3, 9, 4, 0, 0]])
    assert not np.allclose(plain.sum(axis=-1), 1, atol=1e-3), "the scores of each position add up to 1: these are probabilities, where logits were asked for"
    assert plain.min() < 0, f"logits may be negative; the smallest of yours is {plain.min():.3f}: is there an activation?"
    gap = np.abs(padded - plain).max()
    assert gap < 1e-4, f"padding behind the source moves the logits by up to {gap:.3f}: on the way to the decoder, the mask gets lost"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Your transformer in the size in which you train it soon, and where its weights are.

# %% tags=["demo"]
SIZES = {"embed_dim": 48, "latent_dim": 96, "num_heads": 2}

with picture("build_transformer, with all that it builds on,"):
    transformer, encoder, decoder = build_transformer(30, source_vocabulary.size, target_vocabulary.size, **SIZES)
    parts = {}
    for model in (encoder, decoder):
        for layer in model.layers:
            if layer.weights:
                parts[f"{type(layer).__name__} ({model.name})"] = layer.count_params()
    plt.figure(figsize=(7, 2.4))
    plt.barh(list(parts)[::-1], list(parts.values())[::-1])
    plt.xlabel("parameters")
    plt.title(f"{transformer.count_params():,} parameters")

# %% [raw]
# # BEGIN QUESTION
# name: format_dataset

# %% [markdown]
# ## 7 · Teacher forcing
#
# How do you teach a network to write one token after another? You could let it write, and correct it at the end; but its first mistake would spoil all that follows. *Teacher forcing* does it otherwise: at each position the
# decoder is given the **true** tokens up to here, whatever it would have written, and is asked for the **next** one. Thanks to the causal mask, one pass asks for all positions of a target at once.
#
# So the same row serves twice. The decoder reads all but its last token, the labels are all but its first, and the label at $t$ is what comes after the token that the decoder reads at $t$:
#
# $$\mathrm{decoder\ inputs}_t = \mathrm{target}_t, \qquad \mathrm{labels}_t = \mathrm{target}_{t+1}, \qquad t = 0, \dots, T - 1$$
#
# | position | 0 | 1 | 2 | … | 10 |
# |---|---|---|---|---|---|
# | decoder reads | start | `2` | `0` | … | `3` |
# | label | `2` | `0` | `2` | … | end |
#
# | array | shape |
# |---|---|
# | `source` | `(B, S)` |
# | `target`, from start to end | `(B, T + 1)` |
# | decoder inputs, labels | `(B, T)` each |
#
# Now you see what the special tokens are for: without *start* the decoder would have nothing to read before the first character, and without *end* it would not know how to stop.

# %% [markdown]
# **The wrong turn** is not to shift. Then the label is the very token that the decoder reads, and the best network is one that copies: its loss is 0, and it can write nothing. How well does "say what you have just read" do on
# our dates, if labels are shifted by 0, 1 or 2?

# %% tags=["demo"]
read = target[:, :10]
for shift in range(3):
    print(f"labels shifted by {shift}: copying is right at {np.mean(read[:, : 10 - shift] == read[:, shift:]):.0%} of the positions")

# %% [raw]
# # BEGIN SOLUTION


# %%
def format_dataset(source, target):
    """Inputs and labels for teacher forcing.

    source: integers `(B, S)`. target: integers `(B, T + 1)`, each row from its start token to its end token, then padding.

    Returns a pair `(inputs, labels)`: inputs is a dict of `"encoder_inputs"`, the source as it is, `(B, S)`, and `"decoder_inputs"`, the target without its last
    column, `(B, T)`; labels is the target without its first column, `(B, T)`. So the label at t is the token that comes after decoder input t. Dtypes stay as they are.

    It works on NumPy arrays and on tensors, in eager mode and in `tf.data.Dataset.map`.

    Example: source [[5, 6]] and target [[1, 8, 9, 2]] (1 is start, 2 is end) give encoder inputs [[5, 6]], decoder inputs [[1, 8, 9]] and labels [[8, 9, 2]].
    """
    # BEGIN SOLUTION NO PROMPT
    return {"encoder_inputs": source, "decoder_inputs": target[:, :-1]}, target[:, 1:]
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("format_dataset is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# The decoder has just read the start token. What should it say?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Two slices of one array, each one column shorter than the array. The first axis is the batch.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# Slices with negative indices, as in NumPy; tensors know them too.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The label is what comes next."
failure_message: "Expected: the target without its last column as decoder inputs, without its first as labels."
""" # END TEST CONFIG


def test_next_token(format_dataset):
    import numpy as np

    source, target = np.array([[5, 6, 7, 0], [9, 8, 7, 6]]), np.array([[1, 8, 9, 2, 0], [1, 7, 5, 6, 2]])
    answer = format_dataset(source, target)
    assert isinstance(answer, (tuple, list)) and len(answer) == 2, "expected a pair (inputs, labels)"
    inputs, labels = answer
    assert isinstance(inputs, dict) and set(inputs) == {"encoder_inputs", "decoder_inputs"}, (
        f"expected a dict with keys encoder_inputs and decoder_inputs, got {sorted(inputs) if isinstance(inputs, dict) else type(inputs).__name__}"
    )
    wanted = {"encoder_inputs": source, "decoder_inputs": np.array([[1, 8, 9, 2], [1, 7, 5, 6]]), "labels": np.array([[8, 9, 2, 0], [7, 5, 6, 2]])}
    for name, array in {**inputs, "labels": labels}.items():
        got = np.asarray(array)
        assert got.shape == wanted[name].shape, f"{name}: expected shape {wanted[name].shape}, got {got.shape}"
        assert got.dtype == wanted[name].dtype, f"{name}: dtypes stay as they are; expected {wanted[name].dtype}, got {got.dtype}"
        assert np.array_equal(got, wanted[name]), f"target\n{target}: expected {name}\n{wanted[name]}, got\n{got}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It works inside a tf.data pipeline."
failure_message: "Expected: it works on tensors too, inside tf.data.Dataset.map."
""" # END TEST CONFIG


def test_pipeline(format_dataset):
    import numpy as np
    import tensorflow as tf

    source, target = np.ones((6, 4), "int32"), np.arange(30).reshape(6, 5)
    pairs = tf.data.Dataset.from_tensor_slices((source, target)).batch(4).map(format_dataset)
    shapes = [(tuple(inputs["encoder_inputs"].shape), tuple(inputs["decoder_inputs"].shape), tuple(labels.shape)) for inputs, labels in pairs]
    expected = [((4, 4), (4, 4), (4, 4)), ((2, 4), (2, 4), (2, 4))]
    assert shapes == expected, f"6 pairs in batches of 4: expected shapes\n{expected}, got\n{shapes}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** What the decoder reads, and what it should say, for the first date. (Start is written as ▶, end as ■.)

# %% tags=["demo"]
def marked(tokens):
    return "  ".join({START: "▶", END: "■", PADDING: "·"}.get(int(token), target_vocabulary.decode([token])) for token in tokens)


with picture("format_dataset"):
    inputs, labels = format_dataset(source[:1], target[:1])
    print("encoder reads:   ", written[0])
    print("decoder reads:   ", marked(inputs["decoder_inputs"][0]))
    print("it should say:   ", marked(labels[0]))

# %% [markdown]
# **Now train it.** The loss is the cross-entropy of the next character, from logits. The learning rate rises for a tenth of the time and then falls to 0, as transformers like it. This takes about a minute on two cores: time to
# think about what the loss of a network would be that knows nothing but the alphabet.

# %% tags=["demo"]
@functools.cache
def trained_transformer():
    """A transformer trained on all dates but the last 500, and its history; a second call returns the same one."""
    keras.utils.set_random_seed(7)
    inputs, labels = format_dataset(source[:-500], target[:-500])
    transformer, *_ = build_transformer(30, source_vocabulary.size, target_vocabulary.size, **SIZES)
    return transformer, fit_transformer(transformer, inputs, labels, epochs=6, batch_size=64, learning_rate=0.003)


def fit_transformer(transformer, inputs, labels, epochs, batch_size, learning_rate):
    """Train with Adam and a learning rate that rises, then falls to 0. Returns the history."""
    steps = epochs * -(-len(labels) // batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(0.0, steps, warmup_target=learning_rate, warmup_steps=steps // 10)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    transformer.compile(keras.optimizers.Adam(schedule), loss, jit_compile=False)
    return transformer.fit(inputs, labels, batch_size=batch_size, epochs=epochs, verbose=0).history


with picture("format_dataset, with all that it builds on,"):
    transformer, history = trained_transformer()
    plt.figure(figsize=(6, 3))
    plt.semilogy(range(1, 1 + len(history["loss"])), history["loss"], "o-")
    plt.axhline(np.log(target_vocabulary.size), color="black", linestyle="--")
    plt.text(1, np.log(target_vocabulary.size) * 0.6, "all tokens equally likely")
    plt.xlabel("epoch")
    plt.ylabel("cross-entropy of a character")

# %% [raw]
# # BEGIN QUESTION
# name: decode_sequence

# %% [markdown]
# ## 8 · Have it translate
#
# Now there is no teacher. The network must read what it has written itself: begin with the start token, ask for logits, take the best token at the **last** position, append it, and ask again, until the end token comes. This is
# called *greedy* decoding, since it takes the best token of each step and never comes back to one.
#
# $$\mathrm{token}_{t+1} = \operatorname*{arg\,max}_{w}\ \mathrm{logits}\big[\,t,\ w\,\big], \qquad \mathrm{logits} = \mathrm{transformer}(\mathit{source},\ \mathrm{token}_0 \dots \mathrm{token}_t), \qquad \mathrm{token}_0 = \mathrm{start}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | source | `source`: a batch of them | `(B, S)` |
# | $\mathrm{token}_0 \dots \mathrm{token}_t$ | `decoder_inputs` of the step | `(B, t + 1)` |
# | logits | what the transformer returns | `(B, t + 1, V)` |
# | what you return | from the first written token on | `(B, max_length)` |
#
# The rows of a batch end at different times. One that has ended is filled with padding while the others go on, and a row that does not end by itself is cut off at `max_length`.

# %% [markdown]
# **The wrong turn** is to ask for all tokens at once. In training, one pass gave all positions; why not now? Because the decoder would have to read what is not written yet. Below, your transformer gets the start token
# and nothing but padding behind it, and we take the best token at each position. The first is right. Each of the others is written without knowing what stands before it.

# %% tags=["demo"]
with picture("format_dataset, with all that it builds on,"):
    transformer, _ = trained_transformer()
    blank = np.zeros((3, 11), "int32")
    blank[:, 0] = START
    logits = transformer({"encoder_inputs": source[-3:], "decoder_inputs": blank})
    for date, true, row in zip(written[-3:], iso[-3:], ops.argmax(logits, axis=-1)):
        print(f"{date:>30} → {true}    at once: {marked(row)}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def decode_sequence(transformer, source, start, end, max_length):
    """Translates a batch of sources greedily: at each step, the token with the highest logit.

    transformer: a Keras model as question 6 builds it. It is given `{"encoder_inputs": (B, S), "decoder_inputs": (B, t)}` (the list of the two in this order will do as well), t from 1 to
    max_length, and returns logits `(B, t, V)`; those at a position depend on the source and on the decoder inputs up to that position, so that padding behind them does no harm.
    source: integers `(B, S)`, a NumPy array. start, end: two different tokens, neither of them 0. max_length: the longest translation, at least 1.

    Returns integers of shape `(B, max_length)`, a tensor or a NumPy array: in each row the tokens that were generated, without `start`, up to and including `end`; after `end` only 0. A
    row that does not end within max_length tokens is cut off there, without `end`.

    - Each row begins with `start`; the decoder inputs of a step are start and all tokens generated before. Rows end each in its own time.
    - When all rows have ended, the transformer is not called again, and it is called at most max_length times.
    - The transformer is used as after training (`training=False`, which is what Keras does if you say nothing).
    - Neither 0 nor start is ever the best token where this is tested, so you need not ask what they would mean.

    Example: with start 1, end 2 and max_length 4, if the highest logits are those of 7, 5, 2, … for the first source and those of 6, 2, … for the second, the answer is
    [[7, 5, 2, 0], [6, 2, 0, 0]], after three calls. With max_length 2 it is [[7, 5], [6, 2]], after two.
    """
    # BEGIN SOLUTION NO PROMPT
    tokens = np.zeros((len(source), 1 + max_length), "int32")
    tokens[:, 0] = start
    ended = np.zeros(len(source), bool)
    for t in range(max_length):
        logits = transformer({"encoder_inputs": source, "decoder_inputs": tokens[:, : t + 1]})
        best = np.argmax(logits[:, t], axis=-1)
        tokens[:, t + 1] = np.where(ended, 0, best)
        ended |= best == end
        if ended.all():
            break
    return tokens[:, 1:]
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Every row begins with start.
    # 2. At most max_length times: logits for all tokens so far; the best token at the last position; append it (0 in rows that have ended).
    # 3. Stop early once every row has ended. Leave start out of the answer.
    raise NotImplementedError("decode_sequence is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# After three steps the decoder inputs have four columns, and so have the logits. In which of them stands the token that you do not have yet?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Give the transformer two NumPy arrays or two tensors, not one of each. Keep one array of all tokens, and one of booleans, which says which rows have ended. A row counts as ended from the step after its end token on: the end token itself still belongs to it.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# <code>np.argmax</code> with <code>axis</code>, <code>np.where</code>, <code>np.concatenate</code>; or their twins in <code>keras.ops</code>.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Each step reads what the step before has written."
failure_message: "Expected: each step reads what the steps before have written, and writes the best token."
""" # END TEST CONFIG


def test_each_step_reads_the_last(decode_sequence):
    import keras
    import numpy as np

    class Climbs(keras.layers.Layer):
        """At position 0 it reads start (here 2) and says the source's first token; at t, what it reads plus t, or end (here 1) if that is above 8."""

        def call(self, source, tokens):
            positions = keras.ops.arange(keras.ops.shape(tokens)[1])
            following = keras.ops.where(positions == 0, source[:, :1] + tokens - 2, tokens + positions)
            return 5 * keras.ops.one_hot(keras.ops.where(following > 8, 1, following), 9)

    inputs = [keras.Input((None,), dtype="int32", name=name) for name in ("encoder_inputs", "decoder_inputs")]
    transformer = keras.Model(inputs, Climbs()(*inputs))
    got = np.asarray(decode_sequence(transformer, np.array([[5, 3, 3], [7, 4, 4]]), 2, 1, 6))
    assert got.ndim == 2, f"2 sources, max_length 6: expected shape (2, 6), got {got.shape}"
    assert got.size == 0 or got[0, 0] != 2, f"start is 2, and the first row is {got[0]}: start does not belong to the answer"
    assert got.shape == (2, 6), f"2 sources, max_length 6: expected shape (2, 6), got {got.shape}"
    expected = np.array([[5, 6, 8, 1, 0, 0], [7, 8, 1, 0, 0, 0]])
    cause = " The same token comes again and again: what does the transformer read, and at which position do you read its logits?" if (got[0, :4] == got[0, 0]).all() else ""
    cause = " Behind end there should be nothing but 0." if np.array_equal(got[:, :3], expected[:, :3]) and got[1, 3:].any() else cause
    assert np.array_equal(got, expected), f"start is 2, end is 1: expected\n{expected}, got\n{got}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It keeps to max_length."
failure_message: "Expected: a row that does not end is cut off at max_length."
""" # END TEST CONFIG


def test_max_length(decode_sequence):
    import keras
    import numpy as np

    class Repeats(keras.layers.Layer):
        def call(self, source, tokens):
            return keras.ops.one_hot(keras.ops.zeros_like(tokens) + source[:, :1], 9)

    inputs = [keras.Input((None,), dtype="int32", name=name) for name in ("encoder_inputs", "decoder_inputs")]
    transformer = keras.Model(inputs, Repeats()(*inputs))
    got = np.asarray(decode_sequence(transformer, np.array([[5, 3], [7, 4], [2, 4]]), 1, 2, 3))
    expected = np.array([[5, 5, 5], [7, 7, 7], [2, 0, 0]])
    assert np.array_equal(got, expected), f"two rows never end, one ends at once; max_length 3: expected\n{expected}, got\n{got}"


# %%
""" # BEGIN TEST CONFIG
success_message: "It stops once all rows have ended."
failure_message: "Expected: no call of the transformer once all rows have ended."
""" # END TEST CONFIG


def test_stops(decode_sequence):
    import keras
    import numpy as np
    import tensorflow as tf

    calls = tf.Variable(0)

    class EndsInTime(keras.layers.Layer):
        """Says 5, and in the step that the source's first number gives, end (2)."""

        def call(self, source, tokens):
            calls.assign_add(1)
            steps = 1 + keras.ops.arange(keras.ops.shape(tokens)[1])
            return keras.ops.one_hot(keras.ops.where(steps == source[:, :1], 2, 5), 9)

        def compute_output_spec(self, source, tokens):
            return keras.KerasTensor((*tokens.shape, 9))

    inputs = [keras.Input((None,), dtype="int32", name=name) for name in ("encoder_inputs", "decoder_inputs")]
    transformer = keras.Model(inputs, EndsInTime()(*inputs))
    decode_sequence(transformer, np.array([[1, 3], [3, 4]]), 1, 2, 7)
    assert int(calls) == 3, f"two rows end in step 1 and in step 3: expected 3 calls of the transformer, each for all rows at once, got {int(calls)}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Dates that the network has never seen.

# %% tags=["demo"]
with picture("decode_sequence, with all that it builds on,"):
    transformer, _ = trained_transformer()
    translated = [target_vocabulary.decode(row) for row in np.asarray(decode_sequence(transformer, source[-500:], START, END, 11))]
    for date, answer, true in list(zip(written[-500:], translated, iso[-500:]))[:12]:
        print(f"{date:>30} → {answer}", "" if answer == true else f"   wrong: {true}")
    right = np.mean([answer == true for answer, true in zip(translated, iso[-500:])])
    print(f"\n{right:.1%} of 500 held-out dates are right in every character")

# %% [markdown]
# ## Put together: where does it look?
#
# Nobody told the network which characters of a date make its year. But its cross-attention has a weight for each pair of a character that it writes and a character that it reads, and these you can look at. In each row
# below the decoder, about to write the character on the left, spreads its weights over the written date. Follow the year, the month and the day. And why does it look at the character *before* the 3, when it writes the first digit of the
# day?

# %% tags=["demo"]
def attention_maps(transformer, text, answer):
    """Weights `(num_heads, T, S)` of the cross-attention while the answer is written, character by character."""
    tokens = source_vocabulary.encode([text], length=len(text))
    written_so_far = between_start_and_end(target_vocabulary.encode([answer], length=len(answer)))[:, :-1]
    with recorded_attention() as recorded:
        transformer({"encoder_inputs": tokens, "decoder_inputs": written_so_far})
    return recorded[-1][0]


with picture("decode_sequence, with all that it builds on,"):
    transformer, _ = trained_transformer()
    examples = ["Wednesday, March 3rd 2021", "13-Dec-76"]
    figure, panels = plt.subplots(len(examples), 1, figsize=(9, 7), layout="constrained")
    for panel, text in zip(panels, examples):
        tokens = np.asarray(decode_sequence(transformer, source_vocabulary.encode([text], 30), START, END, 11))
        answer = target_vocabulary.decode(tokens[0])
        weights = attention_maps(transformer, text, answer).mean(axis=0)[: len(answer)]
        show_weights(panel, weights, list(answer), list(text), f"{text}  →  {answer}")
        panel.set(xlabel="what it reads", ylabel="what it writes")

# %% [markdown]
# How far does it go? Here are dates in forms that nobody taught it, a year out of its century, and a day that does not exist. It answers each of them with something that looks like a date: it has no way to say that it does not know.

# %% tags=["demo"]
with picture("decode_sequence, with all that it builds on,"):
    transformer, _ = trained_transformer()
    strange = ["3/Mar/2021", "2021-03-03", "March 2021 3", "3 March 1821", "31 February 2021", "Sunday"]
    answers = decode_sequence(transformer, source_vocabulary.encode(strange, 30), START, END, 11)
    for text, answer in zip(strange, np.asarray(answers)):
        print(f"{text:>30} → {target_vocabulary.decode(answer)}")

# %% [markdown]
# ## Another language, and a knob
#
# The same functions translate anything that is a sequence. `data/countries.tsv` has 240 names of countries and regions in English and German. That is little: the network sees 200 of them, and then has to say in German what it has never seen
# in German. Some of it follows rules (*-ia* becomes *-ien*), and some cannot be guessed (*Germany*). This takes about 20 seconds.

# %% tags=["demo"]
NUM_EPOCHS = 40

with picture("decode_sequence, with all that it builds on,"):
    english, german = read_pairs("countries.tsv")
    english_vocabulary, german_vocabulary = Vocabulary(english), Vocabulary(german)
    longest = max(map(len, english + german)) + 2
    names = english_vocabulary.encode(english, longest)
    translations = between_start_and_end(german_vocabulary.encode(german, longest - 2))
    keras.utils.set_random_seed(7)
    translator, *_ = build_transformer(longest, english_vocabulary.size, german_vocabulary.size, embed_dim=48, latent_dim=96, num_heads=2)
    fit_transformer(translator, *format_dataset(names[:200], translations[:200]), epochs=NUM_EPOCHS, batch_size=16, learning_rate=0.003)
    answers = [german_vocabulary.decode(row) for row in np.asarray(decode_sequence(translator, names, START, END, longest - 1))]
    for title, part in [("trained on", slice(0, 200)), ("held out", slice(200, 240))]:
        right = np.mean([answer == true for answer, true in zip(answers[part], german[part])])
        copied = np.mean([name == true for name, true in zip(english[part], german[part])])
        print(f"{title}: {right:.0%} right; the English name itself would be right for {copied:.0%}")
    for name, answer, true in list(zip(english, answers, german))[200:220]:
        print(f"{name:>24} → {answer:24}", "" if answer == true else f"should be {true}")

# %% [markdown]
# **The knob** is `NUM_EPOCHS`. **A question to think about** (not graded): turn it to 10, and then to 150. What becomes of the names that were trained on, and what of the others? On the dates, the network was about as good on days that it had not
# seen as on those that it had. What is different about names?
#
# ## What you can do now
#
# - compute attention, hide from it what must not be seen, and say why it is scaled
# - tell a network where a token stands, and let a padding mask travel with it
# - build the encoder and decoder blocks of a transformer, and three models of them that share their weights
# - train by teacher forcing, and translate without a teacher
#
# **Three things to try.** Take the position rows out of your PositionalEmbedding and train again: which forms of dates suffer, and which do not? Train on 1,000 dates instead of 12,000, for as many steps. Swap source and target of the names:
# is English harder to guess from German?
#
# **What the hidden tests look at.** The conventions of the docstrings, on other sizes: weights and outputs of attention against the formula, with several kinds of masks and leading axes; which output moves when a token, a
# position, the padding, or the future changes; blocks whose weights are set, so that each step's place and sign show; the weights that the three models share; decoding with small models whose answers are known, in batches whose rows end at different times. In questions 5
# and 6 your earlier answers are replaced by right ones, so that a mistake there does not count twice. In the slower part, your transformer is trained for real, and translates dates that it has not seen.
#
# **How to hand in.** Run everything from top to bottom once more (*Kernel → Restart and run all*), save, and hand in this file, `transformer.ipynb`.
