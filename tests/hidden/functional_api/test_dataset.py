"""Rows carry their number, so that where each went can be seen. The order itself is random and left open.

Shuffling is judged over seven orders of 240 rows. Each test says something that a right answer misses less than once in a million times.
"""

import numpy as np

from gradetape.suite import as_array, assert_close, assert_equal, check, get, question, visible, weight

pytestmark = question("dataset")

ORDERS = {"count": 240, "batch_size": 16, "seeds": [4, 4, 5, 6, 7, 8, 9]}


def columns(rng, count):
    """Inputs and targets in which everything tells the row's number, in several types and shapes."""
    number = np.arange(count)
    inputs = {
        "words": np.stack([number + 100, 2 * number, number % 7], axis=1).astype("int32"),
        "marks": np.stack([number, -number], axis=1).astype("float32") / 8,
    }
    return inputs, {"size": (number[:, None] * 3.0).astype("float32"), "kind": (number % 5).astype("int16")}


def whole(part, names):
    """One batch's inputs or targets, whose names, and whose shapes but for the first axis, must be those of the arrays given."""
    assert_equal(sorted(part) if isinstance(part, dict) else None, sorted(names), hint="The names stay as they were.", what="names")
    lengths = set()
    for name, shape in names.items():
        values = as_array(part[name], what=name)
        assert_equal(list(values.shape[1:]) if values.ndim else None, shape, hint="Batches of rows: each row in its own shape.", what=f"shape of a row of {name}")
        lengths.add(len(values))
    check(len(lengths) == 1, hint="A batch has as many rows of one array as of another.", what="equal numbers of rows in a batch")
    return part


INPUTS, TARGETS = {"words": [3], "marks": [2]}, {"size": [1], "kind": []}


def numbers_of(order):
    """The numbers of rows in the order in which they came, from a list of batches."""
    check(bool(order), hint="There are rows, so there are batches.", what="at least one batch")
    for batch in order:
        assert_equal(as_array(batch, what="a batch of numbers").ndim, 1, hint="Batches of rows, put together once.", what="axes of a batch of numbers")
    return np.concatenate(order)


@visible
def test_pairs_of_dicts_in_batches(student, rng):
    """It is a tf.data.Dataset of pairs, a dict of inputs and a dict of targets, in batches; the last batch may be short."""
    got = student.batches(*columns(rng, 17), batch_size=5, seed=3)
    assert_equal(get(got, "dataset"), True, hint="A tf.data.Dataset, as tf.data makes it.", what="a tf.data.Dataset")
    assert_equal(get(got, "kinds"), ["tuple/dict/dict"], hint="Each element is a pair: the dict of inputs, the dict of targets.", what="kinds of elements")
    hint = "Every row comes once: the last batch is short when the rows do not fill it."
    lengths = [len(whole(batch, INPUTS)["words"]) for batch in get(got, "inputs")]
    assert_equal(lengths, [5, 5, 5, 2], hint=hint, what="rows in each batch")


@weight(2)
def test_rows_stay_together(student, rng):
    """Whatever belongs to one row stays in one row, inputs and targets."""
    inputs, targets = columns(rng, 29)
    got = student.batches(inputs, targets, batch_size=6, seed=11)
    hint = "Shuffle whole rows: each array by itself would tear them apart."
    seen = []
    for given, wanted in zip(get(got, "inputs"), get(got, "targets")):
        given, wanted = whole(given, INPUTS), whole(wanted, TARGETS)
        number = np.asarray(given["words"])[:, 0].astype(int) - 100
        check(bool(((number >= 0) & (number < 29)).all()), hint=hint, what="row numbers within the data")
        for name, values in [*inputs.items(), *targets.items()]:
            assert_close({**given, **wanted}[name], values[number], rtol=1e-6, atol=0.0, hint=hint, what=f"{name} of the rows in a batch")
        seen += number.tolist()
    assert_equal(sorted(seen), list(range(29)), hint="Every row comes once: none is lost, none comes twice.", what="numbers of all rows")


