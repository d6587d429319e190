"""The weights are random and may be drawn in any order, so norms are compared on average over eight seeds.

Over sixty seeds of the solution the logarithm of a norm has a standard deviation of at most 0.103 for tanh with 40 units, of 0.037 for
a linear network with 150, and of 0.2 for sigmoid. The difference of two means over eight seeds has half of that. A bound that lies
5.5 of these out gives under one false alarm in a million, all layers taken together: 0.29, 0.11 and 0.55.
"""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, question, visible, weight

pytestmark = question("gradient_norms")

SEEDS = list(range(8))


def mean_logs(rows):
    return np.log(np.maximum(as_array(rows, what="norms"), 1e-300)).mean(axis=0)


@visible
def test_shape_and_sign(student):
    """Each of seven layers has one positive number."""
    rows = as_array(student.norms("tanh", 7, 5, [3]), what="norms")
    hint = "One number for each layer's kernel: the root of the sum of its squared gradients."
    assert_shape(rows, (1, 7), hint=hint, what="norms")
    assert_between(rows, 1e-12, 1e6, hint=hint, what="norms")


@weight(2)
def test_size_with_tanh(student, reference):
    """With tanh, the norms have the right size on average over seeds."""
    got, expected = (mean_logs(side.norms("tanh", 4, 40, SEEDS)) for side in (student, reference))
    hint = "Check the definition: L2 norm with its root, kernels and not biases, the loss a mean over rows and units, default initialisation."
    assert_close(got, expected, rtol=0, atol=0.29, hint=hint, what="mean log-norms")


@weight(2)
def test_size_with_sigmoid(student, reference):
    """With sigmoid, the norms have the right size, and vanish towards the first layer."""
    got, expected = (mean_logs(side.norms("sigmoid", 5, 40, SEEDS)) for side in (student, reference))
    hint = "Every layer has the activation, the last one too, and the first layer's norm comes first."
    assert_close(got, expected, rtol=0, atol=0.55, hint=hint, what="mean log-norms")


def test_without_activation(student, reference):
    """The activation that is asked for is used: a linear network's norms are those of a linear network."""
    got, expected = (mean_logs(side.norms("linear", 3, 150, SEEDS)) for side in (student, reference))
    assert_close(got, expected, rtol=0, atol=0.11, hint="Use the activation that is passed in, in every layer, on a batch of 64 rows with `width` features.", what="mean log-norms")


def test_seed(student):
    """The seed decides: the same one gives the same numbers, another one others."""
    rows = as_array(student.norms("relu", 3, 6, [11, 12, 11]), what="norms")
    assert_shape(rows, (3, 3), hint="One number for each layer.", what="norms")
    assert_close(rows[2], rows[0], rtol=1e-6, atol=0, hint="Set the seed before anything is drawn.", what="norms for the same seed")
    assert_differs(rows[0], rows[1], at_least=1e-4, hint="Use the seed that is passed in.", what="norms for two seeds")


def test_one_layer(student):
    """A single layer works too."""
    rows = student.norms("sigmoid", 1, 4, [0])
    assert_shape(rows, (1, 1), hint="depth may be 1.", what="norms")
    assert_equal(bool(as_array(rows).min() > 0), True, hint="The gradient of a single layer is not zero.", what="norm above zero")
