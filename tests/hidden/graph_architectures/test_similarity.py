"""How the two sequences are compared is free; that they are, by one LSTM and without regard to their order, shows in the output."""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, check, question, visible, weight

pytestmark = question("similarity")

TIMESTEPS, FEATURES = 3, 5


def sequences(rng, count):
    return rng.normal(size=(count, TIMESTEPS, FEATURES))


def scores(student, a, b, factor=1):
    """One number for each pair."""
    got = as_array(student.similarities(a, b, factor), what="output")
    assert_shape(got, (len(a), 1), hint="One number for each pair: shape (B, 1).", what="output")
    return got[:, 0]


def step(student, swapped=False):
    """The outputs and weights after a step of training on pairs that one order of the two sequences explains."""
    random = np.random.default_rng(6)
    a, b, targets = sequences(random, 8), sequences(random, 8), random.integers(0, 2, size=(8, 1))
    pair = (b, a) if swapped else (a, b)
    return student.similarity_step(*pair, targets=targets, learning_rate=0.5)


@visible
def test_one_probability(student, rng):
    """Each pair gets one number from 0 to 1, for batches of any size, whatever the weights are."""
    hint = "One unit with a sigmoid at the end: shape (B, 1), values from 0 to 1."
    got = student.similarity_shapes(TIMESTEPS, FEATURES, [1])["outputs"]
    assert_equal(got, [[1, 1]], hint=hint, what="shapes of the outputs")
    assert_between(scores(student, sequences(rng, 20), sequences(rng, 20), factor=20), 0, 1, hint=hint, what="outputs under large weights")


@weight(2)
def test_symmetric(student, rng):
    """Swapping the two sequences changes nothing, whatever the weights are."""
    a, b = sequences(rng, 12), sequences(rng, 12)
    got = scores(student, np.concatenate([a, b]), np.concatenate([b, a]))
    hint = "One LSTM reads both, and what joins its two results does not care for their order."
    assert_differs(got[:12], np.full(12, got[0]), at_least=1e-5, hint="The output depends on the two sequences.", what="outputs of twelve pairs")
    assert_close(got[12:], got[:12], rtol=1e-5, atol=1e-6, hint=hint, what="f(b, a) beside f(a, b)")


def test_one_lstm(student):
    """There is one LSTM of 32 units, and no other recurrent layer."""
    shapes = [tuple(shape) for shape in student.similarity_shapes(TIMESTEPS, FEATURES, [])["weights"]]
    hint = "Make one LSTM of 32 units and call it twice: on one sequence, then on the other."
    readers = [shape for shape in shapes if len(shape) == 2 and shape[0] == FEATURES]
    assert_equal(readers, [(FEATURES, 128)], hint=hint, what="kernels that read a sequence")
    check((32, 128) in shapes, hint=hint, what="a recurrent kernel of an LSTM of 32 units")


@weight(2)
def test_symmetric_after_training(student):
    """After training on pairs in one order it is still symmetric, and it learned the same as from the other order."""
    got, other = step(student), step(student, swapped=True)
    hint = "One LSTM, not two that start alike: what it learns from one sequence serves the other."
    check(all(got["moved"]) and len(got["moved"]) >= 3, hint="Every weight is on the way to the output, and trainable.", what="every weight moved")
    assert_close(got["back"], got["forth"], rtol=1e-5, atol=1e-6, hint=hint, what="f(b, a) beside f(a, b), after training")
    for one, two in zip(got["weights"], other["weights"]):
        assert_close(one, two, rtol=1e-3, atol=1e-5, hint=hint, what="weights after training in either order")


def test_every_step_counts(student, rng):
    """Each number of either sequence moves the output, and so does the order of the steps."""
    a, b = sequences(rng, 1), sequences(rng, 1)
    one = 4 * np.eye(TIMESTEPS * FEATURES).reshape(-1, TIMESTEPS, FEATURES)
    each = np.concatenate([one, -one])  # far to either side, so that a small influence shows in float32 too
    many = len(each)
    first = np.concatenate([a, a + each, np.repeat(a, many, axis=0), (a + each)[:, ::-1]])
    second = np.concatenate([b, np.repeat(b, many, axis=0), b + each, np.repeat(b, many, axis=0)])
    plain, *moved = np.split(scores(student, first, second), [1, 1 + many, 1 + 2 * many])
    hint = "The LSTM reads every step of both sequences, one after another."
    for influence, name in zip(moved, ["first", "second"]):
        largest = np.abs(influence - plain).reshape(2, -1).max(axis=0)
        assert_between(largest, 1e-7, np.inf, hint=hint, what=f"influence of each number of the {name} sequence")
    assert_differs(moved[2], moved[0], at_least=1e-6, hint=hint, what="outputs for the steps in another order")


@weight(2)
def test_compares(student, rng):
    """What one sequence tells depends on the other, and is told after reading: the two are not mixed before the LSTM."""
    a, b, c, d = (sequences(rng, 10) for _ in range(4))
    p = np.clip(scores(student, np.concatenate([a, c, a, c]), np.concatenate([b, d, d, b])), 1e-9, 1 - 1e-7)
    ab, cd, ad, cb = np.split(np.log(p / (1 - p)), 4)
    hint = "A number for one sequence plus a number for the other compares nothing: join u and v by a difference or a product, say."
    assert_between(np.abs(ab + cd - ad - cb).max(), 1e-4, np.inf, hint=hint, what="what a pair tells beyond its two sequences")
    shift = 0.5 * c
    got = scores(student, np.concatenate([a, a + shift, a + shift, 2 * a]), np.concatenate([b, b - shift, b + shift, b / 2]))
    plain, against, along, scaled = np.split(got, 4)
    hint = "Each sequence is read alone: the LSTM sees neither their sum, nor their difference, nor their product."
    for moved, what in [(against, "sum"), (along, "difference"), (scaled, "product")]:
        assert_differs(plain, moved, at_least=1e-6, hint=hint, what=f"outputs of pairs with one {what}")


def pairs_of_digits(rng, rows, count):
    """Pairs of real digits, every other one of the same kind: first, second, and 1 for the same."""
    folder = next(parent for parent in Path(__file__).parents if (parent / "assignments").is_dir()) / "assignments" / "graph_architectures" / "data"
    with np.load(folder / "digits.npz") as digits:
        images, labels = digits["images"][rows] / 16.0, digits["labels"][rows]
    first, same = rng.integers(len(images), size=count), np.arange(count) % 2 == 0
    second = [rng.choice(np.flatnonzero((labels == labels[i]) == match)) for i, match in zip(first, same)]
    return (images[first], images[second]), np.float64(same)[:, None]


@pytest.mark.gpu
@weight(2)
def test_learns_pairs_of_digits(student, rng):
    """Trained on pairs of digits, it judges most held-out pairs rightly, in both orders alike."""
    pairs, same = pairs_of_digits(rng, slice(0, 1500), 6000)
    held_out, truth = pairs_of_digits(rng, slice(1500, None), 1000)
    got = student.similarity_trained(pairs, same, held_out, epochs=12)
    forth, back = (as_array(each, what="outputs") for each in got)
    hint = "Compare what the LSTM makes of the two, number by number, and let a Dense layer weigh it."
    right = np.mean((forth > 0.5) == (truth > 0.5))
    assert_between(right, 0.75, 1, hint=hint, what="share of pairs judged rightly")
    assert_close(back, forth, rtol=1e-4, atol=1e-5, hint="One LSTM for both, and a comparison without an order.", what="f(b, a) beside f(a, b), after training")
