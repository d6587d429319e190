import numpy as np

from gradetape.suite import as_array, assert_close, assert_differs, assert_shape, get, question, visible

pytestmark = question("huber")

FORMULA = "Quadratic up to delta, a straight line beyond, and a mean over the targets of each example."
EXAMPLES = "Return one loss for each example, and leave the mean over the batch to Keras."


def huber(y_true, y_pred, delta):
    """½e² up to delta; the rest of the way at slope delta."""
    size = np.abs(y_true - y_pred)
    inside = np.minimum(size, delta)
    return (inside**2 / 2 + delta * (size - inside)).mean(axis=1)


def some_errors(rng, shape, delta):
    """Targets and predictions with errors on both sides of zero and of delta."""
    y_true = rng.normal(size=shape)
    sizes = np.linspace(0.1, 3, int(np.prod(shape))) * delta
    return y_true, y_true + (rng.permutation(sizes) * rng.choice([-1, 1], sizes.shape)).reshape(shape)


@visible
def test_matches_formula(student, rng):
    """Small errors cost their half square, large ones a straight line, for any delta."""
    for delta in (0.3, 1.0, 4.0):
        y_true, y_pred = some_errors(rng, (6, 1), delta)
        assert_close(student.losses(y_true, y_pred, delta), huber(y_true, y_pred, delta), hint=FORMULA, what=f"losses for delta = {delta}")


def test_mean_over_targets(student, rng):
    """With several targets, an example's loss is their mean."""
    y_true, y_pred = some_errors(rng, (5, 3), 0.7)
    assert_close(student.losses(y_true, y_pred, 0.7), huber(y_true, y_pred, 0.7), hint=FORMULA, what="losses of three targets each")


def test_examples_stay_apart(student, rng):
    """A change to one example moves that example's loss and no other."""
    y_true, y_pred = some_errors(rng, (4, 3), 1.5)
    other = y_pred.copy()
    other[2] += 5
    before, after = (as_array(student.losses(y_true, predicted, 1.5)) for predicted in (y_pred, other))
    assert_shape(before, (4,), hint=EXAMPLES, what="losses")
    assert_shape(after, (4,), hint=EXAMPLES, what="losses")
    rest = [0, 1, 3]
    assert_close(after[rest], before[rest], hint=EXAMPLES, what="the other losses")
    assert_differs(after[2:3], before[2:3], at_least=0.1, hint="A large error must cost more than a small one.", what="the changed loss")


def test_in_a_graph(student, rng):
    """In a graph of unknown batch size: the same losses, and gradients no larger than delta."""
    y_true, y_pred = some_errors(rng, (7, 2), 0.8)
    upstream = rng.uniform(0.5, 2, size=7)
    got = student.losses_in_a_graph(y_true, y_pred, 0.8, upstream)
    hint = "Stay with operations that work on whole tensors and can be differentiated."
    assert_close(get(got, "losses"), huber(y_true, y_pred, 0.8), hint=hint, what="losses in a graph")
    gradient = upstream[:, None] * np.clip(y_pred - y_true, -0.8, 0.8) / 2
    assert_close(got.get("gradient"), gradient, hint=hint, what="gradient")


def test_sample_weights(student, rng):
    """In a compiled model each example's weight multiplies that example's loss."""
    y_true, y_pred = some_errors(rng, (5, 2), 1.2)
    weights = np.array([0.0, 3, 0.5, 1, 0])
    expected = np.sum(weights * huber(y_true, y_pred, 1.2)) / 5
    assert_close(student.weighted_loss(y_true, y_pred, 1.2, weights), expected, hint=EXAMPLES, what="weighted loss")
