"""The formula is short enough to stand here."""

from gradetape.suite import assert_equal, get, question, visible

pytestmark = question("count_parameters")


def parameters(input_dim, units):
    widths = [input_dim, *units]
    return sum(d * u + u for d, u in zip(widths, units))


@visible
def test_chain(student):
    """Kernels and biases of a chain of three layers of different width are counted."""
    hint = "Each layer has one bias a unit, and as many inputs as the layer before has units."
    assert_equal(student.parameters(7, [5, 3, 11]), parameters(7, [5, 3, 11]), hint=hint, what="parameters")


def test_one_layer(student):
    """A single layer counts its kernel and its bias."""
    assert_equal(student.parameters(13, [6]), 13 * 6 + 6, hint="d · u for the kernel, u for the bias.", what="parameters")


def test_no_layer(student):
    """A chain of no layers has no parameters."""
    assert_equal(student.parameters(9, []), 0, hint="Without a layer there is nothing to learn; start counting at nothing.", what="parameters")


def test_tuple_and_untouched(student):
    """A tuple counts like a list, and the caller's list is left as it was."""
    assert_equal(student.parameters(4, [2, 9]), 63 - 26, hint="4·2+2 for the first layer, 2·9+9 for the second.", what="parameters")
    got = student.parameters_leave(4, [2, 9, 5])
    hint = "Do not change the list that you were given: its owner needs it."
    assert_equal(get(got, "units"), [2, 9, 5], hint=hint, what="the caller's list")
    assert_equal(get(got, "count"), parameters(4, [2, 9, 5]), hint="The formula, layer by layer.", what="parameters")


def test_without_building(student):
    """Billions of parameters are counted from the formula, without building anything."""
    units = [3_000_000, 2_000_000, 7]
    hint = "Count from the formula: a network of this size fits into no memory."
    assert_equal(student.parameters(1_000_000, units), parameters(1_000_000, units), hint=hint, what="parameters")
