"""Everything is compared with the formula in NumPy."""

import numpy as np

from gradetape.suite import as_array, assert_close, assert_shape, question, visible

from .analytic import roughness

pytestmark = question("total_variation")


def some_images(rng, batch, height, width, channels=3):
    return rng.uniform(0, 1, size=(batch, height, width, channels)) * rng.uniform(0.5, 2, size=(batch, 1, 1, channels))


def matches(student, batches, hint):
    for images, got in zip(batches, student.roughness(batches)):
        assert_close(got, roughness(images)[0], rtol=1e-3, hint=hint, what=f"total variation of images {images.shape}")


@visible
def test_formula(student, rng):
    """For each position with a neighbour below and one to the right: both squared differences, together to the power of 1.25."""
    batches = [some_images(rng, *shape) for shape in [(1, 4, 7), (1, 6, 3), (2, 5, 4), (1, 2, 2)]] + [40 * some_images(rng, 1, 3, 5)]
    hint = "At each position square the step down and the step to the right, add these two, raise that to 1.25, and add up all."
    matches(student, batches, hint)


def test_both_directions(student, rng):
    """Stripes across, stripes along, and slopes in both directions are all rough."""
    height, width = 6, 4
    down, right = rng.uniform(size=(height, 1)), rng.uniform(size=(1, width))
    for image in (down + 0 * right, 0 * down + right, down + 3 * right, 3 * down - right):
        images = np.stack([image, 0.5 * image, 2 * image], axis=-1)[None]
        matches(student, [images], "Steps count in both directions, down the rows and along the columns, upwards as well as downwards.")


def test_border(student, rng):
    """The last row and the last column are nobody's neighbours across the border, and the pixel in the last corner counts nowhere."""
    images = some_images(rng, 2, 5, 7)
    last_row, last_column, corner = images.copy(), images.copy(), images.copy()
    last_row[:, -1] += 2
    last_column[:, :, -1] -= 2
    corner[:, -1, -1] += 5
    hint = "Only positions that have both neighbours count: all but the last row and the last column. Nothing wraps around."
    matches(student, [last_row, last_column, corner], hint)
    plain, moved = student.roughness([images, corner])
    assert_close(moved, as_array(plain, what="total variation"), hint=hint, what="total variation after a change of the last corner")


def test_batch_and_channels(student, rng):
    """It adds up over images and channels, one or many, whose order does not matter."""
    images = some_images(rng, 3, 4, 6)
    batches = [images, *(images[i : i + 1] for i in range(3)), images[::-1].copy(), images[..., [2, 0, 1]]]
    matches(student, batches, "Each image and each channel by itself, then the sum over all of them, not the mean.")
    hint = "Each channel by itself, however many there are."
    matches(student, [some_images(rng, 2, 4, 3, channels) for channels in (1, 5)], hint)


def test_scalar(student, rng):
    """One number, without axes; zero for images of one colour."""
    plain = np.full((2, 3, 5, 3), 0.4)
    rough, smooth = student.roughness([some_images(rng, 2, 3, 5), plain])
    for got in (rough, smooth):
        assert_shape(got, (), hint="One number for the whole batch: add up over every axis.", what="total variation")
    assert_close(smooth, 0, hint="Where nothing changes, nothing is rough.", what="total variation of a plain image")


def test_gradient(student, rng):
    """It can be differentiated, exactly; where nothing changes the gradient is zero, not NaN."""
    images = some_images(rng, 2, 4, 5)
    half_plain = images.copy()
    half_plain[:, :3, :3] = 0.3
    plain = np.full((1, 5, 4, 3), 0.6)
    for name, given, got in zip(["rough", "half plain", "plain"], [images, half_plain, plain], student.roughness_gradients([images, half_plain, plain])):
        hint = "Tensor operations only, and a power whose slope at zero is zero: a root and a logarithm have none there."
        assert_close(got, roughness(given)[1], rtol=1e-3, atol=1e-4, hint=hint, what=f"gradient for {name} images")


def test_arrays_and_graphs(student, rng):
    """Tensors, NumPy arrays, and tensors inside a graph give the same number."""
    images = some_images(rng, 2, 4, 7)
    for way, got in student.roughness_in_each_way(images).items():
        hint = "It works on arrays too, and inside a tf.function, where a tensor has no numbers yet."
        assert_close(got, roughness(images)[0], rtol=1e-3, hint=hint, what=f"total variation, {way}")
