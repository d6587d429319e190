"""The transformer is a double: its logits at a position are a row of a random table, which the source and all tokens up to there choose."""

import numpy as np

from gradetape.suite import assert_equal, check, get, question, visible

pytestmark = question("decode_sequence")

STATES, VOCAB, WIDTH, LONGEST = 97, 13, 5, 7
START, END = 1, 2
STEPS = "Each step reads the logits at the last token that stands there, appends the token of the highest one, and goes on from that."


def some_script(seed=1):
    """All logits are negative; those of padding and of the start tokens in use here are never the highest."""
    rng = np.random.default_rng(seed)
    table = rng.uniform(-6, -1, size=(STATES, VOCAB))
    table[:, [0, START, 9]] -= 10
    return {"table": table, "source_factors": rng.integers(1, STATES, size=WIDTH), "factors": rng.integers(1, STATES, size=20)}


SCRIPT = some_script()


def translation(source, start, end, max_length, script=SCRIPT):
    """The tokens of one source, end included."""
    state, last, tokens = int(script["source_factors"] @ source), start, []
    while len(tokens) < max_length and last != end:
        state += int(script["factors"][len(tokens)]) * (last + 1)
        last = int(script["table"][state % STATES].argmax())
        tokens.append(last)
    return tokens


def sources_of(lengths, start=START, end=END, max_length=LONGEST):
    """For each length a source whose translation has it, end included; None: one that does not end in time."""
    rng, found = np.random.default_rng(2), []
    for length in lengths:
        while True:
            source = rng.integers(0, 20, size=WIDTH)
            tokens = translation(source, start, end, max_length)
            if (len(tokens) if tokens[-1] == end else None) == length:
                found.append(source)
                break
    return np.array(found)


def padded(sources, start=START, end=END, max_length=LONGEST):
    rows = [translation(source, start, end, max_length) for source in sources]
    return np.array([row + [0] * (max_length - len(row)) for row in rows])


def decoded(student, lengths, start=START, end=END, max_length=LONGEST):
    """What the probe found for sources with translations of these lengths, and the right answer."""
    sources = sources_of(lengths, start, end, max_length)
    return student.decoded(SCRIPT, sources, start, end, max_length), padded(sources, start, end, max_length)


def assert_tokens(got, expected, hint, what="tokens"):
    assert_equal(get(got, "tokens"), expected, hint=hint, what=what)


SEVERAL = [4, 1, LONGEST, None, 2, 3]
"""lengths of translations: all there are, each row its own; one ends with the last step, one not at all"""


@visible
def test_shape(student):
    """A row for each source, max_length integers long, however soon the translations end."""
    for lengths, max_length in ((SEVERAL, LONGEST), ([2, 4], 6), ([None], 3)):
        tokens = get(decoded(student, lengths, max_length=max_length)[0], "tokens")
        shape = (len(lengths), max_length)
        check(np.shape(tokens) == shape, hint="The answer has max_length columns: start is left out, and zeros fill up.", what=f"shape {shape}")
        check(isinstance(tokens, np.ndarray) and tokens.dtype.kind in "iu", hint="Tokens are integers.", what="type of the tokens")


def test_one_source(student):
    """One source that does not end: every token follows from the source and from all tokens before."""
    got, expected = decoded(student, [None])
    assert_tokens(got, expected, STEPS)


def test_first_token(student):
    """The first token follows from the source and from start."""
    for start, end in ((START, END), (9, 4)):
        got, expected = decoded(student, [None, 3, 4, None], start, end)
        tokens = get(got, "tokens")
        first = tokens[:, 0] if np.ndim(tokens) == 2 and np.shape(tokens)[1] else tokens
        hint = "The decoder inputs begin with start; the answer begins with the token that comes after it, the one of the highest logit."
        assert_equal(first, expected[:, 0], hint=hint, what=f"first tokens after start {start}")


def test_each_row_by_its_own_source(student):
    """Several sources that do not end: each is translated as if it were alone."""
    got, expected = decoded(student, [None] * 4)
    assert_tokens(got, expected, "Each row of decoder inputs belongs to the source of that row. " + STEPS)


def test_rows_end_each_in_its_own_time(student):
    """Each row ends with its own end token, and the others go on."""
    got, expected = decoded(student, SEVERAL)
    tokens = get(got, "tokens")
    same_shape = np.shape(tokens) == expected.shape
    check(same_shape, hint="The answer has one row for each source and max_length columns.", what="shape")
    for row, wanted in zip(tokens if same_shape else expected * 0 - 1, expected):
        length = np.count_nonzero(wanted)
        hint = "A row goes on until its own end token, which is part of the answer, or until it has max_length tokens."
        assert_equal(row[:length], wanted[:length], hint=hint, what=f"tokens of a row of {length}")


def test_padding_behind_the_end(student):
    """Behind the end token stands 0 and nothing else."""
    got, expected = decoded(student, SEVERAL)
    tokens = get(got, "tokens")
    behind = expected == 0
    filled = tokens[behind] if np.shape(tokens) == expected.shape else tokens
    assert_equal(filled, np.zeros(behind.sum()), hint="A row that has ended gets 0 from then on, whatever the logits are.", what="tokens behind end")


def test_stops_when_all_rows_have_ended(student):
    """When the last row has ended, the transformer is asked no more; before, one call serves all rows."""
    for lengths in ([2, 4, 1], [1, 1], [3], SEVERAL):
        got, expected = decoded(student, lengths)
        assert_tokens(got, expected, "Zeros fill up to max_length where all rows end sooner.", f"tokens for lengths {lengths}")
        needed = int(np.count_nonzero(expected, axis=1).max())
        hint = "One call for each step, with all rows at once, and none after every row has ended."
        assert_equal(get(got, "calls"), needed, hint=hint, what=f"calls for lengths {lengths}")


def test_longest_translation(student):
    """max_length counts the tokens generated: with 1 there is one step, and the decoder never reads more than max_length tokens."""
    for max_length in (1, 2, 5):
        got, expected = decoded(student, [None, 1, None], max_length=max_length)
        hint = "There are max_length steps at most; start is not one of the tokens that count."
        assert_tokens(got, expected, hint, f"tokens for max_length {max_length}")
        assert_equal(get(got, "calls"), max_length, hint=hint, what=f"calls for max_length {max_length}")
        hint = "The last token of the answer is never read: the decoder inputs are start and what was generated before."
        check(get(got, "longest") <= max_length, hint=hint, what=f"decoder inputs of at most {max_length} tokens")


def test_other_start_and_end(student):
    """Start and end are the tokens that it is given."""
    got, expected = decoded(student, [3, None, 1, LONGEST], start=9, end=4)
    assert_tokens(got, expected, "Use the arguments start and end: their numbers are not always the same.")
