from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, get, question, visible

pytestmark = question("simple_mlp")

INPUTS, HIDDEN, CLASSES = 5, 7, 3
SHAPES = sorted([[INPUTS, HIDDEN], [HIDDEN], [CLASSES, HIDDEN], [CLASSES]])
DATA = Path(__file__).parents[3] / "assignments" / "custom_layers" / "data" / "digits.npz"
TRACKED = "Keras must know four weights: two kernels and two biases. It sees those of layers that are attributes of the model."


def some_weights(rng):
    return {
        "hidden_kernel": rng.normal(size=(INPUTS, HIDDEN)),
        "hidden_bias": rng.normal(size=HIDDEN),
        "output_kernel": rng.normal(size=(HIDDEN, CLASSES)),
        "output_bias": rng.normal(size=CLASSES),
    }


def forward(weights, x):
    """The hidden activations and the class probabilities."""
    hidden = np.maximum(x @ weights["hidden_kernel"] + weights["hidden_bias"], 0)
    scores = np.exp(hidden @ weights["output_kernel"] + weights["output_bias"])
    return hidden, scores / scores.sum(axis=1, keepdims=True)


def cross_entropy_gradients(weights, x, labels):
    hidden, probabilities = forward(weights, x)
    at_output = (probabilities - np.eye(CLASSES)[labels]) / len(x)
    at_hidden = at_output @ weights["output_kernel"].T * (hidden > 0)
    return {
        "hidden_kernel": x.T @ at_hidden,
        "hidden_bias": at_hidden.sum(axis=0),
        "output_kernel": hidden.T @ at_output,
        "output_bias": at_output.sum(axis=0),
    }


@visible
def test_four_weights(student, rng):
    """After one call, Keras knows two kernels and two biases."""
    got = student.mlp_weights(HIDDEN, CLASSES, rng.normal(size=(4, INPUTS)))
    assert_equal(got, SHAPES, hint=TRACKED, what="trainable weights' shapes")


def test_same_weights_in_every_call(student, rng):
    """The same inputs give the same outputs, call after call, in any batch."""
    got = student.mlp_calls(HIDDEN, CLASSES, rng.normal(size=(4, INPUTS)))
    first = get(got, "first")
    for again in ("second", "training", "rows"):
        assert_close(got.get(again), first, hint="Each call must use the layers that the first one used.", what=f"{again} call")
    assert_differs(got.get("another_model"), first, at_least=1e-5, hint="Each model needs layers of its own.", what="another model")


def test_two_layers_in_order(student, rng):
    """With given weights, the outputs are the softmax of two Dense layers, the first with ReLU."""
    weights, x = some_weights(rng), rng.normal(size=(6, INPUTS))
    got = student.mlp_outputs(weights, x)
    assert_close(got, forward(weights, x)[1], hint="Hidden layer with ReLU, then output layer with softmax, from weights that Keras tracks.")


def test_fit_in_graph_mode(student, rng):
    """`fit` trains all four weights, in graph mode."""
    weights, x, labels = some_weights(rng), rng.normal(size=(6, INPUTS)), np.array([0, 2, 1, 2, 0, 2])
    got = student.mlp_fit(weights, x, labels, learning_rate=0.5)
    assert_equal(get(got, "eager"), False, hint="`fit` must run in graph mode: `run_eagerly` only hides the mistake.", what="ran eagerly")
    for name, gradient in cross_entropy_gradients(weights, x, labels).items():
        moved = (weights[name] - as_array(get(got["weights"], name, hint=TRACKED))) / 0.5
        assert_close(moved, gradient, rtol=1e-3, atol=1e-4, hint="One training step must move each weight down its gradient.", what=name)


def test_inside_another_model(student, rng):
    """As a layer of a larger model it brings its weights along, and computes the same."""
    got = student.mlp_inside_another(HIDDEN, CLASSES, rng.normal(size=(4, INPUTS)))
    assert_equal(get(got, "shapes"), SHAPES, hint=TRACKED, what="the larger model's trainable weights")
    assert_close(got.get("outer"), got.get("inner"), hint="The model must be the same function wherever it is called.")


@pytest.mark.gpu
def test_reads_held_out_digits(student):
    """Trained on 1,500 digits, it reads nine in ten of 297 that it never saw."""
    with np.load(DATA) as digits:
        images, labels = digits["images"].reshape(-1, 64) / 16, digits["labels"].astype("int32")
    got = as_array(student.mlp_trained(32, images[:1500], labels[:1500], images[1500:]))
    assert_shape(got, (297, 10), hint="One probability for each class.")
    # Right answers read 96 to 98 %.
    assert_between((got.argmax(axis=1) == labels[1500:]).mean(), 0.9, 1, hint="`fit` must train both layers.", what="held-out digits read correctly")
