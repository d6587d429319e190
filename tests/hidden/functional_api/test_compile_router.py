"""Both losses are short enough to stand here. The routers are made by the probes: they list their outputs, or reverse or name them."""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, check, get, question, visible, weight

pytestmark = question("compile_router")

SIZES = (11, 3, 4)  # words, tags, departments


def targets(rng, count):
    """Priorities of 0 and 1 as floats `(B, 1)`, departments as integers `(B,)`."""
    return {"priority": rng.permutation(np.arange(count) % 2).astype("float32")[:, None], "department": rng.integers(0, 4, size=count).astype("int32")}


def tickets(rng, count):
    return {
        "title": rng.integers(1, 11, size=(count, 2)).astype("int32"),
        "body": rng.integers(1, 11, size=(count, 5)).astype("int32"),
        "tags": rng.integers(0, 2, size=(count, 3)).astype("float32"),
    }


def logits(rng, count, spread=2.0):
    return spread * rng.normal(size=(count, 1)), spread * rng.normal(size=(count, 4))


def losses(priority, department, truth):
    """The mean cross-entropy of each output over the batch, from its logits."""
    z, y = np.asarray(priority, float), truth["priority"]
    binary = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    scores = np.asarray(department, float)
    top = scores.max(axis=1, keepdims=True)
    total = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
    return binary.mean(), (total - scores[np.arange(len(scores)), truth["department"]]).mean()


LOGITS = "The outputs are logits, and the losses must be told so: sigmoid and softmax are theirs to take."
NAMES = "Give losses and weights by the outputs' names; their order says nothing."
ONCE = "total = priority_weight · priority's loss + department_weight · department's loss: each weight once, and nothing else."


@visible
def test_sum_of_both_losses(student, rng):
    """With both weights 1 the loss is the sum of two cross-entropies, averaged over the batch."""
    truth, scores = targets(rng, 9), logits(rng, 9)
    got = student.loss_of_logits("listed", (1.0, 1.0), *scores, truth)
    hint = "Binary cross-entropy for the priority, cross-entropy of class numbers for the department, both from logits."
    assert_close(got, sum(losses(*scores, truth)), rtol=1e-3, hint=hint, what="loss")


@weight(2)
def test_weights_count_once(student, rng):
    """Each loss is multiplied by its own weight, once."""
    truth, scores = targets(rng, 7), logits(rng, 7)
    weights = [(3.0, 1.0), (1.0, 0.3), (2.5, 7.0)]
    expected = np.array(weights) @ losses(*scores, truth)
    assert_close(student.losses_of_logits("listed", weights, *scores, truth), expected, rtol=1e-3, hint=ONCE, what="losses for three pairs of weights")


def test_weight_of_zero(student, rng):
    """A weight of zero takes an output out of the loss."""
    truth, scores = targets(rng, 7), logits(rng, 7)
    weights = [(0.0, 1.5), (0.8, 0.0)]
    expected = np.array(weights) @ losses(*scores, truth)
    assert_close(student.losses_of_logits("listed", weights, *scores, truth), expected, rtol=1e-3, hint=ONCE, what="losses without one output")


def test_large_logits(student, rng):
    """A sure mistake costs as much as its logit is large: nothing is cut off on the way."""
    truth = targets(rng, 6)
    priority = 60.0 * (1 - 2 * truth["priority"])
    department = np.full((6, 4), -45.0)
    department[np.arange(6), (truth["department"] + 1) % 4] = 45.0
    got = student.losses_of_logits("listed", [(1.0, 0.0), (0.0, 1.0)], priority, department, truth)
    assert_close(got, losses(priority, department, truth), rtol=1e-3, hint=LOGITS, what="losses of sure mistakes")


@weight(2)
def test_losses_by_name(student, rng):
    """The losses find their outputs by name, in whatever order a model lists them."""
    truth, scores = targets(rng, 5), logits(rng, 5)
    expected = np.dot((0.7, 4.0), losses(*scores, truth))
    for kind in ("reversed", "dict"):
        got = student.loss_of_logits(kind, (0.7, 4.0), *scores, {name: truth[name] for name in truth})
        assert_close(got, expected, rtol=1e-3, hint=NAMES, what=f"loss of a model whose outputs are {kind}")


def test_data_by_name_by_order_and_as_dataset(student, rng):
    """The compiled model takes data by name, by order, and as a dataset, with a short last batch."""
    inputs, truth = tickets(rng, 7), targets(rng, 7)
    got = student.evaluated(SIZES, (1.3, 0.4), inputs, truth, batch_size=4)
    priority, department = (as_array(got["outputs"][name], what=name) for name in ("priority", "department"))
    expected = np.dot((1.3, 0.4), losses(priority, department, truth))
    for way, loss in got["losses"].items():
        assert_close(loss, expected, rtol=1e-3, hint=NAMES, what=f"loss of data {way}")


def test_updates(student, rng):
    """The model's optimizer lowers the loss, and moves both heads."""
    got = student.updated(SIZES, (1.0, 1.0), tickets(rng, 12), targets(rng, 12), steps=5)
    before, *_, after = as_array(get(got, "losses"), what="losses")
    hint = "Compile with an optimizer and a learning rate that lowers the loss: 0.01 for Adam."
    check(bool(after < before), hint=hint, what="loss lower after five updates")
    assert_between(list(get(got, "moved").values()), 1e-6, np.inf, hint=hint, what="how far the heads moved")


@pytest.mark.gpu
def test_trains_tickets(student):
    """A small router that it has compiled learns to route held-out tickets."""
    with np.load(Path(__file__).parents[3] / "assignments" / "functional_api" / "data" / "tickets.npz") as data:
        inputs = {"title": data["title"].astype("int32"), "body": data["body"].astype("int32"), "tags": data["tags"].astype("float32")}
        truth = {"priority": data["priority"].astype("float32")[:, None], "department": data["department"].astype("int32")}
        sizes = [len(data[name]) for name in ("words", "tag_names", "department_names")]
    train, held_out = ({name: values[part] for name, values in inputs.items()} for part in (slice(800), slice(800, None)))
    got = student.compiled_and_trained(sizes, (1.0, 1.0), train, {name: values[:800] for name, values in truth.items()}, held_out, epochs=20)
    departments = as_array(get(got, "department"), what="department").argmax(axis=1) == truth["department"][800:]
    urgent = (as_array(get(got, "priority"), what="priority") > 0) == (truth["priority"][800:] > 0)
    hint = "The learning rate must get there in twenty epochs of 25 batches: 0.01 for Adam."
    assert_between(departments.mean(), 0.75, 1, hint=hint, what="share of held-out tickets with the right department")
    assert_between(urgent.mean(), 2 / 3, 1, hint=hint, what="share of held-out tickets with the right priority")
