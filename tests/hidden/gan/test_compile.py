"""What `compile` keeps shows itself: optimizers by their learning rates and steps, the loss by what it returns, metrics by what they say."""

import numpy as np

from gradetape.suite import assert_close, assert_equal, check, get, question, visible, weight

pytestmark = question("compile")

LABELS, LOGITS = np.array([[1.0], [0.0], [1.0]]), np.array([[2.0], [-3.0], [5.5]])


def assert_kept(got, d_rate, g_rate, number=1):
    """The optimizers with these rates, and the loss given in the call of this number.

    The probe doubled both rates after `compile`, on the optimizers that it had given.
    """
    hint = "Each argument is kept, as it is and not as a copy, as the attribute of the same name."
    assert_close(got["d_rate"], 2 * d_rate, hint=hint, what="learning rate of d_optimizer")
    assert_close(got["g_rate"], 2 * g_rate, hint=hint, what="learning rate of g_optimizer")
    assert_close(got["loss"], number * (LABELS * (LOGITS + 1)).sum(), hint=hint, what="what loss_fn returns")


@visible
def test_keeps_all_three(student):
    """Two optimizers and the loss, given by position, are kept under their own names."""
    assert_kept(student.kept_by_compile([0.3], [0.04], LABELS, LOGITS, by_name=False), 0.3, 0.04)


def test_by_name(student):
    """Given by name and in another order, they are kept just so."""
    assert_kept(student.kept_by_compile([0.02], [0.5], LABELS, LOGITS, by_name=True), 0.02, 0.5)


def test_second_call(student):
    """A second call replaces what the first one kept."""
    assert_kept(student.kept_by_compile([0.3, 0.07], [0.04, 0.6], LABELS, LOGITS, by_name=False), 0.07, 0.6, number=2)


def test_two_running_means(student):
    """Two metrics of their own, each with its name, each the mean of the losses that it was given."""
    got = student.metrics_after_compile([1.0, 4.0], [10.0, 20.0, 63.0])
    assert_equal(got["names"], ["d_loss", "g_loss"], hint="Each metric has a name, by which it is known in the logs.", what="names of the metrics")
    hint = "Two metrics, and each is a mean: not a sum, not the last value."
    assert_close(got["results"], [2.5, 31.0], hint=hint, what="means of d_loss and g_loss")


def test_metrics_are_set_back(student):
    """Both are among the model's metrics, and reset_metrics sets both back."""
    got = student.metrics_after_compile([1.0, 4.0], [10.0, 20.0, 63.0])
    hint = "Keras lists a metric that is an attribute of the model; whoever overrides `metrics` lists both."
    check({"d_loss", "g_loss"} <= set(got["listed"]), hint=hint, what="d_loss and g_loss among the names of model.metrics")
    assert_close(got["set back"], [0.0, 0.0], hint=hint, what="both metrics after reset_metrics")


@weight(2)
def test_fit_uses_them(student, rng):
    """fit accepts the model as compiled; a train_step finds each network's own optimizer, and metrics that start anew with each epoch."""
    weights, image = rng.normal(size=(2, 5, 3)), rng.normal(size=(2, 5, 3))
    batches = [rng.normal(size=(4, 2, 5, 3)) + shift for shift in (1, 2)]
    got = student.fit_after_compile(weights, image, batches, 0.5, 0.125, epochs=2)
    hint = "keras.Model has a compile of its own, which prepares the model for fit: call it in yours."
    assert_close(got["discriminator"], weights - 4 * 0.5, hint=hint, what="discriminator after four steps of 0.5")
    assert_close(got["generator"], image - 4 * 0.125, hint=hint, what="generator after four steps of 0.125")
    reported = np.array([1, 2, 3, 4]) * np.tile([batch.mean() for batch in batches], 2)
    hint = "fit sets back what is among the model's metrics whenever an epoch begins."
    for name, values in [("d_loss", reported), ("g_loss", np.square(reported))]:
        history = get(got["history"], name, hint=hint, what="history")
        assert_close(history, values.reshape(2, 2).mean(axis=1), rtol=1e-3, hint=hint, what=f"{name} reported for two epochs")
