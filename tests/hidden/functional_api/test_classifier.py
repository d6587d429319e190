"""A chain of three Dense layers is short enough to be written out here."""

import numpy as np

from gradetape.suite import assert_close, assert_differs, assert_equal, check, get, question, visible, weight

pytestmark = question("classifier")

SHAPES = [[7, 32], [32], [32, 32], [32], [32, 5], [5]]


@visible
def test_weights(student):
    """There are three kernels and three biases, and all of them are trained."""
    got = student.classifier(7, 5)
    hint = "Two hidden layers of 32 units, then one unit for each class; as many inputs as input_dim says."
    assert_equal(get(got, "weights"), SHAPES, hint=hint, what="shapes of the weights")
    assert_equal(get(got, "trainable"), 6, hint="All weights are trained.", what="number of trainable weights")


def test_functional(student):
    """It is a graph from one input to one output, and no Sequential."""
    got = student.classifier(9, 4)
    assert_equal(get(got, "sequential"), False, hint="Make the model from its input and its output, not from a list of layers.", what="Sequential")
    hint = "The input has input_dim numbers, the output one for each class, and the number of rows is left open."
    assert_equal(get(got, "inputs"), [[None, 9]], hint=hint, what="shapes of the inputs")
    assert_equal(get(got, "outputs"), [[None, 4]], hint=hint, what="shapes of the outputs")


def drawn(rng):
    weights = [rng.normal(size=shape) * (0.3 if len(shape) == 2 else 0.5) for shape in SHAPES]
    return weights, rng.normal(size=(11, 7))


@weight(2)
def test_same_outputs(student, rng):
    """With the weights of the Sequential model it gives the same probabilities."""
    weights, x = drawn(rng)
    hidden = np.maximum(x @ weights[0] + weights[1], 0)
    hidden = np.maximum(hidden @ weights[2] + weights[3], 0)
    logits = hidden @ weights[4] + weights[5]
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    hint = "Compare layer by layer with the Sequential: the same activations, each layer on the output of the one before."
    assert_close(get(student.classify(weights, x), "together"), expected, rtol=1e-3, hint=hint, what="probabilities")


def test_each_row_by_itself(student, rng):
    """A row's probabilities do not depend on what else is in the batch."""
    got = student.classify(*drawn(rng))
    together, alone = get(got, "together"), get(got, "alone")
    check(np.shape(together) == (11, 5), hint="One probability for each row and class.", what="shape of the outputs")
    assert_close(alone, together[1:2], hint="Softmax goes over the classes of one row.", what="probabilities of the second row alone")


def test_a_new_model_each_time(student):
    """Each call builds a new model with weights of its own."""
    got = student.two_classifiers(6, 3)
    one, other, again = (get(got, key) for key in ("one", "other", "one again"))
    hint = "Make the layers inside the function, so that each model has its own."
    check(len(one) == len(again) == len(other) > 0, hint=hint, what="lists of weights")
    for before, after in zip(one, again):
        assert_close(after, before, rtol=0, atol=0.0, hint=hint, what="weights of the first model")
    assert_differs(one[0], other[0], at_least=1e-4, hint=hint, what="kernels of two models")
