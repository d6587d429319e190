"""As for the encoder: in use first, then with weights whose roles are found by shape, by what fits, and by what they do when the source is all zeros."""

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_close_any, assert_equal, assert_shape, check, get, question, visible, weight

from .numpy_blocks import attention, attention_weights, feed_forward, feed_forward_weights, matching, normalised, normalised_in_turn, readings
from .unseen_dates import translations

pytestmark = question("decoder")

E, D, H = SETTINGS = [8, 11, 3]  # embed_dim, latent_dim, num_heads: no two products of sizes alike
PARTS = "Two MultiHeadAttention with key_dim=embed_dim, Dense layers of latent_dim and of embed_dim units, three LayerNormalization, all as Keras makes them."
T, S = 5, 7
X = np.random.default_rng(1).normal(0.3, 1.4, size=(3, T, E))
SOURCE = np.random.default_rng(2).normal(-0.2, 1.3, size=(3, S, E))
SOURCE_KEEP = np.array([[1, 1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1, 1], [0, 1, 1, 0, 1, 1, 0]])
TARGET_KEEP = np.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1], [1, 1, 1, 1, 0]])
LOWER = np.tri(64)


def outputs(student, runs, weights=()):
    """Outputs of the block for each run, and the masks behind it."""
    got = student.block_outputs("TransformerDecoder", SETTINGS, runs, LOWER, weights)
    return [as_array(get(each, "outputs"), what="output") for each in got], [as_array(get(each, "mask"), what="mask") for each in got]


def one_output(student, x=X, source=SOURCE, weights=(), **settings):
    return outputs(student, [{"inputs": [x, source], **settings}], weights)[0][0]


def made(student, settings=SETTINGS):
    return student.block_weights("TransformerDecoder", settings, LOWER)


def gradients(student, source):
    return as_array(student.block_gradients("TransformerDecoder", SETTINGS, [X, source], LOWER), what="gradients")


def inner_weights(student):
    """Random values for the kernels of either attention and for the weights around the hidden layer, by their numbers in the block.

    A source of zeros makes nothing of the cross-attention, so that only the other's kernels have a gradient.
    """
    shapes, random = made(student)["shapes"], np.random.default_rng(4)
    kernels, dense = attention_weights(shapes, E, H), feed_forward_weights(shapes, E, D)
    check(dense is not None, hint=PARTS, what="two kernels and a bias of a hidden layer of latent_dim units")
    at_zero = gradients(student, np.zeros_like(SOURCE))
    own, cross = ({i: random.normal(size=shapes[i]) * 0.5 for i in kernels if (at_zero[i] > 1e-6) == of_own} for of_own in (True, False))
    return len(shapes), own, cross, {i: random.normal(size=shapes[i]) * 0.6 for i in dense}


def chosen(count, *groups, zero=()):
    """A list as long as the block's weights: the values in the groups, zeros for other groups, None for all others."""
    values = {i: value for group in groups for i, value in group.items()} | {i: np.zeros_like(value) for group in zero for i, value in group.items()}
    return [values.get(i) for i in range(count)]


def own_roles(student, count, own, cross, dense):
    """What comes out of self-attention alone, and the best reading of its kernels with what that makes."""
    nothing = np.zeros_like(SOURCE)
    got = one_output(student, X, nothing, chosen(count, own, zero=[cross, dense]))
    readable = ((roles, normalised(normalised(normalised(X + attention(X, X, roles, causal=True))))) for roles in readings(list(own.values()), E, H))
    return got, *matching(got, readable)


def cross_roles(student, count, own, cross, dense):
    """The same for cross-attention."""
    got, a = one_output(student, X, SOURCE, chosen(count, cross, zero=[own, dense])), normalised(X)
    readable = ((roles, normalised(normalised(a + attention(a, SOURCE, roles)))) for roles in readings(list(cross.values()), E, H))
    return got, *matching(got, readable)


