"""Everything is compared with the formula in NumPy."""

import numpy as np

from gradetape.suite import assert_close, assert_shape, question, visible

from .analytic import content

pytestmark = question("content_loss")


def some_pair(rng, height, width, channels):
    shape = (height, width, channels)
    return rng.normal(size=shape) + rng.normal(size=channels), 1.5 * rng.normal(size=shape)


@visible
def test_sum_of_squares(student, rng):
    """The squared differences of two maps, added up over all positions and channels."""
    pairs = [some_pair(rng, *shape) for shape in [(4, 7, 3), (5, 2, 6), (1, 3, 1), (1, 1, 8)]]
    for pair, got in zip(pairs, student.contents(pairs)):
        hint = "Position by position and channel by channel: subtract, square, then add up, and divide by nothing."
        assert_close(got, content(*pair)[0], rtol=1e-3, hint=hint, what=f"content loss of features {pair[0].shape}")


def test_not_a_mean(student, rng):
    """Maps three times as high have three times the loss, differences twice as large four times."""
    base, combination = some_pair(rng, 3, 5, 4)
    tall = tuple(np.tile(features, (3, 1, 1)) for features in (base, combination))
    expected, _ = content(base, combination)
    for got, factor in zip(student.contents([tall, (2 * base, 2 * combination)]), (3, 4)):
        hint = "A sum of squares: neither a mean nor a root, and no ½."
        assert_close(got, factor * expected, rtol=1e-3, hint=hint, what=f"content loss, {factor} times that of the first maps")


def test_place_matters(student, rng):
    """The same numbers in other places are another content, and zero there is only for equal maps."""
    base, _ = some_pair(rng, 5, 3, 4)
    moved = rng.permutation(base.reshape(15, 4)).reshape(5, 3, 4)
    same, other, back = student.contents([(base, base), (base, moved), (moved, base)])
    assert_close(same, 0, hint="Equal maps have no distance.", what="content loss of equal maps")
    for got in (other, back):
        hint = "Each number is compared with that at the same place, before anything is added up; the sign of a difference does not matter."
        assert_close(got, content(base, moved)[0], rtol=1e-3, hint=hint, what="content loss of permuted positions")


def test_scalar(student, rng):
    """One number, without axes."""
    for got in student.contents([some_pair(rng, 4, 2, 5), some_pair(rng, 1, 1, 1)]):
        assert_shape(got, (), hint="One number for two maps: add up over all three axes.", what="content loss")


def test_gradient(student, rng):
    """It can be differentiated with respect to both maps, exactly, and where they are equal too."""
    base, combination = some_pair(rng, 3, 5, 4)
    _, expected = content(base, combination)
    to_base, to_combination = student.content_gradients(base, combination)
    hint = "From features to loss with tensor operations only: no NumPy, no float(), no stop_gradient."
    assert_close(to_combination, expected, rtol=1e-3, hint=hint, what="gradient for the combination's features")
    assert_close(to_base, -expected, rtol=1e-3, hint=hint, what="gradient for the base's features")
    for got in student.content_gradients(base, base):
        hint = "Where the maps agree, the gradient is zero, and not NaN as that of a root at zero."
        assert_close(got, np.zeros_like(base), hint=hint, what="gradient at equal maps")


def test_arrays_and_graphs(student, rng):
    """Tensors, NumPy arrays, and tensors inside a graph give the same loss."""
    pair = some_pair(rng, 4, 7, 3)
    for way, got in student.content_in_each_way(*pair).items():
        hint = "It works on arrays too, and inside a tf.function, where a tensor has no numbers yet."
        assert_close(got, content(*pair)[0], rtol=1e-3, hint=hint, what=f"content loss, {way}")
