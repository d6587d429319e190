from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, get, question, visible

pytestmark = question("train_step")

DATA = Path(__file__).parents[3] / "assignments" / "training_loop" / "data" / "digits.npz"
MSE = {"loss": "mse"}
LIKE_KERAS = "Forward in training, the loss of compile, its gradients, one update: the weights must be those of Keras' own step."


def batch(rng, rows, *, weights=False):
    """Inputs, positive targets, and, if wanted, weights, 0 among them."""
    parts = [rng.normal(size=(rows, 4)), rng.uniform(0.5, 3, size=(rows, 2))]
    return parts + [np.append(0, rng.uniform(0.2, 2, size=rows - 1))] if weights else parts


def assert_same_weights(got, expected, hint):
    names, weights = get(expected, "names"), get(got, "weights")
    assert_equal(get(got, "names"), names, hint="The model is the one that its inputs and outputs say.", what="weights' names")
    for name, one, other in zip(names, weights, expected["weights"]):
        assert_close(one, other, hint=hint, what=name)


def mse_step(kernel, bias, x, y, w):
    """The gradients of Σ w · (mean of squared errors over the targets) / B."""
    at_output = 2 * w[:, None] * (x @ kernel + bias - y) / y.size
    return [x.T @ at_output, at_output.sum(axis=0)]


@visible
def test_gradient_step(student, rng):
    """One step of plain gradient descent moves each weight by the learning rate times its gradient."""
    x, y = batch(rng, 5)
    weights = [rng.normal(size=(4, 2)), rng.normal(size=2)]
    how = {"weights": weights, "optimizer": {"class_name": "SGD", "config": {"learning_rate": 0.5}}}
    got = student.train_steps("student", "linear", [[x, y]], MSE, **how)
    for before, after, gradient in zip(weights, get(got, "weights"), mse_step(*weights, x, y, np.ones(5))):
        assert_close((before - as_array(after)) / 0.5, gradient, hint=LIKE_KERAS, what="step / learning rate")
    assert_equal(got.get("updates"), 1, hint="One update for each batch.", what="the optimizer's updates")


def test_sample_weights(student, rng):
    """The third part of the data weighs each example's loss."""
    x, y, w = batch(rng, 6, weights=True)
    weights = [rng.normal(size=(4, 2)), rng.normal(size=2)]
    how = {"weights": weights, "optimizer": {"class_name": "SGD", "config": {"learning_rate": 0.5}}}
    got = student.train_steps("student", "linear", [[x, y, w]], MSE, **how)
    hint = "Sample weights multiply the examples' losses before the mean over the batch."
    for before, after, gradient in zip(weights, get(got, "weights"), mse_step(*weights, x, y, w)):
        assert_close((before - as_array(after)) / 0.5, gradient, hint=hint, what="step / learning rate")


def test_optimizers(student, reference, rng):
    """Two steps with each of several optimizers end where Keras' own steps end."""
    batches = [batch(rng, 5), batch(rng, 3, weights=True)]
    for name, config in {
        "SGD": {"momentum": 0.9, "nesterov": True},
        "Adam": {"clipnorm": 0.1},
        "AdamW": {"weight_decay": 0.1},
    }.items():
        optimizer = {"class_name": name, "config": {"learning_rate": 0.05, **config}}
        got = student.train_steps("student", "linear", batches, MSE, optimizer=optimizer)
        expected = reference.train_steps("keras", "linear", batches, MSE, optimizer=optimizer)
        assert_same_weights(got, expected, hint=LIKE_KERAS)


def test_dropout_and_batch_normalization(student, reference, rng):
    """Each step is one forward pass in training, through dropout and batch normalization."""
    batches = [batch(rng, 6), batch(rng, 5)]
    got, expected = student.train_steps("student", "noisy", batches, MSE), reference.train_steps("keras", "noisy", batches, MSE)
    assert_same_weights(got, expected, hint="Call the model once for each step, and say that it is training.")


