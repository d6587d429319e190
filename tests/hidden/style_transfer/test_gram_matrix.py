"""Channels have different means and spreads, and height, width and number of channels are never equal."""

import numpy as np

from gradetape.suite import as_array, assert_close, assert_shape, question, visible

from .analytic import gram, gram_gradient

pytestmark = question("gram_matrix")


def some_map(rng, height, width, channels):
    return rng.normal(size=(height, width, channels)) * rng.uniform(0.5, 2, channels) + rng.normal(size=channels)


@visible
def test_sums_of_products(student, rng):
    """For every pair of channels, the sum over all positions of their product."""
    maps = [some_map(rng, *shape) for shape in [(4, 7, 3), (5, 2, 6), (2, 3, 9), (1, 5, 2), (6, 1, 4)]]
    for features, got in zip(maps, student.grams(maps)):
        hint = "Every position counts by itself: multiply its channels with one another, and add up over rows and columns."
        assert_close(got, gram(features), rtol=1e-3, atol=1e-4, hint=hint, what=f"Gram matrix of features {features.shape}")


def test_shape(student, rng):
    """One row and one column for each channel, however many positions and channels there are; one channel is enough."""
    shapes = [(6, 2, 3), (2, 2, 11), (3, 4, 1)]
    for shape, got in zip(shapes, student.grams([some_map(rng, *shape) for shape in shapes])):
        assert_shape(got, shape[-1:] * 2, hint="The positions are summed over: what is left is channels by channels.", what="Gram matrix")


def test_order_of_positions(student, rng):
    """Where in the picture something is does not matter; which channel it is in does."""
    features = some_map(rng, 5, 3, 4)
    positions = rng.permutation(features.reshape(15, 4)).reshape(5, 3, 4)
    turned = features.transpose(1, 0, 2)
    channels = np.array([2, 0, 3, 1])
    plain, *moved, mixed = student.grams([features, positions, turned, features[..., channels]])
    for got in moved:
        hint = "Numbers of one position must stay together when you reshape: only then does the order of the positions not matter."
        assert_close(got, gram(features), rtol=1e-3, atol=1e-4, hint=hint, what="Gram matrix of permuted positions")
    expected = gram(features)[np.ix_(channels, channels)]
    hint = "With its channels in another order, a map has rows and columns of the matrix in that order."
    assert_close(mixed, expected, rtol=1e-3, atol=1e-4, hint=hint, what="Gram matrix of permuted channels")
    assert_close(plain, as_array(plain).T, rtol=1e-3, atol=1e-4, hint="c with d is as much as d with c.", what="Gram matrix, transposed")


def test_not_divided(student, rng):
    """A map three times as high has three times the matrix, one twice as strong four times."""
    features = some_map(rng, 3, 5, 4)
    plain, tall, strong = (as_array(got) for got in student.grams([features, np.tile(features, (3, 1, 1)), 2 * features]))
    assert_shape(plain, (4, 4), hint="Channels by channels.", what="Gram matrix")
    hint = "A sum: it is not divided by the number of positions or channels, no mean is taken off, and nothing is normalised."
    assert_close(tall, 3 * gram(features), rtol=1e-3, atol=1e-4, hint=hint, what="Gram matrix of a map repeated three times")
    assert_close(strong, 4 * gram(features), rtol=1e-3, atol=1e-4, hint=hint, what="Gram matrix of a map twice as strong")


def test_gradient(student, rng):
    """It can be differentiated, exactly."""
    features, direction = some_map(rng, 3, 5, 4), rng.normal(size=(4, 4))
    got = student.gram_gradient(features, direction)
    hint = "From features to matrix with tensor operations only: no NumPy, no stop_gradient."
    assert_close(got, gram_gradient(features, direction), rtol=1e-3, atol=1e-4, hint=hint, what="gradient for the features")


def test_arrays_and_graphs(student, rng):
    """Tensors, NumPy arrays, and tensors inside a graph give the same matrix."""
    features = some_map(rng, 4, 7, 3)
    for way, got in student.gram_in_each_way(features).items():
        hint = "It works on arrays too, and inside a tf.function, where a tensor has no numbers yet."
        assert_close(got, gram(features), rtol=1e-3, atol=1e-4, hint=hint, what=f"Gram matrix, {way}")
