import numpy as np

from gradetape.suite import as_array, assert_equal, check, question, visible

pytestmark = question("causal_mask")

SQUARE = "One row and one column for each position, and no axis more."


def masks(student, lengths):
    """The masks of these lengths as arrays; the test fails where one is no square of numbers."""
    found = [as_array(mask, hint="Return a tensor or a NumPy array.") for mask in student.causal_masks(lengths)]
    for mask, length in zip(found, lengths):
        check(mask.shape == (length, length), hint=SQUARE, what=f"shape for length {length}")
    return [mask if mask.shape == (length, length) else np.full((length, length), np.nan) for mask, length in zip(found, lengths)]


@visible
def test_shape(student):
    """The mask is a square of the length asked for, whatever it is."""
    lengths = [4, 9, 1, 2, 40, 4]
    for mask, length in zip(student.causal_masks(lengths), lengths):
        check(np.shape(mask) == (length, length), hint=SQUARE, what=f"shape for length {length}")


def test_each_position_sees_itself(student):
    """Every position may attend to itself."""
    for mask in masks(student, [1, 2, 7]):
        assert_equal(np.diag(mask), np.ones(len(mask)), hint="The diagonal is true: position i may attend to position i.", what="diagonal")


def test_none_sees_the_future(student):
    """No position may attend to a later one."""
    for mask in masks(student, [2, 3, 7]):
        later = np.triu_indices(len(mask), 1)
        hint = "Rows are the positions that attend, columns those attended to; above the diagonal all is false."
        assert_equal(mask[later], np.zeros(len(later[0])), hint=hint, what="above the diagonal")


def test_all_see_the_past(student):
    """Every position may attend to all earlier ones, however far back."""
    for mask in masks(student, [2, 3, 40]):
        earlier = np.tril_indices(len(mask), -1)
        hint = "Below the diagonal all is true, down to the first column; true is True or 1."
        assert_equal(mask[earlier], np.ones(len(earlier[0])), hint=hint, what="below the diagonal")


def test_every_length(student):
    """The mask is right for each length from 1 to 12, asked in any order, and again."""
    lengths = [5, 3, 12, 1, 8, 2, 11, 4, 7, 10, 6, 9, 5, 12]
    for mask, length in zip(masks(student, lengths), lengths):
        assert_equal(mask, np.tri(length), hint="True where the column's number is at most the row's, and false elsewhere.", what=f"mask of length {length}")