def test_types_and_arrays_stay(student, rng):
    """Integers stay integers and floats stay floats, and the caller's arrays are left as they were."""
    inputs, targets = columns(rng, 9)
    got = student.batches(inputs, targets, batch_size=4, seed=0)
    check(bool(get(got, "inputs")), hint="There are rows, so there are batches.", what="at least one batch")
    first = {**whole(got["inputs"][0], INPUTS), **whole(got["targets"][0], TARGETS)}
    kinds = {name: getattr(first.get(name), "dtype", np.dtype("O")).kind for name in ("words", "marks", "size", "kind")}
    hint = "Hand the arrays on in their own types."
    assert_equal(kinds, {"words": "i", "marks": "f", "size": "f", "kind": "i"}, hint=hint, what="types (i integer, f float)")
    after = student.unchanged_arrays(inputs, targets, batch_size=4, seed=0)
    for name, values in [*inputs.items(), *targets.items()]:
        hint = "Do not shuffle the arrays that you were given: their owner needs them as they are."
        assert_close({**get(after, "inputs"), **get(after, "targets")}[name], values, rtol=0, atol=0.0, hint=hint, what=f"the caller's {name}")


def test_seed(student):
    """The seed decides the order: the same one gives the same order, others give others."""
    first, again, *others = (numbers_of(order) for order in student.orders(**ORDERS))
    assert_close(again, first, rtol=0, atol=0.0, hint="Use the seed that is passed in, and nothing else that is random.", what="order for the same seed")
    # Two orders of 240 rows agree once in 240! times.
    differ = all(len(other) == len(first) and (other != first).any() for other in others)
    check(differ, hint="Use the seed that is passed in.", what="another order for each of five other seeds")


@weight(2)
def test_shuffles_all_rows(student):
    """Any row may come early: the whole data is shuffled, not a stretch of it at a time."""
    first = np.concatenate([numbers_of(order[:1]) for order in student.orders(**ORDERS)[1:]])
    hint = "The buffer that rows are drawn from must hold all of them."
    # 96 rows drawn from anywhere: all in the first four fifths once in 0.8^-96 = 2e9 times.
    check(bool((first >= 192).any()), hint=hint, what="a row from the last fifth in one of six first batches")
    check(bool((first < 48).any()), hint=hint, what="a row from the first fifth in one of six first batches")
    # The mean of 96 uniform numbers below 240 has a standard deviation of 69 / sqrt(96) = 7; 40 are more than five of them.
    check(bool(abs(first.mean() - 119.5) < 40), hint=hint, what="rows of the first batches from the middle on average")


def test_shuffles_rows_and_not_batches(student):
    """Batches are made of shuffled rows: neighbours in the data are seldom neighbours in a batch."""
    neighbours = 0
    for order in student.orders(**ORDERS)[1:]:
        numbers = numbers_of(order)
        check(len(numbers) == 240, hint="Every row comes once.", what="240 rows")
        neighbours += int((np.diff(numbers) == 1).sum())
    # About one pair in each of six orders: 6 in all, with a deviation of 2.4; 40 never happen.
    check(neighbours < 40, hint="First shuffle rows, then put them into batches.", what="neighbours of the data that follow one another")


def test_second_pass(student):
    """A second pass over the same dataset brings every row once more."""
    first, second = student.two_passes(23, 4, 9)
    hint = "The dataset can be read again and again, each time from its start to its end."
    for batches in (first, second):
        assert_equal(sorted(numbers_of(batches).tolist()), list(range(23)), hint=hint, what="rows of one pass")


def test_feeds_a_router(student, rng):
    """A model with named inputs and outputs is evaluated on it as on the arrays."""
    inputs = {
        "title": rng.integers(1, 11, size=(9, 2)).astype("int32"),
        "body": rng.integers(1, 11, size=(9, 5)).astype("int32"),
        "tags": rng.integers(0, 2, size=(9, 3)).astype("float32"),
    }
    targets = {"priority": rng.normal(size=(9, 1)).astype("float32"), "department": rng.normal(size=(9, 4)).astype("float32")}
    got = student.dataset_feeds_a_router((11, 3, 4), inputs, targets, 5, 2)
    outputs = get(got, "outputs")
    squared, absolute = (as_array(outputs["priority"]) - targets["priority"]) ** 2, np.abs(as_array(outputs["department"]) - targets["department"])
    hint = "Each element is a pair of dicts with the names that the model knows."
    assert_close(get(got, "loss"), squared.mean() + absolute.mean(), rtol=1e-3, hint=hint, what="loss over the dataset")
