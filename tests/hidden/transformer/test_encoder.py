"""The block is looked at in use first; then its weights are set, their roles are found by shape and by what fits, and NumPy says what must come out."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_close_any, assert_equal, assert_shape, check, get, question, visible, weight

from .numpy_blocks import attention, attention_weights, feed_forward, feed_forward_weights, matching, normalised, normalised_in_turn, readings

pytestmark = question("encoder")

E, D, H = SETTINGS = [8, 11, 3]  # embed_dim, dense_dim, num_heads: no two products of sizes alike
PARTS = "One MultiHeadAttention with key_dim=embed_dim, Dense layers of dense_dim and of embed_dim units, two LayerNormalization, all as Keras makes them."
X = np.random.default_rng(1).normal(0.3, 1.4, size=(3, 6, E))


def outputs(student, runs, weights=()):
    """Outputs of the block for each run, and the masks behind it."""
    got = student.block_outputs("TransformerEncoder", SETTINGS, runs, np.tri(16), weights)
    return [as_array(get(each, "outputs"), what="output") for each in got], [as_array(get(each, "mask"), what="mask") for each in got]


def one_output(student, x, weights=(), **settings):
    return outputs(student, [{"inputs": [x], **settings}], weights)[0][0]


def made(student, settings=SETTINGS):
    return student.block_weights("TransformerEncoder", settings, np.tri(16))


def inner_weights(student):
    """Random values for the attention's kernels and for the weights around the hidden layer, by their numbers in the block."""
    shapes, random = made(student)["shapes"], np.random.default_rng(2)
    kernels, dense = attention_weights(shapes, E, H), feed_forward_weights(shapes, E, D)
    check(dense is not None, hint=PARTS, what="two kernels and a bias of a hidden layer of dense_dim units")
    for_kernels = {i: random.normal(size=shapes[i]) * 0.5 for i in kernels}
    return len(shapes), for_kernels, {i: random.normal(size=shapes[i]) * 0.6 for i in dense}


def chosen(count, *groups, zero=()):
    """A list as long as the block's weights: the values in the groups, zeros for one more group, None for all others."""
    values = {i: value for group in groups for i, value in group.items()} | {i: np.zeros_like(value) for i, value in dict(zero).items()}
    return [values.get(i) for i in range(count)]


@visible
def test_shape(student, rng):
    """The output has the shape of x, for sequences of any length."""
    for size, length in [(3, 6), (1, 9), (4, 1)]:
        got = one_output(student, rng.normal(size=(size, length, E)))
        assert_shape(got, (size, length, E), hint="embed_dim numbers for each position.", what=f"output for {size} sequences of {length}")


def test_weights(student):
    """The block has the weights of one attention, two Dense layers and two normalisations, all trainable, and takes a name."""
    for e, d, h in [SETTINGS, [5, 7, 2]]:
        got = made(student, [e, d, h])
        count = sum(int(np.prod(shape)) for shape in got["shapes"])
        wanted = 4 * e * h * e + 3 * h * e + e + 2 * e * d + d + e + 4 * e
        assert_equal(count, wanted, hint=PARTS, what=f"parameters of TransformerEncoder({e}, {d}, {h})")
        assert_equal(got["trainable"], len(got["shapes"]), hint="Every weight is trained.", what="number of trainable weights")
    got = student.block_name("TransformerEncoder", SETTINGS, "reader")
    assert_equal(got, "reader", hint="Pass **kwargs on to Layer's own __init__.", what="the name")


def test_normalised_last(student):
    """A fresh block's output has mean 0 and variance 1 at each position, however large x is."""
    for factor in (1, 20):
        got = one_output(student, factor * X)
        hint = "Post-norm: first add, then normalise, so that a LayerNormalization comes last; it runs over a position's embed_dim numbers."
        assert_between(got.mean(axis=-1), -0.01, 0.01, hint=hint, what="mean of each position")
        assert_between(got.var(axis=-1), 0.97, 1.01, hint=hint, what="variance of each position")


def test_positions_see_each_other(student):
    """Without a mask each position moves every output of its sequence, and none of another."""
    moved = np.repeat(X[:1], 6, axis=0)
    moved[np.arange(6), np.arange(6)] += X[1, :6]
    (together, alone), _ = outputs(student, [{"inputs": [np.concatenate([X, moved])]}, {"inputs": [X[1:2]]}])
    influence = np.abs(together[3:] - together[0]).max(axis=-1)
    hint = "Queries, keys and values all come from x, and no position is hidden."
    assert_between(influence, 1e-3, np.inf, hint=hint, what="influence of each position on each output")
    assert_close(alone, together[1:2], rtol=1e-3, atol=1e-4, hint="Sequences of a batch do not see each other.", what="a sequence alone")


def padded(rng):
    """A batch with padding in different places, the same with other numbers in the padded places, and its mask."""
    keep = np.array([[1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1], [0, 1, 1, 0, 1, 1]])
    noise = np.where(keep[:, :, None] == 1, 0, 5 * rng.normal(size=X.shape))
    return keep, X + noise