@visible
def test_shape(student, rng):
    """The output has the shape of x, for sources and targets of any length."""
    for size, length, source_length in [(3, 5, 7), (2, 9, 4), (1, 1, 6)]:
        got = one_output(student, rng.normal(size=(size, length, E)), rng.normal(size=(size, source_length, E)))
        what = f"output for {size} targets of {length} and sources of {source_length}"
        assert_shape(got, (size, length, E), hint="embed_dim numbers for each position of x; queries come from x, keys and values from encoder_outputs.", what=what)


def test_weights(student):
    """The block has the weights of two attentions, two Dense layers and three normalisations, all trainable, and takes a name."""
    for e, d, h in [SETTINGS, [5, 7, 2]]:
        got = made(student, [e, d, h])
        count = sum(int(np.prod(shape)) for shape in got["shapes"])
        wanted = 2 * (4 * e * h * e + 3 * h * e + e) + 2 * e * d + d + e + 6 * e
        assert_equal(count, wanted, hint=PARTS, what=f"parameters of TransformerDecoder({e}, {d}, {h})")
        assert_equal(got["trainable"], len(got["shapes"]), hint="Every weight is trained.", what="number of trainable weights")
    got = student.block_name("TransformerDecoder", SETTINGS, "writer")
    assert_equal(got, "writer", hint="Pass **kwargs on to Layer's own __init__.", what="the name")


def test_normalised_last(student):
    """A fresh block's output has mean 0 and variance 1 at each position, however large the inputs are."""
    for factor in (1, 20):
        got = one_output(student, factor * X, factor * SOURCE)
        hint = "Post-norm: first add, then normalise, so that a LayerNormalization comes last; it runs over a position's embed_dim numbers."
        assert_between(got.mean(axis=-1), -0.01, 0.01, hint=hint, what="mean of each position")
        assert_between(got.var(axis=-1), 0.97, 1.01, hint=hint, what="variance of each position")


@weight(3)
def test_no_look_ahead(student):
    """A token of the target moves the outputs from its own position on, and none before; with padding masks as without."""
    moved = np.repeat(X[:1], 1 + T, axis=0)
    moved[1 + np.arange(T), np.arange(T)] += X[1]
    source = np.repeat(SOURCE[:1], 1 + T, axis=0)
    keep = [np.repeat(TARGET_KEEP[1:2], 1 + T, axis=0), np.repeat(SOURCE_KEEP[:1], 1 + T, axis=0)]
    runs = [{"inputs": [moved, source]}, {"inputs": [moved, source], "keep": keep}]
    for got in outputs(student, runs)[0]:
        influence = np.abs(got[1:] - got[0]).max(axis=-1)  # (position that moved, output)
        hint = "The self-attention needs a causal mask: position t attends to positions up to t."
        assert_between(influence[np.tril_indices(T, -1)], 0, 1e-4, hint=hint, what="influence of a token on outputs before it")
        hint = "Position t attends to itself and to all positions before it."
        assert_between(influence[np.triu_indices(T)], 1e-3, np.inf, hint=hint, what="influence of a token on its own output and those after")


@weight(2)
def test_reads_the_source(student):
    """Each position of the source moves every output of its own example, whatever the order of these positions."""
    moved = np.repeat(SOURCE[:1], 1 + S, axis=0)
    moved[1 + np.arange(S), np.arange(S)] += 2 * SOURCE[1]
    several = np.repeat(X[:1], 1 + S, axis=0)
    (got, plain, mixed, alone), _ = outputs(
        student, [{"inputs": pair} for pair in ([several, moved], [X, SOURCE], [X, SOURCE[:, [3, 0, 6, 2, 5, 1, 4]]], [X[1:2], SOURCE[1:2]])]
    )
    influence = np.abs(got[1:] - got[0]).max(axis=-1)
    hint = "The cross-attention sees the whole source: keys and values are encoder_outputs, and no causal mask stands before them."
    assert_between(influence, 1e-3, np.inf, hint=hint, what="influence of each position of the source on each output")
    assert_close(mixed, plain, rtol=1e-3, atol=1e-4, hint=hint, what="outputs for a source in another order")
    assert_close(alone, plain[1:2], rtol=1e-3, atol=1e-4, hint="Examples of a batch do not see each other.", what="an example alone")