def test_the_whole_loss(student, reference, rng):
    """The loss is the one of `compile`, whichever it is, with what the layers add; it tells targets from predictions."""
    compile_with = {"loss": "mape", "metrics": ["mape"]}
    batches = [batch(rng, 5, weights=True)]
    got, expected = (who.train_steps(whose, "penalized", batches, compile_with) for who, whose in ((student, "student"), (reference, "keras")))
    assert_same_weights(got, expected, hint="Use the loss that compile was given, first targets and then predictions, with what layers add to it.")
    for name in ("loss", "mape"):
        hint = "The loss with all its parts, and metrics of targets and predictions, in this order."
        assert_close(get(get(got, "logs"), name), expected["logs"][name], hint=hint, what=name)


def test_frozen_layers(student, reference, rng):
    """A frozen layer stays as it is while the others train."""
    batches = [batch(rng, 4)]
    got = student.train_steps("student", "two_layers", batches, MSE, frozen=["hidden"])
    expected = reference.train_steps("keras", "two_layers", batches, MSE, frozen=["hidden"])
    hint = "Update what is trainable, and nothing else."
    kept = [before for name, before in zip(get(got, "names"), get(got, "before")) if name.startswith("hidden")]
    assert_close(kept, [after for name, after in zip(got["names"], get(got, "weights")) if name.startswith("hidden")], atol=1e-7, hint=hint, what="frozen")
    assert_same_weights(got, expected, hint=hint)


def test_running_means(student, reference, rng):
    """After two batches of different length, loss and metrics are means over the rows, weighted where they should be."""
    compile_with = {"loss": "mse", "metrics": ["mae", "mse"], "weighted_metrics": ["mae"]}
    batches = [batch(rng, 6, weights=True), batch(rng, 2, weights=True)]
    got, expected = (who.train_steps(whose, "two_layers", batches, compile_with) for who, whose in ((student, "student"), (reference, "keras")))
    for name, value in expected["logs"].items():
        hint = "The loss as a mean over rows; every metric updated with targets, predictions and weights; all results returned by name."
        assert_close(get(get(got, "logs"), name, hint=hint), value, hint=hint, what=name)


def test_fit_in_graph_mode(student, reference, rng):
    """Two epochs of `fit` in graph mode, with a short last batch, end where Keras' own end."""
    x, y, w = batch(rng, 8, weights=True)
    arguments = ("two_layers", x, y, w, MSE, 5, 2)
    got, expected = student.fit("student", *arguments), reference.fit("keras", *arguments)
    for one, other in zip(get(got, "weights"), expected["weights"]):
        assert_close(one, other, hint=LIKE_KERAS, what="weights after fit")
    hint = "Every epoch's loss begins anew, and is a mean over its rows."
    assert_close(get(get(got, "history"), "loss", hint=hint), expected["history"]["loss"], hint=hint, what="loss of each epoch")


@pytest.mark.gpu
def test_learns_digits(student):
    """Trained for real on digits of which two are rare, with balanced weights, it reads held-out ones."""
    with np.load(DATA) as digits:
        images, labels = digits["images"].reshape(-1, 64) / 16.0, digits["labels"].astype(np.int64)
    rare = np.flatnonzero(labels[:1000] >= 8)
    train = np.setdiff1d(np.arange(1000), rare[16:])
    weights = (len(train) / 10 / np.bincount(labels[train]))[labels[train]]
    scores = as_array(student.digits_scored(images[train], labels[train], weights, images[1300:]))
    right = scores.argmax(axis=1) == labels[1300:]
    # Over ten seeds Keras' own step reads 0.90 to 0.93 of all and 0.64 to 0.73 of the rare ones; without weights 0.79 to 0.81 and at most 0.06.
    assert_between(right.mean(), 0.85, 1, hint="A step in training mode, with every gradient, teaches the network to read.", what="share of digits read")
    assert_between(right[labels[1300:] >= 8].mean(), 0.4, 1, hint="With their weights, rare digits are learned too.", what="share of rare digits read")
