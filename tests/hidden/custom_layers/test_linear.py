import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, get, question, visible

pytestmark = question("linear")

WIDTH, UNITS = 5, 3
TRACKED = "The layer has two trainable weights, a kernel (d, units) and a bias (units,), made by add_weight."


def some_weights(rng):
    return {"kernel": rng.normal(size=(WIDTH, UNITS)), "bias": rng.normal(size=UNITS)}


@visible
def test_weights_whatever_the_leading_axes(student):
    """A kernel and a bias, of the same size however many axes come before the last."""
    leading = [(4,), (4, 6), (2, 4, 6)]
    got = student.linear_weights(UNITS, [(*axes, WIDTH) for axes in leading])
    expected = [{"weights": [[UNITS], [UNITS, WIDTH]], "output": [*axes, UNITS]} for axes in leading]
    assert_equal(got, expected, hint="Only the last axis decides the weights' shapes; all the others pass through.")


def test_affine_map_over_leading_axes(student, rng):
    """One layer maps the last axis of vectors, sequences and images by x·W + b."""
    weights = some_weights(rng)
    inputs = {name: rng.normal(size=(*axes, WIDTH)) for name, axes in
              {"vectors": (4,), "sequences": (4, 6), "images": (2, 7, 6), "longer sequences": (1, 11)}.items()}
    got = student.linear_outputs(weights, inputs)
    for name, x in inputs.items():
        assert_close(get(got, name, hint=TRACKED), x @ weights["kernel"] + weights["bias"],
                     hint="Every position is mapped by the same kernel and the same bias.", what=name)


def test_weights_at_the_start(student):
    """The bias starts at zero, the kernel at small random numbers, new ones in each layer."""
    got = student.linear_at_the_start(units=30, width=40)
    assert_close(get(got, "at_zero"), np.zeros((1, 30)), hint="The bias starts at zero.", what="output for zeros")
    # Glorot's standard deviation is √(2/70) = 0.17; other usual choices lie between 0.03 and 0.3.
    assert_between(as_array(get(got, "kernel")).std(), 0.01, 0.6, hint="The kernel starts at small random numbers.", what="kernel's spread")
    assert_differs(got["another_kernel"], got["kernel"], at_least=1e-3, hint="Each layer draws its own kernel.", what="two kernels")


def test_made_again_from_its_config(student, rng):
    """`from_config(get_config())` makes an equal layer: units, name, dtype and trainable are kept."""
    weights, x = some_weights(rng), rng.normal(size=(4, 6, WIDTH))
    got = student.linear_from_config(weights, x, name="shadow", dtype="float64", trainable=False)
    kept = {"name": "shadow", "trainable": False, "dtype": "float64"}
    assert_equal(get(got, "kept"), kept, hint="Start from what Layer's own get_config returns, and pass **kwargs on to Layer.")
    assert_close(got.get("output"), x @ weights["kernel"] + weights["bias"], hint="The config must hold `units`.", what="the copy's output")


def test_in_a_model_of_unknown_length(student, rng):
    """In graph mode it takes axes whose lengths are not known when the model is made."""
    weights = some_weights(rng)
    inputs = {"short": rng.normal(size=(4, 2, WIDTH)), "long": rng.normal(size=(2, 9, WIDTH))}
    got = student.linear_in_a_model(weights, inputs)
    for name, x in inputs.items():
        assert_close(get(got, name, hint=TRACKED), x @ weights["kernel"] + weights["bias"],
                     hint="Do not read lengths of leading axes from x.shape: they may be None.", what=name)


def test_gradient_reaches_both_weights(student, rng):
    """The loss's gradient sums over all positions, for the kernel and for the bias."""
    weights, x, upstream = some_weights(rng), rng.normal(size=(4, 6, WIDTH)), rng.normal(size=(4, 6, UNITS))
    got = student.linear_gradients(weights, x, upstream)
    expected = {"kernel": np.einsum("btd,btu->du", x, upstream), "bias": upstream.sum(axis=(0, 1))}
    for name, gradient in expected.items():
        assert_close(get(got, name, hint=TRACKED), gradient, rtol=1e-3, atol=1e-4, what=name,
                     hint="Compute with the weights themselves, by Keras or TensorFlow operations.")
