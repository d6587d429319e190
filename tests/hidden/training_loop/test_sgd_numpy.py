import numpy as np

from gradetape.suite import as_array, assert_close, assert_equal, check, get, question, visible

pytestmark = question("sgd_numpy")

STEP = "Against the gradient of the mean squared error: 2/n times the sum of error times input, and of the errors for the bias."
SHORT = "The last batch has fewer rows: its gradient is the mean over the rows that it has."
ROWS = "An epoch's loss is a mean over all its rows, each squared error as it was before its batch's step."


def some_data(rng, rows, columns=3):
    return rng.normal(size=(rows, columns)) + 0.5, rng.normal(size=rows) - 1


def descent(X, y, epochs, batch_size, learning_rate):
    """Gradient descent on one vector of parameters, the bias last."""
    inputs, parameters, losses = np.column_stack([X, np.ones(len(X))]), np.zeros(X.shape[1] + 1), []
    for _ in range(epochs):
        squares = []
        for batch in np.split(np.arange(len(X)), range(batch_size, len(X), batch_size)):
            errors = inputs[batch] @ parameters - y[batch]
            squares.extend(errors**2)
            parameters = parameters - learning_rate * 2 * (errors @ inputs[batch]) / len(batch)
        losses.append(np.mean(squares))
    return parameters, losses


def taken_apart(got):
    """All parameters as one vector, the bias last, and the losses."""
    answer = get(got, "answer")
    check(isinstance(answer, list) and len(answer) == 3, hint="Return three things: the weights, the bias, and the epochs' losses.", what="a triple")
    w, b, losses = (as_array(part, hint="Return numbers: the weights, the bias, and the epochs' losses.") for part in answer)
    check(w.ndim == 1 and b.size == 1, hint="One weight for each column, as a vector, and one number for the bias.", what=f"shapes {w.shape} and {b.shape}")
    return np.append(w, b), losses


@visible
def test_one_step(student, rng):
    """One step from zero goes against the gradient of the mean squared error."""
    X, y = some_data(rng, rows=5)
    parameters, losses = taken_apart(student.fitted(X, y, 1, 5, 0.3))
    gradient = -2 / 5 * np.append(X.T @ y, y.sum())
    assert_close(parameters, -0.3 * gradient, hint=STEP, what="weights and bias")
    assert_close(losses, [np.mean(y**2)], hint=ROWS, what="loss")


def test_short_last_batch(student, rng):
    """A short last batch moves the parameters by the gradient of its own mean."""
    X, y = some_data(rng, rows=11)
    parameters, _ = taken_apart(student.fitted(X, y, 1, 4, 0.1))
    assert_close(parameters, descent(X, y, 1, 4, 0.1)[0], hint=SHORT, what="weights and bias")


def test_loss_is_a_mean_over_rows(student, rng):
    """Where nothing moves, each epoch's loss is the mean of all squared targets."""
    X, y = some_data(rng, rows=10)
    y[9] += 20
    _, losses = taken_apart(student.fitted(X, y, 3, 4, 0.0))
    assert_close(losses, np.full(3, np.mean(y**2)), hint=ROWS, what="losses")


def test_any_batch_size(student, rng):
    """Several epochs in the rows' order, in batches of any size."""
    X, y = some_data(rng, rows=9, columns=4)
    for batch_size in (1, 2, 9, 14):
        parameters, losses = taken_apart(student.fitted(X, y, 4, batch_size, 0.02))
        expected, expected_losses = descent(X, y, 4, batch_size, 0.02)
        hint = "Each epoch takes all rows in the order given, batch after batch, from where the epoch before has stopped."
        assert_close(parameters, expected, hint=hint, what=f"weights and bias, batches of {batch_size}")
        assert_close(losses, expected_losses, hint=ROWS, what=f"losses, batches of {batch_size}")


def test_the_data_stay(student, rng):
    """X and y are the same before and after, and a second call gives the same again."""
    X, y = some_data(rng, rows=6)
    first, again = (student.fitted(X, y, 2, 4, 0.1) for _ in range(2))
    assert_equal([get(first, "X"), get(first, "y")], [X, y], hint="X and y belong to the caller: work on copies, or on new arrays.", what="X and y")
    assert_close(taken_apart(again)[0], taken_apart(first)[0], hint="Each call starts from zero.", what="second call")
