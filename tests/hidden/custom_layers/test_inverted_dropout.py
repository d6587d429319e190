import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, assert_shape, check, get, question, visible

pytestmark = question("inverted_dropout")


def nonzero(rng, shape):
    """Numbers of either sign and at least ½ in size: an output of 0 was dropped."""
    return rng.uniform(0.5, 2, size=shape) * rng.choice([-1.0, 1.0], size=shape)


@visible
def test_off_outside_training(student, rng):
    """With `training=False`, or unsaid, the inputs come out unchanged."""
    x = nonzero(rng, (6, 5))
    got = student.dropout_off(0.6, x)
    for how in ("said", "unsaid"):
        assert_close(get(got, how), x, hint="Dropout is for training only.", what=f"training=False {how}")


def test_kept_inputs_are_scaled(student, rng):
    """In training, each output is 0 or the input over 1 − rate."""
    x = nonzero(rng, (6, 7, 5))
    for rate in (0.2, 0.7):
        got = as_array(student.dropout_on(rate, x, calls=1))
        assert_shape(got, (1, *x.shape), hint="The output has the input's shape.")
        assert_close(got, np.where(got != 0, x / (1 - rate), 0), hint="What is kept grows, so that the expected sum stays.", what=f"rate {rate}")


def test_share_of_zeros(student, rng):
    """The share of zeros is the rate, and at rate 0 nothing is dropped."""
    x = nonzero(rng, (300, 250))
    for rate in (0.2, 0.7):
        dropped = as_array(student.dropout_on(rate, x, calls=1)) == 0
        # Of 75,000 inputs: standard deviation at most 0.0017, so 0.01 is 5.9 of them: false alarm below 1e-8.
        assert_between(dropped.mean(), rate - 0.01, rate + 0.01, hint="`rate` is the probability of being dropped, not of being kept.",
                       what=f"share of zeros at rate {rate}")
    assert_close(student.dropout_on(0.0, x[:5], calls=1), x[None, :5], hint="At rate 0 every input is kept as it is.", what="rate 0")


def test_independent_masks(student, rng):
    """Every input of every call is dropped on its own."""
    rate, calls = 0.3, 12
    got = as_array(student.dropout_on(rate, nonzero(rng, (20, 25, 4)), calls=calls))
    assert_shape(got, (calls, 20, 25, 4), hint="The output has the input's shape.")
    dropped = got == 0
    pairs = {  # disjoint pairs, so that all are independent
        "calls": (dropped[::2], dropped[1::2]),
        "examples of a batch": (dropped[:, ::2], dropped[:, 1::2]),
        "positions": (dropped[:, :, :24:2], dropped[:, :, 1:24:2]),
        "channels": (dropped[..., ::2], dropped[..., 1::2]),
    }
    for name, (one, other) in pairs.items():
        # Two independent masks agree with probability 0.3² + 0.7² = 0.58. Of at least 11,520 pairs the standard deviation
        # is 0.0046; 0.03 is 6.5 of them: false alarm below 1e-9.
        assert_between((one == other).mean(), 0.55, 0.61, hint=f"Two {name} must not share a mask.", what=f"agreement of two {name}")
    # A Binomial(2000, 0.3) takes no value with probability above 0.02: twelve equal counts come about once in 1e18.
    counts = dropped.sum(axis=(1, 2, 3))
    check(counts.min() < counts.max(), hint="Each input is dropped with probability `rate`; their number is left to chance.",
          what="the number of zeros varies")


def test_in_a_model_in_graph_mode(student, rng):
    """In a traced model: a new mask each call when the model trains, none when it does not, and nothing to train."""
    x = nonzero(rng, (40, 30))
    got = student.dropout_in_a_model(0.4, x, calls=2)
    assert_close(get(got, "off"), x, hint="Dropout is for training only.", what="outside training")
    assert_equal(got.get("trainable"), 0, hint="Dropout has nothing to train.", what="trainable weights")
    assert_equal(got.get("name"), "veil", hint="Further keyword arguments go to layers.Layer.", what="the layer's name")
    on = as_array(got.get("on"))
    assert_shape(on, (2, *x.shape), hint="The output has the input's shape.")
    # 0.4² + 0.6² = 0.52; of 1,200 pairs the standard deviation is 0.0144, 0.09 is 6.2 of them: false alarm below 1e-9.
    assert_between(((on[0] == 0) == (on[1] == 0)).mean(), 0.43, 0.61, what="agreement of two calls",
                   hint="Draw the mask by Keras or TensorFlow: Python and NumPy run only once, when the graph is made.")


def test_gradient_passes_what_was_kept(student, rng):
    """The gradient is 1/(1 − rate) where an input was kept, and 0 where it was dropped."""
    got = student.dropout_gradient(0.2, nonzero(rng, (6, 5)))
    kept = as_array(get(got, "output")) != 0
    assert_close(got.get("gradient"), kept / 0.8, hint="Multiply or select by the mask with Keras operations, on the inputs themselves.")
