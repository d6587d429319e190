import numpy as np

from gradetape.suite import assert_equal, check, get, question, visible

pytestmark = question("format_dataset")

PAIR = "Return a pair: a dict with encoder_inputs and decoder_inputs, then the labels."


def some_batch(rng, rows=4, source_length=5, target_length=8, longest=8):
    """Each target row begins with start, 1, and ends with 2, the first early and the last as its `longest` token; padding follows."""
    source, target = rng.integers(0, 90, size=(rows, source_length)), rng.integers(3, 90, size=(rows, target_length))
    target[:, 0] = 1
    for row, end in zip(target, np.linspace(1, longest - 1, rows).astype(int)):
        row[end], row[end + 1 :] = 2, 0
    return source.astype("int32"), target.astype("int32")


def inputs_and_labels(returned):
    """The two parts; an empty dict and None if a student returns something else."""
    pair = isinstance(returned, list) and len(returned) == 2 and isinstance(returned[0], dict)
    check(pair, hint=PAIR, what="a pair of a dict and labels")
    return returned if pair else ({}, None)


def each_kind(student, source, target):
    """Name and answer for NumPy arrays, then for tensors."""
    for kind in ("NumPy arrays", "tensors"):
        yield kind, student.formatted(source, target, kind == "tensors")


@visible
def test_keys(student, rng):
    """The inputs are a dict of encoder inputs and decoder inputs, and the labels stand beside it."""
    for kind, got in each_kind(student, *some_batch(rng)):
        inputs, _ = inputs_and_labels(get(got, "returned"))
        assert_equal(sorted(inputs), ["decoder_inputs", "encoder_inputs"], hint=PAIR, what=f"keys for {kind}")


def test_decoder_inputs(student, rng):
    """The decoder reads the target without its last column, all rows of it."""
    source, target = some_batch(rng)
    for kind, got in each_kind(student, source, target):
        inputs, _ = inputs_and_labels(get(got, "returned"))
        hint = "The decoder reads from the start token on, and never the last token, which only a label is."
        assert_equal(inputs.get("decoder_inputs"), target[:, :-1], hint=hint, what=f"decoder inputs for {kind}")


def test_labels(student, rng):
    """The label at each position is the token that comes next, in all rows."""
    source, target = some_batch(rng)
    for kind, got in each_kind(student, source, target):
        _, labels = inputs_and_labels(get(got, "returned"))
        hint = "The label at t is the token after decoder input t: the target from its second column on."
        assert_equal(labels, target[:, 1:], hint=hint, what=f"labels for {kind}")


def test_source_as_it_is(student, rng):
    """The encoder reads the whole source, and neither array given is changed."""
    source, target = some_batch(rng)
    for kind, got in each_kind(student, source, target):
        inputs, _ = inputs_and_labels(get(got, "returned"))
        assert_equal(inputs.get("encoder_inputs"), source, hint="The source goes to the encoder as it is.", what=f"encoder inputs for {kind}")
        assert_equal(got.get("given"), [source, target], hint="Do not change the arrays that you are given.", what=f"source and target after the call, {kind}")


def test_any_size(student, rng):
    """It works for any number of rows and columns, and where all rows end before the last column."""
    for rows, source_length, target_length, longest in [(1, 3, 2, 2), (6, 1, 9, 9), (3, 9, 4, 4), (5, 4, 11, 7)]:
        source, target = some_batch(rng, rows, source_length, target_length, longest)
        inputs, labels = inputs_and_labels(get(student.formatted(source, target, True), "returned"))
        expected = [source, target[:, :-1], target[:, 1:]]
        got = [inputs.get("encoder_inputs"), inputs.get("decoder_inputs"), labels]
        hint = "Cut one column off, whatever the numbers of rows and columns are and whatever stands in them."
        assert_equal(got, expected, hint=hint, what=f"parts for {rows} rows of {source_length} and {target_length} tokens")


def test_types_stay(student, rng):
    """Integers of each type come out in the type they came in."""
    source, target = some_batch(rng)
    for source_type, target_type in (("int32", "int64"), ("int64", "int32"), ("uint8", "int16")):
        for kind, got in each_kind(student, source.astype(source_type), target.astype(target_type)):
            inputs, labels = inputs_and_labels(get(got, "returned"))
            parts = [inputs.get("encoder_inputs"), inputs.get("decoder_inputs"), labels]
            types = [str(part.dtype) if isinstance(part, np.ndarray) else "no array" for part in parts]
            assert_equal(types, [source_type, target_type, target_type], hint="Cut, and convert nothing: tokens stay what they are.", what=f"types for {kind}")


def test_in_a_pipeline(student, rng):
    """In tf.data it maps each batch, the short last one too."""
    source, target = some_batch(rng, rows=7)
    got = student.formatted_in_a_pipeline(source, target, 3)
    hint = "In a pipeline the batch is a tensor whose values are not known yet: slice it, and return a tuple."
    check(isinstance(got, list) and len(got) == 3, hint=hint, what="number of batches")
    for number, returned in enumerate(got if isinstance(got, list) else []):
        inputs, labels = inputs_and_labels(returned)
        rows = slice(3 * number, 3 * number + 3)
        expected = {"encoder_inputs": source[rows], "decoder_inputs": target[rows, :-1]}
        assert_equal([inputs, labels], [expected, target[rows, 1:]], hint=hint, what=f"batch {number + 1}")
