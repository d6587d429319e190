"""What moves when one thing is changed, under drawn weights. Which layers lie between inputs and outputs is left open."""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, assert_shape, check, get, question, visible, weight

pytestmark = question("ticket_router")

SIZES = (41, 5, 3)  # words, tags, departments
LENGTHS = {"title": 4, "body": 7}
OUTPUTS = ["priority", "department"]
BOTH = "Both outputs are made from everything that was read: title, body and tags, joined."


def tickets(rng, count, title=4, body=7):
    return {
        "title": rng.integers(1, 41, size=(count, title)).astype("int32"),
        "body": rng.integers(1, 41, size=(count, body)).astype("int32"),
        "tags": rng.integers(0, 2, size=(count, 5)).astype("float32"),
    }


@visible
def test_two_outputs_by_name(student, rng):
    """Each ticket gets one priority and one score for each department, by name."""
    got = student.route(SIZES, tickets(rng, 6))
    assert_equal(sorted(got), sorted(OUTPUTS), hint="The layers that make the outputs are called priority and department.", what="names of the outputs")
    assert_shape(got["priority"], (6, 1), hint="One number for the priority.", what="priority")
    assert_shape(got["department"], (6, 3), hint="One number for each department.", what="department")


def test_by_name_by_order_and_alone(student, rng):
    """Inputs may come as a dict or as the list [title, body, tags], and a ticket may come alone."""
    got = student.route_in_two_ways(SIZES, tickets(rng, 6))
    for output, width in zip(OUTPUTS, (1, 3)):
        by_name, by_order, alone = (get(get(got, way), output) for way in ("by name", "by order", "alone"))
        assert_shape(by_name, (6, width), hint="One row for each ticket.", what=output)
        assert_close(by_order, by_name, hint="The model's inputs are a list: title, body, tags.", what=f"{output} of a list of inputs")
        assert_close(alone, by_name[1:2], hint="Nothing in the model may mix the tickets of a batch.", what=f"{output} of a ticket alone")


def test_any_length(student, rng):
    """Title and body may have any length, each its own, from one word upward."""
    for title, body in [(1, 1), (9, 2), (2, 30)]:
        got = student.route(SIZES, tickets(rng, 2, title, body))
        assert_shape(get(got, "priority"), (2, 1), hint="Leave the number of words open.", what="priority")
        assert_shape(get(got, "department"), (2, 3), hint="Leave the number of words open.", what="department")


def changes(rng, count=12):
    """Tickets, and for each word and tag the same tickets with only that changed; and what was changed in each block of rows."""
    before = tickets(rng, count)
    blocks, what = [before], [("nothing", 0)]
    for name, values in before.items():
        for position in range(values.shape[1]):
            other = {key: value.copy() for key, value in before.items()}
            other[name][:, position] = 1 - values[:, position] if name == "tags" else values[:, position] % 40 + 1
            blocks.append(other)
            what.append((name, position))
    return {key: np.concatenate([block[key] for block in blocks]) for key in before}, what


def moved(student, rng):
    """For each output: how far it moved, at most, for each word and tag that was changed."""
    rows, what = changes(rng)
    got = student.route(SIZES, rows)
    found = {}
    for output, width in zip(OUTPUTS, (1, 3)):
        values = as_array(get(got, output), what=output)
        assert_shape(values, (len(rows["tags"]), width), hint="One row for each ticket.", what=output)
        blocks = values.reshape(len(what), -1)
        found[output] = dict(zip(what, np.abs(blocks - blocks[0]).max(axis=1)))
    return found


@weight(2)
def test_priority_depends_on_every_input(student, rng):
    """The priority moves with the title, with the body and with the tags."""
    found = moved(student, rng)["priority"]
    for name in ("title", "body", "tags"):
        most = max(far for (changed, _), far in found.items() if changed == name)
        check(most > 3e-5, hint=BOTH, what=f"priority moved by a change of the {name}")


@weight(2)
def test_department_depends_on_every_input(student, rng):
    """The department moves with the title, with the body and with the tags."""
    found = moved(student, rng)["department"]
    for name in ("title", "body", "tags"):
        most = max(far for (changed, _), far in found.items() if changed == name)
        check(most > 3e-5, hint=BOTH, what=f"department moved by a change of the {name}")


def test_every_word_and_tag_counts(student, rng):
    """Each word, wherever it stands, and each tag moves both outputs."""
    for output, found in moved(student, rng).items():
        for (name, position), far in found.items():
            if name != "nothing":
                hint = "Read all words, the first and the last, and all tags."
                check(far > 3e-5, hint=hint, what=f"{output} moved by a change of the {name} at {position}")


@weight(2)
def test_logits(student, rng):
    """Both outputs are logits: any number, negative or large, and no probabilities."""
    # A right output is as likely of either sign in each draw: of one sign in all 22 once in 2^21 = 2e6 times.
    got = student.route_under_many_weights(SIZES, tickets(rng, 8), scale=6.0, draws=22)
    for output in OUTPUTS:
        values = as_array(get(got, output), what=output)
        assert_between(values.min(), -np.inf, -1.5, hint="No activation after the layer that makes an output.", what=f"smallest {output} under large weights")
        assert_between(values.max(), 1.5, np.inf, hint="No activation after the layer that makes an output.", what=f"largest {output} under large weights")


def test_a_loss_for_each_output(student, rng):
    """A dataset of named inputs and targets feeds it, each target against the output of its name."""
    inputs = tickets(rng, 7)
    targets = {"priority": rng.normal(size=(7, 1)).astype("float32"), "department": rng.normal(size=(7, 3)).astype("float32")}
    got = student.router_evaluated(SIZES, inputs, targets, batch_size=4)
    outputs = {name: as_array(get(get(got, "outputs"), name), what=name) for name in OUTPUTS}
    for name, target in targets.items():
        assert_shape(outputs[name], target.shape, hint="One row for each ticket.", what=name)
    squared, absolute = (outputs["priority"] - targets["priority"]) ** 2, np.abs(outputs["department"] - targets["department"])
    hint = "The names of the output layers say which target and which loss belong to them."
    assert_close(get(got, "loss"), squared.mean() + absolute.mean(), rtol=1e-3, hint=hint, what="sum of two losses by name")


@pytest.mark.gpu
@weight(2)
def test_learns_tickets(student):
    """After a real training it routes most tickets that it has not seen."""
    with np.load(Path(__file__).parents[3] / "assignments" / "functional_api" / "data" / "tickets.npz") as data:
        inputs = {"title": data["title"].astype("int32"), "body": data["body"].astype("int32"), "tags": data["tags"].astype("float32")}
        targets = {name: data[name].astype("int32") for name in OUTPUTS}
        sizes = [len(data[name]) for name in ("words", "tag_names", "department_names")]
    train, held_out = ({name: values[part] for name, values in inputs.items()} for part in (slice(800), slice(800, None)))
    got = student.router_trained(sizes, train, {name: values[:800] for name, values in targets.items()}, held_out, epochs=20)
    departments = as_array(get(got, "department"), what="department").argmax(axis=1) == targets["department"][800:]
    urgent = (as_array(get(got, "priority"), what="priority")[:, 0] > 0) == targets["priority"][800:]
    hint = "With words embedded and read, and the tags joined to them, twenty epochs are enough."
    assert_between(departments.mean(), 0.75, 1, hint=hint, what="share of held-out tickets with the right department")
    assert_between(urgent.mean(), 0.75, 1, hint=hint, what="share of held-out tickets with the right priority")
