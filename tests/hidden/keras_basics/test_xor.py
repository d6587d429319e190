"""What the classifier can express and learns; how it is built is free."""

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, check, get, question, visible, weight

pytestmark = question("xor")


@visible
def test_a_probability(student, rng):
    """Whatever the weights and the inputs, the output is a probability for each example."""
    got = student.xor_model(rng.normal(scale=40, size=(60, 2)), [], [])
    assert_equal(get(got, "shape"), [4, 1], hint="One unit at the end: one probability for each example.", what="shape of the output")
    outputs = as_array(get(got, "outputs"), what="outputs")
    assert_between(outputs, 0, 1, hint="The last layer needs an activation that stays between 0 and 1.", what="outputs")
    hint = "Both sure answers must be possible: every value from 0 to 1."
    check(bool(outputs.min() < 0.05 and outputs.max() > 0.95), hint=hint, what="outputs near 0 and near 1 under large weights")


def test_loss_for_two_classes(student):
    """The loss is near zero for a sure right answer and grows with how wrong the answer is, on both sides."""
    outputs = [0.999, 0.7, 0.2, 0.001, 0.4, 0.9]
    got = student.xor_model([[0, 0]], [1, 1, 1, 0, 0, 0], outputs)
    losses = as_array(get(got, "losses"), what="losses")
    hint = "A loss for two classes, computed from probabilities: what you pass out is a probability already, not a logit."
    assert_between(losses[[0, 3]], 0, 0.02, hint=hint, what="loss of a sure right answer")
    rising = losses[0] < losses[1] < losses[2] and losses[3] < losses[4] < losses[5]
    check(bool(rising), hint=hint, what="loss rising with the error")


@weight(3)
def test_learns_xor(student):
    """After 300 updates all four points are right."""
    rows = as_array(student.xor_trained([5]), what="probabilities")
    hint = "A hidden layer with an activation and enough units, and a learning rate that gets there in 300 updates."
    assert_close(np.round(rows), [[0, 1, 1, 0]], hint=hint, what="rounded probabilities")
    assert_between(np.abs(rows - 0.5), 0.02, 0.5, hint=hint, what="distance from one half")


def test_a_new_model_each_time(student):
    """Each call builds a new model with weights of its own."""
    got = student.xor_twice()
    hint = "Build the layers inside the function, and let a keras.Input come first, so that they have their weights at once."
    one, other, again = (get(got, key) for key in ("one", "other", "one again"))
    check(isinstance(one, list) and len(one) == len(again) > 0, hint=hint, what="lists of weights")
    for before, after in zip(one, again):
        assert_close(after, before, rtol=0, atol=0.0, hint=hint, what="weights of the first model")
    assert_differs(one[0], other[0] - 1, at_least=1e-4, hint="The weights are drawn anew for each model.", what="kernels of two models")


@pytest.mark.gpu
def test_learns_from_any_seed(student):
    """XOR is learned from each of ten seeds."""
    rows = as_array(student.xor_trained(list(range(20, 30))), what="probabilities")
    hint = "From some starting weights it gets stuck: give it more hidden units, or another activation."
    assert_close(np.round(rows), np.tile([0, 1, 1, 0], (10, 1)), hint=hint, what="rounded probabilities from ten seeds")
