"""A block with its convolutions at zero shows its shortcut; with drawn weights it is compared with the sum, computed in NumPy."""

from itertools import permutations

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, check, question, visible, weight

from .numpy_layers import convolved, drawn, kernels_and_biases, matching, max_pooled, relu

pytestmark = question("residual")

SHAPE = (9, 8, 4)
IMAGES = 2 * np.random.default_rng(1).normal(size=(3, *SHAPE))
SUM = "y = s(x) + F(x): three 3×3 convolutions one after another, each with bias and ReLU, added to the shortcut; nothing after the sum."


def weight_shapes(student, filters, downsample):
    """The shapes of the block's weights, after a look at their number."""
    got = student.block_shapes("residual_block", SHAPE, [filters, downsample])
    projected = filters != SHAPE[-1] or downsample
    hint = "Three convolutions, and one more for the projection where the shapes differ; each has a kernel and a bias. The identity has no weights."
    assert_equal(len(got["weights"]), 8 if projected else 6, hint=hint, what=f"weights for {filters} filters, downsample={downsample}")
    assert_equal(got["trainable"], len(got["weights"]), hint="Every weight is trained.", what="trainable weights")
    kernels, biases = kernels_and_biases([np.empty(shape) for shape in got["weights"]])
    wanted = [(1, 1, SHAPE[-1], filters)] * projected + [(3, 3, SHAPE[-1], filters)] + [(3, 3, filters, filters)] * 2
    assert_equal(sorted(k.shape for k in kernels), sorted(wanted), hint=hint, what="shapes of the kernels")
    assert_equal([b.shape for b in biases], [(filters,)] * len(kernels), hint=hint, what="shapes of the biases")
    return got["weights"]


def outputs(student, filters, downsample, weights, images=IMAGES):
    return as_array(student.block_outputs("residual_block", [filters, downsample], images, [weights])[0], what="output")


def is_pointwise(shape):
    return len(shape) == 2 or (len(shape) == 4 and tuple(shape[:2]) == (1, 1))


def sums(x, kernels, biases, downsample):
    """The block's result for every order of weights of one shape."""
    inner, outer = ([k for k in kernels if len(k) == size] for size in (3, 1))
    seen = x[:, ::2, ::2] if downsample else x
    for ks in permutations(inner):
        if ks[0].shape[2] != x.shape[3] or any(k.shape[2] != k.shape[3] for k in ks[1:]):
            continue
        for first, second, third, *last in permutations(biases):
            branch = x
            for kernel, bias in zip(ks, (first, second, third)):
                branch = relu(convolved(branch, kernel, bias))
            branch = max_pooled(branch, 2, 2) if downsample else branch
            yield branch + (convolved(seen, outer[0], last[0]) if outer else seen)


def assert_sum(student, filters, downsample):
    shapes = weight_shapes(student, filters, downsample)
    weights = drawn(shapes, np.random.default_rng(2))
    got = outputs(student, filters, downsample, weights)
    candidates = sums(IMAGES, *kernels_and_biases(weights), downsample)
    hint = SUM + (" The pooling is the branch's last step, and the projection has stride 2." if downsample else "")
    assert_close(got, matching(got, candidates), rtol=1e-3, atol=1e-4, hint=hint, what=f"block of {filters} filters, downsample={downsample}")


def assert_projection(student, filters, downsample):
    """With every other weight at zero, what comes out is x, times the one 1×1 kernel."""
    shapes = weight_shapes(student, filters, downsample)
    kernel = np.random.default_rng(3).normal(size=(SHAPE[-1], filters))
    weights = [kernel.reshape(shape) if is_pointwise(shape) else np.zeros(shape) for shape in shapes]
    seen = IMAGES[:, ::2, ::2] if downsample else IMAGES
    hint = "The projection is linear, one 1×1 convolution of x itself, with stride 2 for downsample."
    assert_close(outputs(student, filters, downsample, weights), seen @ kernel, hint=hint, what="block with its branch at zero")


@visible
def test_shapes(student):
    """The shape is that of the docstring in all four cases, for an odd height too."""
    hint = "Same height and width without downsample, half (rounded up) with it; the channels are the filters: added, not joined."
    for filters, downsample, expected in [(4, False, (9, 8, 4)), (7, False, (9, 8, 7)), (7, True, (5, 4, 7)), (4, True, (5, 4, 4))]:
        got = student.block_shapes("residual_block", SHAPE, [filters, downsample])["output"]
        assert_equal(got, [None, *expected], hint=hint, what=f"shape for {filters} filters, downsample={downsample}")


def test_identity_where_shapes_agree(student):
    """Where the shapes agree, the shortcut is x itself, negative numbers included, and has no weights."""
    shapes = weight_shapes(student, 4, False)
    got = outputs(student, 4, False, [np.zeros(shape) for shape in shapes])
    hint = "With convolutions that give zero, the block gives back x: nothing on the shortcut, nothing after the sum."
    assert_close(got, IMAGES, hint=hint, what="block with its branch at zero")


def test_projection_of_channels(student):
    """For other channels, the shortcut is one linear 1×1 convolution."""
    assert_projection(student, 7, False)


def test_projection_with_stride(student):
    """For half the size, the shortcut is a linear 1×1 convolution with stride 2, whether the channels agree or not."""
    assert_projection(student, 7, True)
    assert_projection(student, 4, True)


def test_relu_before_the_sum(student):
    """What the branch adds is never negative, but the sum may be."""
    weights = drawn(weight_shapes(student, 4, False), np.random.default_rng(4))
    got = outputs(student, 4, False, weights)
    check(got.shape == IMAGES.shape, hint=SUM, what="shape of the block")
    hint = "The third convolution has its ReLU too, and it acts before the sum, not after it."
    assert_between((got - IMAGES).min(), -1e-4, np.inf, hint=hint, what="smallest number that the branch adds")
    assert_between(got.min(), -np.inf, -1, hint=hint, what="smallest number of the sum")


def test_three_in_a_row(student):
    """Three convolutions stand one after another: a pixel reaches those at most three away, and all of them."""
    weights = drawn(weight_shapes(student, 4, False), np.random.default_rng(5), positive=True)
    pair = np.ones((2, *SHAPE))
    pair[1, 4, 4] += 1
    got = outputs(student, 4, False, weights, pair)
    check(got.shape == pair.shape, hint=SUM, what="shape of the block")
    reached = np.zeros(SHAPE, bool)
    reached[1:8, 1:8] = True
    hint = "Each 3×3 convolution takes what the one before it gives: together they see 7×7 pixels."
    assert_equal(np.abs(got[1] - got[0]) > 1e-5, reached, hint=hint, what="pixels that a raised pixel reaches")


@weight(2)
def test_sum_with_the_identity(student):
    """For given weights, the block is what three convolutions add to x."""
    assert_sum(student, 4, False)


@weight(2)
def test_sum_with_a_projection(student):
    """For given weights, the block is what three convolutions, and the pooling where asked for, add to the projection of x."""
    assert_sum(student, 7, False)
    assert_sum(student, 7, True)
