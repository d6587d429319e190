"""The backbone is a linear one with a known kernel, so that outputs and gradients can be foreseen."""

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, check, question, visible, weight

pytestmark = question("stereo")

SHAPE, FEATURES = (5, 3, 2), 4
LENGTH = 5 * 3 * 2


def case(seed, count=3):
    """Two batches of images, and two sets of weights for the backbone."""
    draw = np.random.default_rng(seed).normal
    left, right = draw(size=(2, count, *SHAPE))
    weights, others = ([draw(size=(LENGTH, FEATURES)), draw(size=FEATURES)] for _ in range(2))
    return left, right, weights, others


def features(left, right, weights, shift=0.0):
    """Those of left, then those of right."""
    kernel, bias = weights
    return np.concatenate([(image.reshape(len(image), -1) + shift) @ kernel + bias for image in (left, right)], axis=-1)


def run(student):
    return student.stereo(*case(1))


@visible
@weight(2)
def test_left_then_right(student):
    """The backbone's features of left come first, then those of right."""
    left, right, weights, _ = case(1)
    hint = "Call the backbone on each image, and join on the last axis, left first."
    assert_close(run(student)["outputs"], features(left, right, weights), rtol=1e-3, atol=1e-4, hint=hint, what="features of both")


def test_one_pair(student):
    """A batch of one pair works as well."""
    left, right, weights, others = case(2, count=1)
    got = student.stereo(left, right, weights, others)["outputs"]
    assert_close(got, features(left, right, weights), rtol=1e-3, atol=1e-4, hint="Leave the batch axis alone.", what="features of one pair")


def test_maps(student, rng):
    """Feature maps are joined on channels, for images of odd size and a backbone that is no chain of layers."""
    left, right = rng.normal(size=(2, 2, 7, 5, 3))
    got = student.stereo_maps(left, right)
    hint = "Call the backbone as a whole, join on the last axis, whatever comes before it, and take the inputs' shape from the backbone."
    assert_equal(got["inputs"], [[None, 7, 5, 3]] * 2, hint=hint, what="shapes of the inputs")
    expected = np.concatenate([as_array(each) for each in got["features"]], axis=-1)
    assert_close(got["outputs"], expected, hint=hint, what="maps of both")


@weight(2)
def test_weights_once(student):
    """The model has the backbone's own weights, each once: new weights in the backbone change the model."""
    left, right, weights, others = case(1)
    got = run(student)
    hint = "Call the backbone itself, twice: a copy has weights of its own."
    assert_equal(sorted(got["weights"]), [[FEATURES], [LENGTH, FEATURES]], hint=hint, what="shapes of the model's weights")
    assert_close(got["with new weights"], features(left, right, others), rtol=1e-3, atol=1e-4, hint=hint, what="features after the backbone got new weights")


@weight(2)
def test_learns_from_both_eyes(student):
    """One step of training moves the backbone by the gradients of both images together."""
    left, right, weights, _ = case(3)
    direction = np.random.default_rng(4).normal(size=(3, 2 * FEATURES))
    after = student.stereo_step(left, right, weights, direction, learning_rate=0.1)
    hint = "The backbone's weights are the model's, and both images reach them."
    check(isinstance(after, list) and len(after) == 2, hint=hint, what="two weights of the backbone")
    sides = zip((left, right), np.split(direction, 2, axis=1))
    gradients = [(image.reshape(3, -1).T @ upstream, upstream.sum(axis=0)) for image, upstream in sides]
    for i, name in enumerate(["kernel", "bias"]):
        expected = weights[i] - 0.1 * (gradients[0][i] + gradients[1][i])
        assert_close(after[i], expected, rtol=1e-3, atol=1e-4, hint=hint, what=f"{name} after one step")


def test_training_is_passed_on(student):
    """In training the backbone is in training, and in use it is not."""
    left, right, weights, _ = case(1)
    hint = "Call the backbone as it is, without a word on training: Keras passes on what the model is told."
    expected = features(left, right, weights, shift=0.5)
    assert_close(run(student)["in training"], expected, rtol=1e-3, atol=1e-4, hint=hint, what="features in training")


def test_frozen_stays_frozen(student):
    """A frozen backbone stays frozen, and one that is free stays free."""
    got = student.stereo_trainable(SHAPE, case(1)[2])
    assert_equal(got, [[2, 2], [0, 0]], hint="Leave the backbone's trainable as it is.", what="trainable weights of backbone and model")


def scenes(rng, count):
    """Two views of a bright bar before a noisy wall, and by how many pixels the left view shifts it."""
    views = rng.uniform(0, 0.3, size=(2, count, 3, 16, 1))
    shifts = rng.integers(0, 6, size=count)
    for i, shift in enumerate(shifts):
        column = rng.integers(0, 8)
        for eye, start in enumerate([column + shift, column]):
            views[eye, i, :, start : start + 3] += 0.7
    return list(views), np.float64(shifts)[:, None]


@pytest.mark.gpu
def test_sees_the_shift(student, rng):
    """Trained on pairs of views, it sees how far a bar is shifted between the eyes."""
    views, shifts = scenes(rng, 1500)
    held_out, truth = scenes(rng, 300)
    got = as_array(student.stereo_trained(views, shifts, held_out, epochs=20), what="predictions")
    hint = "Both images must reach the output, each by its own features, and the backbone must learn."
    assert_between(np.abs(got - truth).mean(), 0, 0.6, hint=hint, what="mean error in pixels; the mean shift is 1.5 off")
