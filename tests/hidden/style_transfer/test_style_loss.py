"""A double stands in for gram_matrix; an answer that writes the Gram matrix out is as right. Both are computed in NumPy."""

import numpy as np

from gradetape.suite import assert_close, assert_close_any, assert_shape, question, visible

from .analytic import MATRICES, style

pytestmark = question("style_loss")

FORMULA = "The squared differences of the two Gram matrices, all added up, over 4 · C² · (H · W)²."


def some_pair(rng, height, width, channels):
    """Two maps of one shape that differ in their means and in how channels go together."""
    shape = (height, width, channels)
    return rng.normal(size=shape) @ rng.normal(size=(channels, channels)), 0.7 * rng.normal(size=shape) + 0.4 * rng.normal(size=channels)


def losses(pair):
    """What a right answer may give: with the double, and with the Gram matrix written out."""
    return [style(*pair, *matrix)[0] for matrix in MATRICES]


def matches(student, pairs, hint):
    for pair, got in zip(pairs, student.styles(pairs)):
        assert_close_any(got, losses(pair), rtol=1e-3, atol=1e-7, hint=hint, what=f"style loss of features {pair[0].shape}")


@visible
def test_formula(student, rng):
    """The squared differences of two Gram matrices, over the formula's divisor."""
    matches(student, [some_pair(rng, *shape) for shape in [(4, 7, 3), (5, 2, 6), (2, 3, 9)]], FORMULA)


def test_sizes_of_the_map(student, rng):
    """Height, width and number of channels enter the divisor, each as the formula says, from 1 upwards."""
    shapes = [(1, 5, 3), (5, 1, 3), (5, 8, 3), (8, 5, 3), (5, 3, 8), (2, 2, 11), (3, 4, 1), (1, 1, 2)]
    hint = "H, W and C are those of the feature map: the number of positions and the number of channels, both squared."
    matches(student, [some_pair(rng, *shape) for shape in shapes], hint)


def test_large_map(student, rng):
    """A large map's loss is not lost among large numbers."""
    large, many = some_pair(rng, 220, 230, 3), some_pair(rng, 40, 50, 37)
    hint = "For a large map C² · (H · W)² is larger than the largest 32-bit integer: multiply Python numbers or floats."
    matches(student, [large, many], hint)


def test_equal_styles(student, rng):
    """Two maps that differ in the order of their positions alone have the same style; loss and gradient are zero."""
    features, _ = some_pair(rng, 5, 3, 4)
    moved = rng.permutation(features.reshape(15, 4)).reshape(5, 3, 4)
    same, other = student.styles([(features, features), (features, moved)])
    for got in (same, other):
        assert_close(got, 0, atol=1e-6, hint="The maps themselves are not compared, only their Gram matrices.", what="style loss of equal styles")
    for got in student.style_gradients(features, features):
        hint = "Where the styles agree, the gradient is zero, and not NaN as that of a root at zero."
        assert_close(got, np.zeros_like(features), hint=hint, what="gradient at equal styles")


def test_scalar(student, rng):
    """One number, without axes, and the same if the two maps change places."""
    pair = some_pair(rng, 4, 2, 5)
    forth, back = student.styles([pair, pair[::-1]])
    for got in (forth, back):
        assert_shape(got, (), hint="One number for two maps: add up over both axes of the matrices.", what="style loss")
    assert_close(back, forth, rtol=1e-3, hint="It does not matter which of the two has more.", what="style loss of the exchanged maps")


def test_gradient(student, rng):
    """It can be differentiated with respect to both maps, exactly."""
    pair = some_pair(rng, 3, 5, 4)
    to_style, to_combination = student.style_gradients(*pair)
    hint = "From features to loss with tensor operations only: no NumPy, no float(), no stop_gradient."
    for got, order, name in [(to_combination, pair, "combination"), (to_style, pair[::-1], "style")]:
        expected = [style(*order, *matrix)[1] for matrix in MATRICES]
        assert_close_any(got, expected, rtol=1e-3, atol=1e-6, hint=hint, what=f"gradient for the {name}'s features")


def test_arrays_and_graphs(student, rng):
    """Tensors, NumPy arrays, and tensors inside a graph give the same loss."""
    pair = some_pair(rng, 4, 7, 3)
    for way, got in student.style_in_each_way(*pair).items():
        hint = "It works on arrays too, and inside a tf.function, where a tensor has no numbers yet."
        assert_close_any(got, losses(pair), rtol=1e-3, atol=1e-7, hint=hint, what=f"style loss, {way}")
