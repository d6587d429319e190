import numpy as np

from gradetape.suite import as_array, assert_close, assert_differs, assert_equal, get, question, visible

pytestmark = question("add_pair")

WIDTH_A, WIDTH_B = 5, 3
TRACKED = "Keras must know two weights: the kernel (n, m) and the bias (m,) of the map that takes b to the width of a."


def some_weights(rng):
    return {"kernel": rng.normal(size=(WIDTH_B, WIDTH_A)), "bias": rng.normal(size=WIDTH_A)}


def some_pair(rng, *axes):
    return rng.normal(size=(*axes, WIDTH_A)), rng.normal(size=(*axes, WIDTH_B))


@visible
def test_two_weights(student, rng):
    """After one call, Keras knows a kernel and a bias."""
    got = student.pair_weights(*some_pair(rng, 4))
    assert_equal(got, [[WIDTH_B, WIDTH_A], [WIDTH_A]], hint=TRACKED, what="trainable weights' shapes")


def test_same_weights_in_every_call(student, rng):
    """The same pair gives the same sum, call after call; another layer gives another."""
    got = student.pair_calls(*some_pair(rng, 4))
    assert_close(get(got, "second"), get(got, "first"), hint="Each call must use the weights that the first one used.")
    assert_differs(got.get("another_layer"), got["first"], at_least=1e-5, hint="Each layer needs weights of its own.")


def test_adds_the_mapped_second_input(student, rng):
    """With given weights, the output is a + b·W + c, for vectors and for sequences, for a list and for a tuple."""
    weights = some_weights(rng)
    for axes in ((4,), (4, 6)):
        a, b = some_pair(rng, *axes)
        got = student.pair_outputs(weights, a, b)
        for kind in ("list", "tuple"):
            assert_close(get(got, kind, hint=TRACKED), a + b @ weights["kernel"] + weights["bias"],
                         hint="The first input is added as it is; only the second passes through the Dense.", what=f"{kind} of {len(axes) + 1}-axis inputs")


def test_fit_in_graph_mode(student, rng):
    """In a functional model, `fit` trains both weights in graph mode."""
    weights, (a, b) = some_weights(rng), some_pair(rng, 6)
    targets = rng.normal(size=a.shape)
    got = student.pair_fit(weights, a, b, targets, learning_rate=0.5)
    at_output = 2 * (a + b @ weights["kernel"] + weights["bias"] - targets) / a.size
    for name, gradient in {"kernel": b.T @ at_output, "bias": at_output.sum(axis=0)}.items():
        moved = (weights[name] - as_array(get(get(got, "weights"), name, hint=TRACKED))) / 0.5
        assert_close(moved, gradient, rtol=1e-3, atol=1e-4, hint="One training step must move each weight down its gradient.", what=name)
