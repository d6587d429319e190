"""What the regressor can express, what its loss measures, and that it learns."""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, check, get, question, visible, weight

pytestmark = question("regressor")

SHIFTS = [0, 1, 8, 60, -1, -8, -60]
TARGETS = [[-150.0], [-3.0], [0.5], [40.0], [300.0]]


@visible
def test_one_unbounded_number(student, rng):
    """Every row has one output, which may be negative and large."""
    got = student.regressor(6, 50 * rng.normal(size=(80, 6)), TARGETS, [])
    assert_equal(get(got, "shape"), [80, 1], hint="One unit at the end.", what="shape of the output")
    outputs = as_array(get(got, "outputs"), what="outputs")
    assert_between(outputs.min(), -np.inf, -10, hint="The last layer has no activation: its output may be negative.", what="smallest output under large inputs")
    assert_between(outputs.max(), 10, np.inf, hint="The last layer has no activation: its output may be large.", what="largest output under large inputs")


def test_more_than_a_line(student, rng):
    """The network can bend: it is not one straight line."""
    got = student.regressor(4, 3 * rng.normal(size=(30, 4)), TARGETS, [])
    outputs, mirrored, zero = (as_array(get(got, key), what=key) for key in ("outputs", "mirrored", "at zero"))
    bend = np.abs(outputs + mirrored - 2 * zero).max()
    hint = "A hidden layer needs an activation; without one, layers on layers are still one straight line."
    assert_between(bend, 1e-2, np.inf, hint=hint, what="f(x) + f(-x) - 2 f(0), zero for a straight line")


@weight(2)
def test_loss_is_a_distance(student):
    """The loss is zero where prediction and target agree, and grows with their distance on both sides."""
    losses = as_array(get(student.regressor(3, np.ones((2, 3)), TARGETS, SHIFTS), "losses"), what="losses")
    assert_close(losses[0], 0.0, atol=1e-5, hint="The loss of a perfect prediction is zero, for negative targets too.", what="loss of a perfect prediction")
    hint = "The farther prediction and target are apart, the larger the loss, above and below alike."
    check(bool(1e-3 < losses[1] < losses[2] < losses[3]), hint=hint, what="loss rising for predictions that are too high")
    check(bool(1e-3 < losses[4] < losses[5] < losses[6]), hint=hint, what="loss rising for predictions that are too low")
    assert_close(losses[3], losses[6], rtol=0.05, hint="Too high and too low by the same amount are equally wrong.", what="losses of opposite errors")


def test_trains(student, rng):
    """Twelve updates on a batch lower its loss, and move every weight."""
    x = rng.normal(size=(64, 5))
    y = 100 + 20 * np.abs(x[:, :1]) - 30 * x[:, 1:2]
    got = student.regressor_steps(x, y, 12)
    loss = as_array(get(got, "loss"), what="loss")
    hint = "Compile it with an optimizer and a learning rate that moves: 0.01 for Adam, for targets in the hundreds."
    check(bool(loss[1] < loss[0]), hint=hint, what="loss lower after twelve updates")
    check(all(get(got, "moved")), hint="Every layer is part of the path from the input to the output, and trainable.", what="every weight moved")


def held_out_and_training():
    folder = next(parent for parent in Path(__file__).parents if (parent / "assignments").is_dir()) / "assignments" / "keras_basics" / "data"
    read = lambda name: np.loadtxt(folder / name, delimiter=",", skiprows=1)
    return read("diabetes_held_out.csv"), np.concatenate([read(f"diabetes_{i}.csv") for i in (1, 2, 3)])


@pytest.mark.gpu
@weight(2)
def test_predicts_held_out_patients(student):
    """Trained on the real data as the notebook says, it predicts new patients much better than their mean, and as well as a straight line."""
    held_out, training = held_out_and_training()
    beside_ones = lambda rows: np.hstack([rows, np.ones((len(rows), 1))])
    line = np.linalg.lstsq(beside_ones(training[:, :10]), training[:, 10], rcond=None)[0]
    error = lambda guess: np.abs(guess - held_out[:, 10]).mean()
    rows = as_array(student.regressor_trained(training[:, :10], training[:, 10], held_out[:, :10], [1, 2, 3]), what="predictions")
    errors = np.array([error(row) for row in rows])
    hint = "After 60 epochs it should be far better than predicting the mean: check the learning rate, the hidden layers and the loss."
    assert_between(np.median(errors), 0, 0.85 * error(training[:, 10].mean()), hint=hint, what="held-out error beside that of the mean")
    assert_between(np.median(errors), 0, 1.1 * error(beside_ones(held_out[:, :10]) @ line), hint=hint, what="held-out error beside that of a line")
