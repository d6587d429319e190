import numpy as np

from gradetape.suite import assert_close, assert_differs, assert_equal, check, get, question, visible

pytestmark = question("positional_embedding")

POSITIONS, VOCAB, WIDTH = 7, 11, 3
TRACKED = "Two trainable weights and no other: a token table (vocab_size, embed_dim) and a position table (sequence_length, embed_dim)."
SUM = "Row t is the token's row of the one table plus row t of the other, as they are: neither is scaled or put through anything else."
MASK = "The mask is bool, of the tokens' shape, true where the token is not 0."


def some_tables(rng):
    return {"token": rng.normal(size=(VOCAB, WIDTH)), "position": rng.normal(size=(POSITIONS, WIDTH))}


def some_tokens(rng, *shape):
    """Each row ends with padding; token 0 stands in the midst of the first row too, and of the last the first token is 0."""
    tokens = rng.integers(1, VOCAB, size=shape)
    tokens[:, -1], tokens[0, shape[1] // 2], tokens[-1, 0] = 0, 0, 0
    return tokens


RNG = np.random.default_rng(1)
TABLES, BATCHES = some_tables(RNG), [some_tokens(RNG, 4, 5), some_tokens(RNG, 2, POSITIONS)]  # one run for several tests


def expected(tables, tokens):
    return tables["token"][tokens] + tables["position"][: tokens.shape[1]]


def each(got, batches):
    """The answers beside their batches; the test fails cleanly where the layer's weights could not be found."""
    found = isinstance(got, list) and len(got) == len(batches)
    check(found, hint=TRACKED, what="one answer for each batch")
    return zip(got if found else [None] * len(batches), batches)


def assert_masks(masks, batches, hint, what):
    for mask, tokens in each(masks, batches):
        assert_equal(mask, tokens != 0, hint=hint, what=f"{what} for shape {tokens.shape}")


@visible
def test_two_tables(student, rng):
    """The layer has two trainable weights, one row for each token and one for each position, and takes a name."""
    got = student.embedding_made(some_tables(rng), name="veil")
    for which in ("trainable", "all"):
        assert_equal(get(got, which), [[POSITIONS, WIDTH], [VOCAB, WIDTH]], hint=TRACKED, what=f"shapes of {which} weights")
    assert_equal(got.get("name"), "veil", hint="Pass further keyword arguments on to Layer.", what="name")


def test_token_plus_position(student, rng):
    """Each vector is the token's row plus the position's row."""
    tables, tokens = some_tables(rng), some_tokens(rng, 4, POSITIONS)
    for got, batch in each(student.embedded(tables, [tokens]), [tokens]):
        assert_close(got, expected(tables, batch), hint=SUM, what="vectors")


def test_same_token_elsewhere(student, rng):
    """One token at every position: the vectors differ by the rows of the position table and by nothing else."""
    tables, tokens = some_tables(rng), np.repeat([[6], [2], [0]], POSITIONS, axis=1)
    for got, batch in each(student.embedded(tables, [tokens]), [tokens]):
        got = got - tables["token"][batch] if np.shape(got) == (*batch.shape, WIDTH) else got
        positions = np.repeat(tables["position"][None], len(batch), axis=0)
        hint = "Positions count from 0 at the left, in every row, whatever the tokens are."
        assert_close(got, positions, rtol=1e-3, hint=hint, what="vectors without the token's row")


def test_shorter_sequences(student, rng):
    """One layer takes sequences of any length up to its own, call after call."""
    tables = some_tables(rng)
    batches = [some_tokens(rng, 4, length) for length in (2, POSITIONS, 5, 3)] + [np.array([[4], [9]])]
    for got, batch in each(student.embedded(tables, batches), batches):
        hint = "A sequence of T tokens uses the first T rows of the position table."
        assert_close(got, expected(tables, batch), hint=hint, what=f"vectors for shape {batch.shape}")


def test_mask(student, rng):
    """compute_mask is true where a token stands and false where there is only padding."""
    batches = [some_tokens(rng, 4, 5), some_tokens(rng, 2, POSITIONS), np.zeros((2, 3), int), np.ones((3, 4), int)]
    got = student.embedding_masks(some_tables(rng), batches)
    masks = get(got, "computed", hint=TRACKED)
    assert_masks(masks, batches, MASK, "mask")
    for mask, _ in each(masks, batches):
        check(isinstance(mask, np.ndarray) and mask.dtype == bool, hint=MASK, what="mask of type bool")


def test_mask_reaches_the_next_layer(student):
    """The layer behind sees the padding mask, on a call and in a functional model."""
    hint = "Keras hands on what compute_mask returns: it takes the tokens and gives a mask of them."
    on_a_call = get(student.embedding_masks(TABLES, BATCHES), "seen", hint=TRACKED)
    assert_masks(on_a_call, BATCHES, hint, "mask behind the layer")
    in_a_model = get(student.embedded_in_a_model(TABLES, BATCHES), "called", hint=TRACKED)
    assert_masks([found.get("masks") for found in in_a_model], BATCHES, hint, "mask behind the layer in a model")


def test_in_a_model_of_unknown_length(student):
    """In a model that is built for any length, and in graph mode, it embeds sequences of several lengths."""
    got = student.embedded_in_a_model(TABLES, BATCHES)
    for how in ("called", "traced"):
        for found, batch in each(get(got, how, hint=TRACKED), BATCHES):
            hint = "The number of tokens may be unknown when the model is built: ask for it with ops.shape."
            assert_close(get(found, "outputs"), expected(TABLES, batch), hint=hint, what=f"vectors for shape {batch.shape}, {how}")


def test_same_in_training(student):
    """In training the vectors are the same as otherwise."""
    got = student.embedded_in_a_model(TABLES, BATCHES)
    for found, batch in each(get(got, "in training", hint=TRACKED), BATCHES):
        hint = "The vectors are the sum of two rows in training too: nothing is dropped, and no noise is added."
        assert_close(get(found, "outputs"), expected(TABLES, batch), hint=hint, what=f"vectors for shape {batch.shape}, in training")


def test_random_at_the_start(student, rng):
    """Both tables start at random numbers, another row for each token and position, others in each layer."""
    first, second = student.embedding_starts(some_tables(rng))
    for name in ("token", "position"):
        table, another = get(first, name, hint=TRACKED), get(second, name, hint=TRACKED)
        for row in range(1, len(table)):
            assert_differs(table[row], table[row - 1], hint="Each row starts at random numbers of its own.", what=f"two rows of the {name} table")
        assert_differs(table, another, hint="Each layer draws its own numbers.", what=f"{name} tables of two layers")


def test_gradients(student, rng):
    """The gradient reaches both tables: each row gets the sum over all places where it is used, padding included."""
    tables, tokens = some_tables(rng), some_tokens(rng, 4, 5)
    upstream = rng.normal(size=(4, 5, WIDTH))
    got = student.embedding_gradients(tables, tokens, upstream)
    wanted = {"token": np.zeros((VOCAB, WIDTH)), "position": np.zeros((POSITIONS, WIDTH))}
    np.add.at(wanted["token"], tokens, upstream)
    wanted["position"][:5] = upstream.sum(axis=0)
    for name, gradient in wanted.items():
        hint = "Both tables are learned, token 0 like any other token: look them up by Keras or TensorFlow operations."
        assert_close(get(got, name, hint=TRACKED), gradient, rtol=1e-3, atol=1e-4, hint=hint, what=f"gradient of the {name} table")
