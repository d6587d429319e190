"""The branches may be built and joined in any order, so they are found first: by the weights that reach each channel of the output."""

from itertools import permutations

import numpy as np

from gradetape.suite import as_array, assert_close, assert_equal, check, question, visible, weight

from .numpy_layers import average_pooled, convolved, drawn, kernels_and_biases, matching, relu

pytestmark = question("inception")

SHAPE, FILTERS = (11, 8, 5), 3  # one odd and one even side; no two sizes alike
POINT, SQUARE = (1, 1, 5, 3), (3, 3, 3, 3)
KERNELS = {"A": [POINT], "B": [POINT, SQUARE], "C": [(3, 3, 5, 3)], "D": [POINT, SQUARE, SQUARE]}
IMAGES = np.random.default_rng(1).normal(size=(2, *SHAPE))
ALIKE = "Seven convolutions, each with filters of its own, a kernel and a bias: one in A, two in B, one in C, three in D."


def outputs(student, images, weights):
    return student.block_outputs("inception_module", [FILTERS], images, weights)


def weight_shapes(student):
    got = student.block_shapes("inception_module", SHAPE, [FILTERS])
    assert_equal(got["trainable"], 14, hint=ALIKE, what="number of trainable weights")
    assert_equal(len(got["weights"]), 14, hint=ALIKE, what="number of weights")
    return got["weights"]


def branches(student):
    """For each branch, by its letter: its channels of the output, and the weights that reach them, by their numbers."""
    shapes, random = weight_shapes(student), np.random.default_rng(2)
    values, image = drawn(shapes, random, positive=True), random.uniform(0.5, 1.5, size=(1, *SHAPE))
    doubled = [[*values[:i], 2 * values[i], *values[i + 1 :]] for i in range(len(values))]
    before, *after = (as_array(each) for each in outputs(student, image, [values, *doubled]))
    check(before.shape == (1, 6, 4, 4 * FILTERS), hint="Four results of half the size, joined on channels.", what="shape of the output")
    reached = np.array([np.abs(each - before).max(axis=(0, 1, 2)) > 1e-5 for each in after])
    found = {}
    for numbers in sorted({tuple(np.flatnonzero(column)) for column in reached.T}):
        kernels, _ = kernels_and_biases([np.empty(shapes[i]) for i in numbers])
        letter = next((a for a, wanted in KERNELS.items() if sorted(k.shape for k in kernels) == sorted(wanted)), None)
        found[letter] = [c for c, column in enumerate(reached.T) if tuple(np.flatnonzero(column)) == numbers], numbers
    hint = "Each branch begins at x and has layers of its own: no convolution belongs to two branches, none stands behind another branch."
    assert_equal(sorted(map(str, found)), list("ABCD"), hint=hint, what="branches, by the kernels that reach a channel")
    for channels, numbers in found.values():
        assert_equal(len(channels), FILTERS, hint=hint, what="channels of a branch")
        kernels, biases = kernels_and_biases([np.empty(shapes[i]) for i in numbers])
        assert_equal(len(biases), len(kernels), hint=ALIKE, what="biases of a branch")
    return found


def chain(x, kernels, biases, last_stride):
    for number, (kernel, bias) in enumerate(zip(kernels, biases), start=1):
        x = relu(convolved(x, kernel, bias, last_stride if number == len(kernels) else 1))
    return x


def results(letter, x, kernels, biases):
    """The branch's result for every order of weights of one shape."""
    x, stride = (average_pooled(x, 3, 2), 1) if letter == "C" else (x, 2)
    for ks in permutations(kernels):
        if [k.shape for k in ks] == KERNELS[letter]:
            yield from (chain(x, ks, bs, stride) for bs in permutations(biases))


def assert_branch(student, letter, hint):
    channels, numbers = branches(student)[letter]
    weights = drawn(weight_shapes(student), np.random.default_rng(3))
    got = as_array(outputs(student, IMAGES, [weights])[0])[..., channels]
    candidates = results(letter, IMAGES, *kernels_and_biases([weights[i] for i in numbers]))
    assert_close(got, matching(got, candidates), rtol=1e-3, atol=1e-4, hint=hint, what=f"result of branch {letter}")


@visible
def test_shape(student):
    """Height and width are halved and rounded up, and there are four times as many channels as filters."""
    for shape, filters, expected in [(SHAPE, FILTERS, (6, 4, 12)), ((4, 7, 2), 5, (2, 4, 20))]:
        got = student.block_shapes("inception_module", shape, [filters])["output"]
        hint = "Stride 2 once in each branch, padding same everywhere, and a concatenation on the channel axis."
        assert_equal(got, [None, *expected], hint=hint, what=f"shape for an image of {shape} and {filters} filters")


def test_side_by_side(student):
    """The four branches run side by side: each convolution reaches the channels of one branch only."""
    found = branches(student)
    assert_equal(len(found), 4, hint="Four branches.", what="number of branches")


def test_what_each_branch_sees(student):
    """Each branch sees as many pixels as its strides and kernels let it."""
    found = branches(student)
    ones = np.ones((1, *SHAPE))
    raised = np.repeat(ones, 11 * 8, axis=0)
    raised.reshape(88, 88, 5)[np.arange(88), np.arange(88)] += 1
    weights = drawn(weight_shapes(student), np.random.default_rng(4), positive=True)
    got = as_array(outputs(student, np.concatenate([ones, raised]), [weights])[0])[:, 2, 1]  # one pixel of the output
    sees = {"A": (4, 5, 2, 3), "B": (3, 6, 2, 5), "C": (1, 8, 0, 7), "D": (2, 7, 1, 6)}
    for letter, (top, bottom, left, right) in sees.items():
        moved = np.abs(got[1:] - got[0])[:, found[letter][0]].max(axis=1) > 1e-5
        expected = np.zeros((11, 8), bool)
        expected[top:bottom, left:right] = True
        hint = f"Branch {letter}: check which of its layers has stride 2, in which order they stand, and the size of each kernel."
        assert_equal(moved.reshape(11, 8), expected, hint=hint, what=f"pixels that one pixel of branch {letter} sees")


def test_branch_a(student):
    """Branch A: one 1×1 convolution with stride 2 and ReLU."""
    assert_branch(student, "A", "Branch A is one convolution: 1×1, stride 2, bias, ReLU.")


def test_branch_b(student):
    """Branch B: a 1×1 convolution, then a 3×3 convolution with stride 2, each with ReLU."""
    assert_branch(student, "B", "Branch B is two convolutions, each with its ReLU; the stride belongs to the second.")


def test_branch_c(student):
    """Branch C: average pooling with stride 2, then a 3×3 convolution with ReLU."""
    assert_branch(student, "C", "Branch C takes averages over 3×3 pixels with stride 2 and padding same, then a convolution with stride 1 and ReLU.")


@weight(2)
def test_branch_d(student):
    """Branch D: a 1×1 convolution and two 3×3 convolutions, the last one with stride 2, each with ReLU."""
    assert_branch(student, "D", "Branch D is three convolutions, each with its ReLU; the stride belongs to the third.")
