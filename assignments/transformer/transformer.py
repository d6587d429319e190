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

# %%
import otter

grader = otter.Notebook("transformer.ipynb")

# %%
import contextlib
import functools

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers, ops

keras.utils.set_random_seed(7)

# %% [raw]
# # BEGIN QUESTION
# name: attention

# %% [markdown]
# ## 1 · Attention

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
    - A query that may attend to no key at all gets finite numbers. Which ones is left to you (zeros, or an even spread): nothing reads them.
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

# %% [raw]
# # BEGIN TESTS

# %%
def test_numbers(scaled_dot_product_attention):
    assert True


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: causal_mask

# %% [markdown]
# ## 2 · Causal mask

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

# %% [raw]
# # BEGIN TESTS

# %%
def test_numbers(causal_mask):
    assert True


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: positional_embedding

# %% [markdown]
# ## 3 · Positional embedding

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

# %% [raw]
# # BEGIN TESTS

# %%
def test_numbers(PositionalEmbedding):
    assert True


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: encoder

# %% [markdown]
# ## 4 · Encoder

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
    - The mask goes on to the layer behind: `self.supports_masking = True` says so to Keras.
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

# %% [raw]
# # BEGIN TESTS

# %%
def test_numbers(TransformerEncoder):
    assert True


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: decoder

# %% [markdown]
# ## 5 · Decoder

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
      mask goes on to the layer behind: `self.supports_masking = True`.
    - **How it is called.** Write `call(self, x, encoder_outputs)`, to be used as `block(x, encoder_outputs)`, or `call(self, inputs)`, to be used as
      `block([x, encoder_outputs])`: both forms are in use, and checks and tests find out which one is yours by the arguments of your `call`.
      Masks come as Keras hands them out. Every Keras layer sees the mask of a tensor that it is given. As arguments of `call`, the first form may take `x_mask=None, encoder_outputs_mask=None`,
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

# %% [raw]
# # BEGIN TESTS

# %%
def test_numbers(TransformerDecoder):
    assert True


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: build_transformer

# %% [markdown]
# ## 6 · Three models

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
    `decoder({"decoder_inputs": tokens, "encoder_outputs": encoded})`, `encoder(source)`. S and T are unknown when the models are built (`None`), and may be any length up to
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

    decoder_inputs = keras.Input((None,), dtype="int32", name="decoder_inputs")
    encoder_outputs = keras.Input((None, embed_dim), name="encoder_outputs")
    x = PositionalEmbedding(sequence_length, target_vocab, embed_dim)(decoder_inputs)
    x = TransformerDecoder(embed_dim, latent_dim, num_heads)(x, encoder_outputs)
    logits = layers.Dense(target_vocab)(x)
    decoder = keras.Model([decoder_inputs, encoder_outputs], logits, name="decoder")

    logits = decoder([decoder_inputs, encoder(encoder_inputs)])
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

# %% [raw]
# # BEGIN TESTS

# %%
def test_numbers(build_transformer):
    assert True


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: format_dataset

# %% [markdown]
# ## 7 · Teacher forcing

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

# %% [raw]
# # BEGIN TESTS

# %%
def test_numbers(format_dataset):
    assert True


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: decode_sequence

# %% [markdown]
# ## 8 · Decode

# %% [raw]
# # BEGIN SOLUTION


# %%
def decode_sequence(transformer, source, start, end, max_length):
    """Translates a batch of sources greedily: at each step, the token with the highest logit.

    transformer: a Keras model as question 6 builds it. It is given `{"encoder_inputs": (B, S), "decoder_inputs": (B, t)}` (the list of the two in this order will do as well), t from 1 to
    max_length, and returns logits `(B, t, V)`; those at a position depend on the source and on the decoder inputs up to that position, so that padding behind them does no harm.
    source: integers `(B, S)`, a NumPy array or a tensor. start, end: two different tokens, neither of them 0. max_length: the longest translation, at least 1.

    Returns integers of shape `(B, max_length)`, a tensor or a NumPy array: in each row the tokens that were generated, without `start`, up to and including `end`; after `end` only 0. A
    row that does not end within max_length tokens is cut off there, without `end`.

    - Each row begins with `start`; the decoder inputs of a step are start and all tokens generated before. Rows end each in its own time.
    - When all rows have ended, the transformer is not called again, and it is called at most max_length times.
    - The transformer is used as after training (`training=False`, which is what Keras does if you say nothing).

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

# %% [raw]
# # BEGIN TESTS

# %%
def test_numbers(decode_sequence):
    assert True


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
