"""Grey levels are held to one level, so that rounding and cutting off are both right, as the notebook says."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, check, question, visible

pytestmark = question("deprocess_image")

ONE_LEVEL = 1.01


def levels(image):
    """The grey levels, before they become whole numbers."""
    standard = (image - image.mean()) / image.std()
    return 255 * np.clip(0.5 + 0.15 * standard, 0, 1)


def bytes_of(student, image):
    got = student.deprocess(image)["bytes"]
    assert_shape(got, image.shape, hint="As many rows, columns and channels as before: nothing is cut off or added.", what="image")
    return got


@visible
def test_bytes(student, rng):
    """Whole numbers of one byte, uint8, in the image's shape."""
    for shape in [(5, 7, 3), (6, 4, 1)]:
        got = bytes_of(student, rng.normal(size=shape))
        check(isinstance(got, np.ndarray) and got.dtype == np.uint8, hint="The last thing to do is the conversion to uint8.", what="type uint8")


def test_levels(student, rng):
    """Mean and standard deviation of the whole image decide the levels, wherever its values lie."""
    for scale, offset, size in [(1, 0, (5, 7)), (0.1, 0.5, (1, 2)), (40, -90, (5, 7)), (3, 100, (4, 2))]:
        image = scale * rng.normal(size=(*size, 3)) + offset * np.array([1, 1.02, 0.99])
        hint = "Subtract the mean, divide by the standard deviation, both over rows, columns and channels together; then 0.15, 0.5, and 255."
        assert_close(bytes_of(student, image), levels(image), rtol=0, atol=ONE_LEVEL, hint=hint, what=f"levels of an image around {offset}")


def test_outliers(student, rng):
    """Values far from the mean become 0 or 255."""
    image = rng.normal(size=(12, 9, 2))
    image[2, 3, 0], image[7, 1, 1] = 60, -70
    got = as_array(bytes_of(student, image), what="image")
    hint = "A byte that overflows begins again at 0: values are cut off before they are converted."
    assert_between([got[2, 3, 0]], 254, 255, hint=hint, what="level of a very bright pixel")
    assert_between([got[7, 1, 1]], 0, 1, hint=hint, what="level of a very dark pixel")
    assert_close(got, levels(image), rtol=0, atol=ONE_LEVEL, hint=hint, what="all levels")


def test_constant(student):
    """An image without any contrast becomes an even grey."""
    for value in (0.0, 0.25, -3.0, 7.5):
        got = bytes_of(student, np.full((4, 6, 3), value))
        hint = "The standard deviation of a constant image is 0: what is 0 divided by 0, and what is it as a byte?"
        assert_between(got, 126.4, 128.6, hint=hint, what=f"levels of an image of {value} everywhere")


def test_faint(student, rng):
    """An image of little contrast gets as much of it as any other."""
    image = 1e-3 * rng.normal(size=(5, 7, 3)) + 0.25
    hint = "What guards the division must be small beside a standard deviation of 0.001."
    assert_close(bytes_of(student, image), levels(image), rtol=0, atol=3, hint=hint, what="levels of a faint image")


def test_given_image(student, rng):
    """Arrays and tensors both do, and the given image stays as it is."""
    image = rng.normal(size=(5, 7, 3)).astype("float32")
    got = student.deprocess(image)
    assert_equal(got["given"], image, hint="Work on a new array: `-=` and its like change the caller's.", what="the image given")
    again = student.deprocess_tensor(image)
    hint = "Images come as tensors too: which function makes an array of either?"
    assert_close(again, levels(image.astype("float64")), rtol=0, atol=ONE_LEVEL, hint=hint, what="levels of a tensor")
    assert_differs(as_array(again).max(), as_array(again).min(), at_least=20, hint=hint, what="brightest and darkest level of a tensor")
