import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, check, question, visible

pytestmark = question("attention")

QUERIES, KEYS, WIDTH, VALUE_WIDTH = 3, 5, 8, 6
PAIR = "Return two tensors, output and weights, in this order."
SCALE = "Divide the scores by √d, where d is the length of a query; the softmax makes weights of them."
LEADING = "The last two axes are tokens and numbers; whatever stands before them only passes through."
MASK = "Where the mask is false a key weighs nothing; the weights of the others still add up to 1."


def some_inputs(rng, *leading):
    return [rng.normal(size=(*leading, *shape)) for shape in ((QUERIES, WIDTH), (KEYS, WIDTH), (KEYS, VALUE_WIDTH))]


def expected_weights(q, k, mask=True):
    """As the docstring has it; even where nothing may be attended to, which no test compares."""
    scores = np.where(mask, q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]), -1e30)
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def expected_gradients(q, k, v, mask, upstream):
    """Of Σ upstream · output, for q, k and v."""
    weights, at_weights = expected_weights(q, k, mask), upstream @ np.swapaxes(v, -1, -2)
    at_scores = weights * (at_weights - np.sum(weights * at_weights, axis=-1, keepdims=True)) / np.sqrt(q.shape[-1])
    return [at_scores @ k, np.swapaxes(at_scores, -1, -2) @ q, np.swapaxes(weights, -1, -2) @ upstream]


def some_mask(rng, *shape):
    """About half of it true, in each row at least one place true and one false."""
    mask = rng.uniform(size=shape) < 0.5
    mask[..., 1], mask[..., 3] = mask[..., 0], ~mask[..., 0]
    return mask


def output_and_weights(returned):
    """The two arrays; None for both if a student returns something else."""
    pair = isinstance(returned, list) and len(returned) == 2
    check(pair, hint=PAIR, what="a pair")
    return returned if pair else (None, None)


def assert_attention(returned, q, k, v, mask=True, *, hint, what, rtol=1e-3):
    output, weights = output_and_weights(returned)
    expected = expected_weights(q, k, mask)
    assert_close(weights, expected, rtol=rtol, hint=hint, what=f"weights {what}")
    assert_close(output, expected @ v, rtol=rtol, atol=1e-4, hint=hint, what=f"output {what}")


@visible
def test_shapes(student, rng):
    """One vector for each query, and one weight for each query and key."""
    output, weights = output_and_weights(student.attentions([some_inputs(rng, 2)])[0])
    check(np.shape(output) == (2, QUERIES, VALUE_WIDTH), hint=PAIR + " The output has a value's length.", what="output's shape (B, T, d_v)")
    check(np.shape(weights) == (2, QUERIES, KEYS), hint=PAIR + " The weights have a row for each query, a column for each key.", what="weights' shape (B, T, S)")


def test_weights_of_a_query_add_up(student, rng):
    """The weights of each query add up to 1 over the keys."""
    got = as_array(output_and_weights(student.attentions([some_inputs(rng, 2)])[0])[1], hint=PAIR)
    check(got.shape == (2, QUERIES, KEYS), hint=PAIR, what="weights' shape (B, T, S)")
    assert_between(got, 0, np.inf, hint="Weights come out of a softmax.", what="weights")
    assert_close(got.sum(axis=-1), np.ones(got.shape[:-1]), hint="The softmax runs over the keys: each query's weights add up to 1.", what="sums over the keys")


def test_scores_are_scaled(student, rng):
    """The weights are those of the scores divided by √d, for queries of different lengths."""
    for width in (WIDTH, 3, 1):
        q, k, v = rng.normal(size=(2, QUERIES, width)), rng.normal(size=(2, KEYS, width)), rng.normal(size=(2, KEYS, VALUE_WIDTH))
        assert_attention(student.attentions([(q, k, v)])[0], q, k, v, hint=SCALE, what=f"for d = {width}")


def test_output_is_the_mean_of_the_values(student, rng):
    """The output is the mean of the values by the weights that are returned."""
    q, k, v = some_inputs(rng, 2)
    output, weights = output_and_weights(student.attentions([(q, k, v)])[0])
    hint = "Each query's output adds up the values, each times its key's weight."
    weights = as_array(weights, hint=PAIR)
    check(weights.shape == (2, QUERIES, KEYS), hint=PAIR, what="weights' shape (B, T, S)")
    assert_close(output, weights @ v if weights.shape[-1] == KEYS else np.nan, rtol=1e-3, atol=1e-4, hint=hint, what="output")


def test_any_leading_axes(student, rng):
    """No leading axis, a batch, a batch and heads, and more: each example and each head by itself."""
    cases = [some_inputs(rng, *leading) for leading in ((), (2,), (2, 4), (2, 4, 7))]
    for returned, case in zip(student.attentions(cases), cases):
        assert_attention(returned, *case, hint=LEADING, what=f"with {case[0].ndim - 2} leading axes")


def test_mask(student, rng):
    """Keys where the mask is false weigh nothing; the rest shares the whole weight."""
    q, k, v = some_inputs(rng, 2)
    mask = some_mask(rng, 2, QUERIES, KEYS)
    everything = np.ones((2, QUERIES, KEYS), bool)
    masked, free = student.attentions([(q, k, v, mask), (q, k, v, everything)])
    assert_attention(masked, q, k, v, mask, hint=MASK, what="behind a mask")
    assert_attention(free, q, k, v, hint="True means that the query may attend to the key.", what="with a mask that is true everywhere")


