"""What `compile` keeps shows itself: optimizers by their learning rates and steps, losses by what they return."""

import numpy as np

from gradetape.suite import assert_close, question, visible

pytestmark = question("compile")

SCORES = np.array([[2.0], [-3.0], [5.0]]), np.array([[4.0], [1.5], [0.5]])


def assert_kept(got, d_rate, g_rate, number=1):
    """The optimizers with these rates, and the losses given in the call of this number.

    The probe doubled the critic's rate after `compile`, on the optimizer that it had given.
    """
    real, fake = SCORES
    hint = "Each argument is kept, as it is and not as a copy, as the attribute of the same name."
    assert_close(got["d_rate"], 2 * d_rate, hint=hint, what="learning rate of d_optimizer")
    assert_close(got["g_rate"], g_rate, hint=hint, what="learning rate of g_optimizer")
    assert_close(got["d_loss"], number * (real * fake).sum(), hint=hint, what="what d_loss_fn returns")
    assert_close(got["g_loss"], number * fake.max(), hint=hint, what="what g_loss_fn returns")


@visible
def test_keeps_all_four(student):
    """Two optimizers and two losses, given by position, are kept under their own names."""
    assert_kept(student.kept_by_compile([0.3], [0.04], SCORES, by_name=False), 0.3, 0.04)


def test_by_name(student):
    """Given by name and in another order, they are kept just so."""
    assert_kept(student.kept_by_compile([0.02], [0.5], SCORES, by_name=True), 0.02, 0.5)


def test_second_call(student):
    """A second call replaces what the first one kept."""
    assert_kept(student.kept_by_compile([0.3, 0.07], [0.04, 0.6], SCORES, by_name=False), 0.07, 0.6, number=2)


def test_fit_uses_them(student, rng):
    """fit accepts the model as compiled, and a train_step finds each network's own optimizer."""
    weights, image, real = rng.normal(size=(2, 5, 3)), rng.normal(size=(2, 5, 3)), rng.normal(size=(4, 2, 5, 3))
    got = student.fit_after_compile(weights, image, real, 0.5, 0.125)
    hint = "keras.Model has a compile of its own, which prepares the model for fit: call it in yours."
    assert_close(got["critic"], weights - 0.5, hint=hint, what="critic after a step of 0.5")
    assert_close(got["generator"], image - 0.125, hint=hint, what="generator after a step of 0.125")
