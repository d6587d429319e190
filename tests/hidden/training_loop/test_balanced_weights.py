import numpy as np

from gradetape.suite import as_array, assert_close, question, visible

pytestmark = question("balanced_weights")

BALANCE = "Each class gets the same share of the whole, N, and shares it out evenly among its examples."


def balanced(labels):
    counts = {c: np.sum(labels == c) for c in set(labels.tolist())}
    return np.array([len(labels) / len(counts) / counts[c] for c in labels.tolist()])


@visible
def test_two_classes(student, rng):
    """Two classes, one of them three times as frequent as the other."""
    got = student.example_weights(np.array([1, 0, 1, 1]))
    assert_close(got, [2 / 3, 2, 2 / 3, 2 / 3], hint=BALANCE, what="weights")


def test_many_classes(student, rng):
    """Seven classes of different sizes, one of them with a single example, in any order."""
    labels = rng.permutation(np.repeat(np.arange(7), [3, 11, 1, 5, 20, 2, 8]))
    assert_close(student.example_weights(labels), balanced(labels), hint=BALANCE, what="weights")


def test_numbers_that_do_not_occur(student, rng):
    """Only classes that occur share the whole."""
    labels = rng.permutation(np.repeat([2, 3, 9], [4, 1, 10]))
    hint = "Count only the classes that occur: the numbers may have gaps, and need not begin at 0."
    assert_close(student.example_weights(labels), balanced(labels), hint=hint, what="weights")


def test_nothing_to_balance(student, rng):
    """Where all classes are equally frequent, or there is one only, all weights are 1."""
    for labels in (np.array([2, 0, 1, 1, 0, 2]), np.array([4, 4, 4])):
        assert_close(student.example_weights(labels), np.ones(len(labels)), hint="The mean of all weights is 1.", what=f"weights of {labels.tolist()}")


def test_totals(student, rng):
    """In a large set every class has the same total, and the mean is 1."""
    labels = rng.choice(5, size=1000, p=[0.02, 0.5, 0.08, 0.3, 0.1])
    weights = as_array(student.example_weights(labels))
    hint = "One weight for each example, in the order of the labels."
    assert_close(weights.sum(), 1000, hint="The mean of all weights is 1.", what="sum of all weights")
    assert_close(weights, balanced(labels), hint=hint, what="weights")