def test_mask_of_fewer_axes(student, rng):
    """A mask broadcasts: over queries, over heads, over the batch."""
    q, k, v = some_inputs(rng, 2, 4)
    shapes = [(KEYS,), (QUERIES, KEYS), (2, 1, 1, KEYS), (2, 1, QUERIES, KEYS), (1, 4, QUERIES, KEYS), (4, 1, KEYS)]
    masks = [some_mask(rng, *shape) for shape in shapes]
    for returned, mask in zip(student.attentions([(q, k, v, mask) for mask in masks]), masks):
        assert_attention(returned, q, k, v, mask, hint="The mask broadcasts to the shape of the scores: axes of length 1 stretch.", what=f"with a mask {mask.shape}")


def test_large_scores(student, rng):
    """Scores of ±1,000 give the right weights, with a mask and without."""
    q = np.array([[2.0, 0, 0, 0], [-2, 0, 0, 0], [0, 2, 0, 0]])
    k = np.zeros((KEYS, 4))
    k[:, 0], k[:, 1] = [1000, 999, -1000, 998.5, -999], [-1000, -999.5, -1001, -999, -1000]
    v = rng.normal(size=(KEYS, VALUE_WIDTH))
    mask = np.array([[False, False, True, False, True], [True, True, False, True, False], [True, False, True, False, True]])
    free, masked = student.attentions([(q, k, v), (q, k, v, mask)])
    hint = "The exponential of 1,000 is infinite: use a softmax that allows for it."
    assert_attention(free, q, k, v, hint=hint, what="for large scores", rtol=1e-2)
    hint = "Mask the scores, before the softmax, by so much that a score of 1,000 behind the mask weighs nothing beside one of -1,000."
    assert_attention(masked, q, k, v, mask, hint=hint, what="for large scores behind a mask", rtol=1e-2)


def test_query_that_may_attend_to_nothing(student, rng):
    """A query that may attend to no key gets finite numbers, and leaves the other queries alone."""
    q, k, v = some_inputs(rng, 2)
    mask = some_mask(rng, 2, QUERIES, KEYS)
    mask[0, 1] = mask[1, 2] = False
    open_rows = mask.any(axis=-1)
    output, weights = (as_array(part, hint=PAIR) for part in output_and_weights(student.attentions([(q, k, v, mask)])[0]))
    hint = "A row of minus infinities has no softmax: it is 0 divided by 0."
    assert_between(weights, -np.inf, np.inf, hint=hint, what="weights")
    assert_between(output, -np.inf, np.inf, hint=hint, what="output")
    same = weights.shape == mask.shape and output.shape == (2, QUERIES, VALUE_WIDTH)
    check(same, hint=PAIR, what="shapes of weights and output")
    expected = expected_weights(q, k, mask)
    if same:
        assert_close(weights[open_rows], expected[open_rows], rtol=1e-3, hint=MASK, what="weights of the other queries")
        assert_close(output[open_rows], (expected @ v)[open_rows], rtol=1e-3, atol=1e-4, hint=MASK, what="output of the other queries")


def test_gradients_of_a_query_that_may_attend_to_nothing(student, rng):
    """A query that may attend to no key leaves all gradients finite, and those of the other queries right."""
    q, k, v = some_inputs(rng, 2)
    mask, upstream = some_mask(rng, 2, QUERIES, KEYS), rng.normal(size=(2, QUERIES, VALUE_WIDTH))
    mask[0, 1] = mask[1, 2] = False
    got = student.attention_gradients(q, k, v, mask, upstream)
    for name, gradient in zip(("queries", "keys", "values"), got):
        hint = "What comes out finite may have NaN for its gradient: a NaN that is replaced afterwards does. Let none arise."
        assert_between(gradient, -np.inf, np.inf, hint=hint, what=f"gradient for the {name}")
    open_rows, wanted = mask.any(axis=-1), expected_gradients(q, k, v, mask, upstream)[0]
    at_queries = as_array(got[0])[open_rows]
    assert_close(at_queries, wanted[open_rows], rtol=1e-3, atol=1e-4, hint=MASK, what="gradient for the other queries")


def test_gradients(student, rng):
    """The output's gradient reaches queries, keys and values."""
    q, k, v = some_inputs(rng, 2)
    mask, upstream = some_mask(rng, 2, QUERIES, KEYS), rng.normal(size=(2, QUERIES, VALUE_WIDTH))
    got = student.attention_gradients(q, k, v, mask, upstream)
    for name, gradient, wanted in zip(("queries", "keys", "values"), got, expected_gradients(q, k, v, mask, upstream)):
        hint = "Compute with Keras or TensorFlow operations from beginning to end: NumPy and stop_gradient cut the gradient off."
        assert_close(gradient, wanted, rtol=1e-3, atol=1e-4, hint=hint, what=f"gradient for the {name}")


def test_inside_a_graph(student, rng):
    """Inside tf.function it gives the same numbers, with a mask and without."""
    q, k, v = some_inputs(rng, 2, 4)
    mask = some_mask(rng, 2, 1, QUERIES, KEYS)
    free, masked = student.attentions_in_a_graph(q, k, v, mask)
    hint = "Inside tf.function a tensor has no value yet: leave out NumPy, and `if` on a tensor."
    assert_attention(free, q, k, v, hint=hint, what="in a graph")
    assert_attention(masked, q, k, v, mask, hint=hint, what="in a graph behind a mask")
