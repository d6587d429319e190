from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, get, question, visible

pytestmark = question("tied_autoencoder")

WIDTH, UNITS = 7, 4
DATA = Path(__file__).parents[3] / "assignments" / "custom_layers" / "data" / "digits.npz"
TRACKED = "Keras must know three weights: one kernel (d, units), the code's bias (units,) and the output's bias (d,)."


def some_weights(rng):
    return {
        "kernel": rng.normal(size=(WIDTH, UNITS)),
        "code_bias": rng.normal(size=UNITS),
        "output_bias": rng.normal(size=WIDTH),
    }


def encode(weights, x):
    return np.maximum(x @ weights["kernel"] + weights["code_bias"], 0)


def decode(weights, code):
    return 1 / (1 + np.exp(-(code @ weights["kernel"].T + weights["output_bias"])))


def weight_gradients(weights, x, upstream):
    """The gradients of Σ upstream·output, as a function of the output: the kernel's has a term for each of its two uses."""
    code = encode(weights, x)
    output = decode(weights, code)
    at_output = upstream(output) * output * (1 - output)
    at_code = at_output @ weights["kernel"] * (code > 0)
    return {
        "kernel": at_output.T @ code + x.T @ at_code,
        "code_bias": at_code.sum(axis=0),
        "output_bias": at_output.sum(axis=0),
    }


@visible
def test_one_kernel_two_biases(student, rng):
    """After one call, Keras knows one kernel and two biases."""
    got = student.tied_weights(UNITS, rng.uniform(size=(5, WIDTH)))
    assert_equal(got, [[UNITS], [UNITS, WIDTH], [WIDTH]], hint=TRACKED, what="trainable weights' shapes")


def test_encodes_and_decodes(student, rng):
    """With given weights: code = relu(x·W + b), output = sigmoid(code·Wᵀ + c)."""
    weights, x, code = some_weights(rng), rng.uniform(size=(5, WIDTH)), rng.normal(size=(3, UNITS))
    got = student.tied_outputs(weights, x, code)
    assert_close(get(got, "encode", hint=TRACKED), encode(weights, x), hint="The code is relu(x·W + b).", what="encode")
    assert_close(got.get("decode"), decode(weights, code), hint="The decoder uses the encoder's kernel as it is now, transposed.", what="decode")
    assert_close(got.get("call"), decode(weights, encode(weights, x)), hint="A call encodes, then decodes.", what="call")


def test_weights_at_the_start(student, rng):
    """Both biases start at zero, the kernel at random numbers, new ones in each model."""
    # A code unit is silent for all five inputs about once in three: of thirty, some always speak.
    got = student.tied_at_the_start(30, rng.uniform(size=(5, WIDTH)))
    assert_close(get(got, "code_of_zero"), np.zeros((5, 30)), hint="The code's bias starts at zero.", what="code of zeros")
    assert_close(got.get("output_of_zero"), np.full((1, WIDTH), 0.5), hint="The output's bias starts at zero.", what="output for a code of zeros")
    assert_differs(got.get("output"), got.get("another_output"), at_least=1e-5, hint="Each model draws its own kernel.", what="two models")


def test_both_terms_of_the_gradient(student, rng):
    """The kernel's gradient sums its two uses, encoding and decoding."""
    weights, x, upstream = some_weights(rng), rng.uniform(size=(5, WIDTH)), rng.normal(size=(5, WIDTH))
    got = student.tied_gradients(weights, x, upstream)
    for name, gradient in weight_gradients(weights, x, lambda output: upstream).items():
        assert_close(get(got, name, hint=TRACKED), gradient, rtol=1e-3, atol=1e-4, what=name,
                     hint="The kernel acts twice, so its gradient is the sum of two terms. Use the variable itself both times.")


def test_fit_in_graph_mode(student, rng):
    """`fit` trains the three weights in graph mode, and they stay tied."""
    weights, x = some_weights(rng), rng.uniform(size=(6, WIDTH))
    got = student.tied_fit(weights, x, learning_rate=2.0)
    assert_equal(get(got, "eager"), False, hint="`fit` must run in graph mode: `run_eagerly` only hides the mistake.", what="ran eagerly")
    for name, gradient in weight_gradients(weights, x, lambda output: 2 * (output - x) / x.size).items():
        moved = (weights[name] - as_array(get(got["weights"], name, hint=TRACKED))) / 2
        assert_close(moved, gradient, rtol=1e-3, atol=1e-4, hint="One training step must move each weight down its gradient.", what=name)


@pytest.mark.gpu
def test_rebuilds_held_out_digits(student):
    """Trained on 1,500 digits, it rebuilds 297 that it never saw from 16 numbers each."""
    with np.load(DATA) as digits:
        images = digits["images"].reshape(-1, 64) / 16
    held_out = images[1500:]
    got = as_array(student.tied_trained(16, images[:1500], held_out))
    assert_shape(got, held_out.shape, hint="The reconstruction has the input's shape.")
    # Always answering the mean digit leaves 1 by definition; right answers leave 0.15 to 0.17.
    left = np.mean((got - held_out) ** 2) / np.mean((held_out - images[:1500].mean(axis=0)) ** 2)
    assert_between(left, 0, 0.3, hint="`fit` must train the kernel and both biases.", what="share of the mean digit's squared error")
