import numpy as np

from gradetape.suite import assert_close, assert_equal, get, question, visible

pytestmark = question("test_step")

METRICS = {"loss": "mape", "metrics": ["mae", "mape"], "weighted_metrics": ["mae"]}
MEANS = "The loss with all its parts as a mean over rows; every metric updated with targets, predictions and weights."


def batch(rng, rows, *, weights=False):
    """Inputs, positive targets, and, if wanted, weights, 0 among them."""
    parts = [rng.normal(size=(rows, 4)), rng.uniform(0.5, 3, size=(rows, 2))]
    return parts + [np.append(0, rng.uniform(0.2, 2, size=rows - 1))] if weights else parts


def assert_same_logs(got, expected, hint):
    for name, value in expected.items():
        assert_close(get(got, name, hint=hint), value, hint=hint, what=name)


@visible
def test_as_in_use(student, reference, rng):
    """Dropout is off, and batch normalization uses what it has learned."""
    batches = [batch(rng, 6)]
    got, expected = (who.evaluation_steps(whose, "noisy", batches, {"loss": "mse"}) for who, whose in ((student, "student"), (reference, "keras")))
    for logs, wanted in zip(get(got, "logs"), expected["logs"]):
        assert_same_logs(logs, wanted, hint="Call the model as it will be used: not in training.")


def test_changes_no_weight(student, rng):
    """No weight of the model moves, of whatever layer, and the optimizer does nothing."""
    got = student.evaluation_steps("student", "noisy", [batch(rng, 6), batch(rng, 3, weights=True)], {"loss": "mse"})
    for before, after in zip(get(got, "before"), get(got, "weights")):
        assert_equal(after, before, hint="Evaluation measures: it trains nothing and moves no running statistics.", what="weight")
    assert_equal(got.get("updates"), 0, hint="Evaluation makes no update.", what="the optimizer's updates")


def test_the_whole_loss(student, reference, rng):
    """The loss of `compile` with sample weights and with what layers add; it tells targets from predictions."""
    batches = [batch(rng, 5, weights=True)]
    got, expected = (who.evaluation_steps(whose, "penalized", batches, METRICS) for who, whose in ((student, "student"), (reference, "keras")))
    for logs, wanted in zip(get(got, "logs"), expected["logs"]):
        assert_same_logs(logs, wanted, hint="The loss of compile, first targets and then predictions, with weights and with what layers add.")


def test_running_means(student, reference, rng):
    """Over batches of different length, loss and metrics are means over the rows, after each of them."""
    batches = [batch(rng, 6), batch(rng, 2, weights=True), batch(rng, 3)]
    got, expected = (who.evaluation_steps(whose, "two_layers", batches, METRICS) for who, whose in ((student, "student"), (reference, "keras")))
    for logs, wanted in zip(get(got, "logs"), expected["logs"]):
        assert_same_logs(logs, wanted, hint=MEANS)


def test_evaluate_in_graph_mode(student, reference, rng):
    """`evaluate` in graph mode, with a short last batch, reports what Keras' own step does."""
    x, y, w = batch(rng, 7, weights=True)
    got = student.evaluate("student", "linear", x, y, w, {"loss": "mse"}, batch_size=5)
    expected = reference.evaluate("keras", "linear", x, y, w, {"loss": "mse"}, batch_size=5)
    assert_same_logs(got, expected, hint=MEANS)