@weight(2)
def test_source_padding(student, rng):
    """What stands at padded positions of the source moves no output; all others count as if there were no padding."""
    other = SOURCE + np.where(SOURCE_KEEP[:, :, None] == 1, 0, 5 * rng.normal(size=SOURCE.shape))
    runs = [{"inputs": [X, source], "keep": keep} for source, keep in [(SOURCE, [None, SOURCE_KEEP]), (other, [None, SOURCE_KEEP]), (other, [TARGET_KEEP, SOURCE_KEEP])]]
    alone = [{"inputs": [x[None], source[keep == 1][None]]} for x, source, keep in zip(X, SOURCE, SOURCE_KEEP)]
    (got, moved, both, *without), _ = outputs(student, [*runs, *alone])
    hint = "No position may attend to a padded one: the cross-attention needs the mask of encoder_outputs, true where a token is."
    assert_close(moved, got, rtol=1e-3, atol=1e-4, hint=hint, what="outputs after padded positions of the source changed")
    assert_close(got, np.concatenate(without), rtol=1e-3, atol=1e-3, hint=hint, what="outputs beside those for sources without their padding")
    real = TARGET_KEEP == 1
    assert_close(both[real], got[real], rtol=1e-3, atol=1e-3, hint=hint + " The mask of x is another one.", what="outputs with padding on both sides")


def test_target_padding(student, rng):
    """Padding at the end of the target moves nothing before it, and its mask goes on to the layer behind."""
    other = X + np.where(TARGET_KEEP[:, :, None] == 1, 0, 5 * rng.normal(size=X.shape))
    runs = [{"inputs": [x, SOURCE], "keep": [TARGET_KEEP, mask]} for x, mask in [(X, SOURCE_KEEP), (other, SOURCE_KEEP), (X, None)]]
    (got, moved, source_bare), masks = outputs(student, runs)
    real = TARGET_KEEP == 1
    hint = "The causal mask hides what comes later, padding included."
    assert_close(moved[real], got[real], rtol=1e-3, atol=1e-4, hint=hint, what="outputs before the padding")
    assert_close(source_bare[real], one_output(student)[real], rtol=1e-3, atol=1e-4, hint=hint + " It says nothing of the source.", what="outputs for a source without a mask")
    for mask in (masks[0], masks[2]):
        hint = "A layer that sets self.supports_masking = True hands the mask of x on, which comes first."
        assert_equal(mask, TARGET_KEEP, hint=hint, what="mask behind the block")


def test_same_in_training(student):
    """Training and use give the same outputs: there is no dropout."""
    assert_close(one_output(student, training=True), one_output(student), hint="The attentions' and all other dropout stays at 0.", what="output in training")


def test_normalisations(student):
    """With attentions and feed-forward network of zeros, x goes through one normalisation after the other, each with a scale of its own."""
    count, *groups = inner_weights(student)
    random = np.random.default_rng(5)
    scales = {i: random.uniform(0.4, 2, size=E) for i, ones in enumerate(made(student)["ones"]) if ones}
    got = one_output(student, weights=chosen(count, scales, zero=groups))
    hint = "Each of the three normalisations is used once, behind its own sum."
    check(len(scales) == 3, hint=hint, what="three scales of normalisations")
    assert_close_any(got, normalised_in_turn(X, list(scales.values())), rtol=1e-3, atol=1e-2, hint=hint, what="output for scales other than 1")


def test_feed_forward(student):
    """With attentions of zeros: x is normalised twice, its feed-forward result is added to that, and the sum normalised."""
    count, own, cross, dense = inner_weights(student)
    got = one_output(student, weights=chosen(count, dense, zero=[own, cross]))
    b = normalised(normalised(X))
    expected = normalised(b + feed_forward(b, list(dense.values())))
    hint = "The feed-forward network has a ReLU after its first layer only; it reads what the second normalisation made, and its result is added to that."
    assert_close(got, expected, rtol=1e-3, atol=5e-3, hint=hint, what="output without attention")