@weight(2)
def test_padding_is_ignored(student, rng):
    """What stands at padded positions moves no other output; all other positions count as if there were no padding."""
    keep, other = padded(rng)
    runs = [{"inputs": [x], "keep": [keep]} for x in (X, other)]
    alone = [{"inputs": [x[mask == 1][None]]} for x, mask in zip(X, keep)]
    (got, moved, *without), _ = outputs(student, [*runs, *alone])
    hint = "No position may attend to a padded one: the mask is true where a token is, and it is the keys that it hides."
    assert_close(moved[keep == 1], got[keep == 1], rtol=1e-3, atol=1e-4, hint=hint, what="outputs after padded positions changed")
    for row, mask, expected in zip(got, keep, without):
        assert_close(row[mask == 1], expected[0], rtol=1e-3, atol=1e-3, hint=hint, what="outputs beside those of the sequence without its padding")


def test_mask_goes_on(student, rng):
    """The layer behind the block sees the padding mask."""
    keep, _ = padded(rng)
    _, (mask,) = outputs(student, [{"inputs": [X], "keep": [keep]}])
    assert_equal(mask, keep, hint="A layer that sets self.supports_masking = True hands its input's mask on.", what="mask behind the block")


def test_same_in_training(student):
    """Training and use give the same outputs: there is no dropout."""
    got = one_output(student, X, training=True)
    assert_close(got, one_output(student, X), hint="The attention's and all other dropout stays at 0.", what="output in training")


def test_normalisations(student):
    """With attention and feed-forward network of zeros, x goes through one normalisation after the other, each with a scale of its own."""
    count, kernels, dense = inner_weights(student)
    random = np.random.default_rng(3)
    scales = {i: random.uniform(0.4, 2, size=E) for i, ones in enumerate(made(student)["ones"]) if ones}
    got = one_output(student, X, chosen(count, scales, zero=kernels | dense))
    hint = "Each of the two normalisations is used once, behind its own sum."
    check(len(scales) == 2, hint=hint, what="two scales of normalisations")
    expected = normalised_in_turn(X, list(scales.values()))
    assert_close_any(got, expected, rtol=1e-3, atol=1e-2, hint=hint, what="output for scales other than 1")


@weight(2)
def test_feed_forward(student):
    """With an attention of zeros: x is normalised, its feed-forward result is added to that, and the sum normalised."""
    count, kernels, dense = inner_weights(student)
    got = one_output(student, X, chosen(count, dense, zero=kernels))
    a = normalised(X)
    expected = normalised(a + feed_forward(a, list(dense.values())))
    hint = "The feed-forward network has a ReLU after its first layer only; it reads what the first normalisation made, and its result is added to that."
    assert_close(got, expected, rtol=1e-3, atol=5e-3, hint=hint, what="output without attention")


@weight(3)
def test_attention(student):
    """Self-attention with num_heads heads of key_dim embed_dim is added to x and normalised, then comes the feed-forward network."""
    count, kernels, dense = inner_weights(student)
    hint = "All of query, key and value are x, the scores are scaled by √key_dim, and the result is added to x before the first normalisation."
    got = one_output(student, X, chosen(count, kernels, zero=dense))
    candidates = ((roles, normalised(normalised(X + attention(X, X, roles)))) for roles in readings(list(kernels.values()), E, H))
    roles, expected = matching(got, candidates)
    check(roles is not None, hint=PARTS, what="four kernels of an attention with num_heads heads of key_dim embed_dim")
    assert_close(got, expected, rtol=1e-3, atol=5e-3, hint=hint, what="output without feed-forward")
    a = normalised(X + attention(X, X, roles))
    expected = normalised(a + feed_forward(a, list(dense.values())))
    got = one_output(student, X, chosen(count, kernels, dense))
    assert_close(got, expected, rtol=1e-3, atol=1e-2, hint="Attention, add, normalise; then feed-forward, add, normalise.", what="output of the whole block")


def test_all_weights_learn(student):
    """Every weight has a gradient, but for the key's bias, which moves all scores of a query alike."""
    shapes = made(student)["shapes"]
    got = as_array(student.block_gradients("TransformerEncoder", SETTINGS, [X], np.tri(16)), what="gradients")
    still = sum(int(np.prod(shape)) for shape, gradient in zip(shapes, got) if gradient < 1e-5)
    hint = "Is there a layer that nothing goes through, or one that is used twice in another's place?"
    assert_between(still, 0, H * E, hint=hint, what="numbers without a gradient")


def test_in_a_model(student, rng):
    """In a functional model that knows no lengths, traced as a graph, it does the same."""
    keep, _ = padded(rng)
    runs = [{"inputs": [X], "keep": [keep]}, {"inputs": [X[:2, :4]], "keep": [keep[:2, :4]]}]
    expected, _ = outputs(student, runs)
    got = student.block_in_a_model("TransformerEncoder", SETTINGS, runs, np.tri(16))
    hint = "The length of x is not known when a model is built: leave it to the layers, or ask ops.shape(x)."
    for run, wanted, each in zip(runs, expected, got):
        real = run["keep"][0] == 1
        assert_close(as_array(get(each, "outputs"))[real], wanted[real], rtol=1e-3, atol=1e-4, hint=hint, what="outputs in a model")
        assert_equal(each["mask"], run["keep"][0], hint=hint, what="mask behind the block in a model")
