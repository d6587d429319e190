from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, check, get, question, visible

pytestmark = question("early_stopper")

DATA = Path(__file__).parents[3] / "assignments" / "training_loop" / "data" / "diabetes.npz"


def assert_weights_of(found, fit, epoch, hint):
    """Every weight has the value that it had at the end of that fit's epoch, both counted from 1."""
    for weight in get(found, "weights"):
        assert_close(weight, np.full(np.shape(weight), 100.0 * fit + epoch), hint=hint, what="fit and epoch that the weights are of")


@visible
def test_waits_for_an_improvement(student):
    """It stops after as many epochs in a row without improvement as patience says."""
    hint = "Count the epochs since the last improvement, and stop when there are as many as patience."
    for patience, losses, epochs in (
        (1, [5, 4, 3, 6, 2, 1], 4),
        (2, [5, 6, 4, 6, 3, 4, 5, 1], 7),
        (3, [1, 2, 3, 4, 0], 4),
        (4, [9, 8, 9, 9, 9, 7, 9, 9, 9, 9, 1], 10),
    ):
        assert_equal(student.epochs_run(patience, losses), epochs, hint=hint, what=f"epochs with patience {patience} on {losses}")


def test_compares_with_the_best(student):
    """An improvement is a loss below all others, not below the last one; an equal one is none."""
    for losses, epochs in (([3, 7, 6, 5, 1], 4), ([3, 3, 3, 3, 1], 4), ([3, 4, 2, 2.5, 2, 2.2, 1], 6), ([1, 0.9999, 0.9998, 0.9997, 0.9996], 5)):
        got = student.epochs_run(3, losses)
        assert_equal(got, epochs, hint="Compare with the best loss of all epochs so far: only a lower one counts.", what=f"epochs on {losses}")


def test_restores_the_best_weights(student):
    """After a stop, all weights are those of the end of the best epoch, trained or not."""
    for losses, best in (([5, 2, 3, 4], 2), ([1, 2, 2], 1), ([5, 4, 6, 3, 3, 4], 4)):
        (found,) = student.scripted_fits(2, [losses])
        assert_weights_of(found, 1, best, hint="Keep a copy of all the model's weights at the end of each epoch that is the best so far.")


def test_restores_without_a_stop(student):
    """Where training ends by itself, the best weights come back too."""
    for losses, best in (([5, 4, 6, 7], 2), ([5, 4, 3], 3), ([5], 1)):
        (found,) = student.scripted_fits(10, [losses])
        assert_equal(get(found, "epochs"), len(losses), hint="While patience lasts, training goes on.", what="epochs")
        assert_weights_of(found, 1, best, hint="Training may end before patience does: the best weights come back then as well.")


def test_watches_the_validation_loss(student):
    """The training loss, which falls all the while, decides nothing; nor is a validation loss below zero anything special."""
    assert_equal(student.epochs_run(2, [1, 2, 3, 4, 5]), 3, hint="Watch the loss on the validation data.", what="epochs while validation worsens")
    assert_equal(student.epochs_run(2, [-1, -2, -3, -2, -2.5, -9]), 5, hint="A loss may be below zero: lower is better.", what="epochs below zero")
    assert_equal(student.epochs_run(2, [1e12, 1e11, 1e10, 1e9]), 4, hint="A loss may be of any size: the first one is the best so far.", what="large losses")


def test_nan_is_no_improvement(student):
    """A validation loss that is not a number counts as an epoch without improvement."""
    (found,) = student.scripted_fits(3, [[5, 4, np.nan, np.nan, np.nan, 1]])
    assert_equal(get(found, "epochs"), 5, hint="nan is not lower than anything, nor higher.", what="epochs")
    assert_weights_of(found, 1, 2, hint="nan is never the best loss.")
    assert_equal(student.epochs_run(2, [5, np.nan, 4, np.nan, 3, 2]), 6, hint="After nan the best loss is what it was before.", what="epochs")


def test_begins_anew(student):
    """Each fit with the same object begins anew."""
    hint = "At the start of each fit, forget what the last one saw."
    found = student.scripted_fits(2, [[1, 2, 3], [9, 8, 9, 7], [8, 9, 9]])
    check(isinstance(found, list) and len(found) == 3, hint=hint, what="three fits")
    for fit, (epochs, best) in enumerate([(3, 1), (4, 4), (3, 1)], 1):
        assert_equal(get(found[fit - 1], "epochs"), epochs, hint=hint, what=f"epochs of fit {fit}")
        assert_weights_of(found[fit - 1], fit, best, hint=hint)


@pytest.mark.gpu
def test_stops_a_real_training(student):
    """On real patients it stops once the validation loss rises, and keeps the best network."""
    with np.load(DATA) as diabetes:
        x, y = diabetes["measurements"], diabetes["progression"][:, None]
    x, y = ((values - values[:300].mean(axis=0)) / values[:300].std(axis=0) for values in (x, y))
    got = student.patients_fitted(6, x[:300], y[:300], x[300:], y[300:])
    losses = as_array(get(got, "val_loss"))
    best = int(losses.argmin())
    # Over nine seeds the best epoch of this network is the 3rd to the 10th, and the loss of the 60th is a quarter higher.
    assert_between(best, 0, 30, hint="Stop when the validation loss has turned.", what="best epoch")
    assert_equal(len(losses), best + 7, hint="Stop six epochs after the best one.", what="epochs")
    assert_close(get(got, "afterwards"), losses[best], rtol=1e-3, hint="Give back the weights of the best epoch.", what="validation loss afterwards")