@weight(2)
def test_self_attention(student):
    """Causal self-attention with num_heads heads of key_dim embed_dim is added to x and normalised."""
    parts = inner_weights(student)
    got, roles, expected = own_roles(student, *parts)
    check(roles is not None, hint=PARTS, what="four kernels of a self-attention with num_heads heads of key_dim embed_dim")
    hint = "All of query, key and value are x, up to each position; the scores are scaled by √key_dim; the result is added to x before the first normalisation."
    assert_close(got, expected, rtol=1e-3, atol=5e-3, hint=hint, what="output of self-attention alone")


@weight(3)
def test_cross_attention(student):
    """Cross-attention comes second: queries from self-attention, keys and values from the source, added and normalised; then the feed-forward network."""
    parts = count, own, cross, dense = inner_weights(student)
    got, roles, expected = cross_roles(student, *parts)
    check(roles is not None, hint=PARTS, what="four kernels of a cross-attention with num_heads heads of key_dim embed_dim")
    hint = "Queries are what the first normalisation made, keys and values both encoder_outputs; the result is added to the queries and normalised."
    assert_close(got, expected, rtol=1e-3, atol=5e-3, hint=hint, what="output of cross-attention alone")
    _, first_roles, _ = own_roles(student, *parts)
    check(first_roles is not None, hint=PARTS, what="four kernels of a self-attention")
    a = normalised(X + attention(X, X, first_roles, causal=True))
    b = normalised(a + attention(a, SOURCE, roles))
    expected = normalised(b + feed_forward(b, list(dense.values())))
    got = one_output(student, weights=chosen(count, own, cross, dense))
    hint = "First self-attention, then cross-attention, then feed-forward, each added to what the step before it made."
    assert_close(got, expected, rtol=1e-3, atol=1e-2, hint=hint, what="output of the whole block")


def test_all_weights_learn(student):
    """Every weight has a gradient, but for the keys' biases, which move all scores of a query alike."""
    shapes, got = made(student)["shapes"], gradients(student, SOURCE)
    still = sum(int(np.prod(shape)) for shape, gradient in zip(shapes, got) if gradient < 1e-5)
    hint = "Is there a layer that nothing goes through, or one that is used twice in another's place?"
    assert_between(still, 0, 2 * H * E, hint=hint, what="numbers without a gradient")


def test_in_a_model(student):
    """In a functional model that knows no lengths, traced as a graph, it does the same."""
    runs = [{"inputs": [X, SOURCE], "keep": [TARGET_KEEP, SOURCE_KEEP]}, {"inputs": [X[1:, :4], SOURCE[1:, 1:]], "keep": [TARGET_KEEP[1:, :4], SOURCE_KEEP[1:, 1:]]}]
    expected, _ = outputs(student, runs)
    got = student.block_in_a_model("TransformerDecoder", SETTINGS, runs, LOWER)
    hint = "The lengths are not known when a model is built: leave them to the layers, or ask ops.shape(x)."
    for run, wanted, each in zip(runs, expected, got):
        real = run["keep"][0] == 1
        assert_close(as_array(get(each, "outputs"))[real], wanted[real], rtol=1e-3, atol=1e-4, hint=hint, what="outputs in a model")
        assert_equal(each["mask"], run["keep"][0], hint=hint, what="mask behind the block in a model")


@pytest.mark.gpu
@weight(2)
def test_translates_unseen_dates(student):
    """Trained in a transformer, it translates dates that it has never seen, nearly all without a mistake."""
    got, truth = translations(student, "decoder")
    got = as_array(got, what="translations")
    assert_shape(got, truth.shape, hint="One translation for each date.", what="translations")
    hint = "Each step must see the target so far and the whole source, and nothing that comes later."
    assert_between((got == truth).all(axis=1).mean(), 0.99, 1, hint=hint, what="share of unseen dates translated exactly")
