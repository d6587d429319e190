"""The block is taken apart by impulses: with a bias so high that the ReLU is open, its answer to one raised number is its kernel.

However the weights are kept, the whole kernel from channel c to filter f must be a product: D[u, v, c] · P[c, f].
"""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, check, question, visible, weight

from .numpy_layers import convolved, drawn, relu

pytestmark = question("separable")

SHAPE, FILTERS = (7, 9, 5), 4
LIFT = 20.0
PRODUCT = "Until the 1×1 step no channel has seen another: the 3×3 step has one filter for each channel, and comes first."


def outputs(student, images, weights):
    return as_array(student.block_outputs("separable_block", [FILTERS], images, [weights])[0], what="output")


def weights_of(student):
    """Random weights for the block, and which of them have the shape of the pointwise bias."""
    shapes = student.block_shapes("separable_block", SHAPE, [FILTERS])["weights"]
    biases = [i for i, shape in enumerate(shapes) if shape == [FILTERS]]
    assert_equal(len(biases), 1, hint="The pointwise step has a bias: one number for each filter.", what="biases of the pointwise step")
    return drawn(shapes, np.random.default_rng(1)), biases[0]


def kernel_of(student):
    """The block's whole kernel, `(3, 3, C, filters)`, and its answer to nothing, `(filters,)`, both before the ReLU."""
    weights, bias = weights_of(student)
    weights[bias] = weights[bias] + LIFT
    impulses = np.zeros((1 + SHAPE[-1], *SHAPE))
    impulses[1 + np.arange(SHAPE[-1]), 3, 4, np.arange(SHAPE[-1])] = 1
    got = outputs(student, impulses, weights)
    check(got.shape == (6, 7, 9, FILTERS), hint="Height and width of x, and as many channels as filters.", what="shape of the output")
    answers = got[1:] - got[0]
    hint = "The depthwise step has 3×3 filters and stride 1, the pointwise step sees one pixel."
    beyond = answers.copy()
    beyond[:, 2:5, 3:6] = 0
    assert_close(beyond, np.zeros_like(beyond), atol=1e-4, hint=hint, what="what reaches pixels more than one away")
    return answers[:, 2:5, 3:6][:, ::-1, ::-1].transpose(1, 2, 0, 3), got[0, 3, 4] - LIFT


def parts(kernel):
    """For each channel: the singular values and the first left vector of its share of the kernel, 9 pixels by filters."""
    shares = [kernel[:, :, channel].reshape(9, FILTERS) for channel in range(SHAPE[-1])]
    left, values, _ = np.linalg.svd(shares, full_matrices=False)
    return values, left[:, :, 0]


@visible
def test_shape(student):
    """Height and width stay as they are, and there is a channel for each filter."""
    for shape, filters in [(SHAPE, FILTERS), ((4, 3, 2), 6)]:
        got = student.block_shapes("separable_block", shape, [filters])["output"]
        hint = "Stride 1, padding same in the depthwise step, filters channels from the pointwise one."
        assert_equal(got, [None, *shape[:2], filters], hint=hint, what=f"shape for an image of {shape} and {filters} filters")


@weight(2)
def test_channels_stay_apart(student):
    """No channel sees another before the pointwise step: what each gives to all filters is one and the same image."""
    values, _ = parts(kernel_of(student)[0])
    assert_between(values[:, 0], 0.02, np.inf, hint="Every channel reaches the output.", what="influence of each channel")
    assert_between(values[:, 1] / np.maximum(values[:, 0], 1e-12), -0.02, 0.02, hint=PRODUCT, what="second image beside the first, for each channel")


def test_a_filter_for_each_channel(student):
    """Each channel has a 3×3 filter of its own, and the block has no more weights than that and a 1×1 convolution."""
    _, filters = parts(kernel_of(student)[0])
    likeness = np.abs(filters @ filters.T) - np.eye(len(filters))
    hint = "One 3×3 filter for each channel, all different."
    assert_between(likeness, -np.inf, 0.98, hint=hint, what="likeness of the filters of two channels")
    weights, _ = weights_of(student)
    count = sum(w.size for w in weights)
    hint = "9 numbers for each channel, one for each pair of a channel and a filter, and the biases: nothing besides."
    check(count in (69, 74), hint=hint, what=f"{count} weights, of 69 or 74,")
    trainable = student.block_shapes("separable_block", SHAPE, [FILTERS])["trainable"]
    assert_equal(trainable, len(weights), hint="Every weight is trained.", what="trainable weights")


@weight(2)
def test_linear_then_relu(student):
    """Between x and the ReLU at the end everything is linear, with zeros beyond the edges."""
    kernel, rest = kernel_of(student)
    images = 2 * np.random.default_rng(2).normal(size=(3, *SHAPE))
    got = outputs(student, images, weights_of(student)[0])
    hint = "No activation between the two steps, ReLU after the second, zeros beyond the edge (padding same)."
    # A depthwise bias is added after the padding, so `rest`, measured in the middle, holds at the edges as well.
    assert_close(got, relu(convolved(images, kernel, rest)), rtol=1e-3, atol=1e-3, hint=hint, what="output")


def test_nothing_goes_round_the_steps(student):
    """Every way from x to the output leads through both steps: without biases, twice the weights give four times the output."""
    weights = [w * (w.ndim > 1) for w in weights_of(student)[0]]
    images = np.random.default_rng(3).normal(size=(2, *SHAPE))
    once, twice = student.block_outputs("separable_block", [FILTERS], images, [weights, [2 * w for w in weights]])
    hint = "The pointwise step gets what the depthwise step gives, and nothing of x itself."
    assert_close(twice, 4 * as_array(once, what="output"), rtol=1e-3, atol=1e-3, hint=hint, what="output under twice the weights")


def test_two_blocks(student):
    """Blocks for other channels and filters are built anew, with weights of their own size."""
    got = student.block_shapes("separable_block", (4, 3, 2), [6])["weights"]
    count = sum(int(np.prod(shape)) for shape in got)
    hint = "Take the number of channels from x, and the number of filters from the argument."
    check(count in (9 * 2 + 2 * 6 + 6, 9 * 2 + 2 + 2 * 6 + 6), hint=hint, what=f"{count} weights for 2 channels and 6 filters")
