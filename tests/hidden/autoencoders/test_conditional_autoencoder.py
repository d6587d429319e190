"""The model is known by its inputs' names and the two layers that show betas and factors; everything else is behaviour.

Numbers of tickers, characteristics, hidden units and factors are all different, and so is the number of months.
"""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, check, get, question, visible, weight

pytestmark = question("conditional_autoencoder")

MONTHS, TICKERS, CHARACTERISTICS, HIDDEN, FACTORS = 5, 7, 4, 26, 3  # 26 units: none is awake by chance once in 10^7
SIZES = (TICKERS, CHARACTERISTICS, HIDDEN, FACTORS)
ONE_UNIT = (TICKERS, CHARACTERISTICS, 1, 12)
_rng = np.random.default_rng(7)
KNOWN, RETURNS = _rng.normal(size=(MONTHS, TICKERS, CHARACTERISTICS)), 3 * _rng.normal(size=(MONTHS, TICKERS)) + 1


def explained(student, characteristics=KNOWN, returns=RETURNS, **how):
    """Betas, factors and explained returns, as arrays of the right shapes."""
    got = student.explain(SIZES, characteristics, returns, **how)["calls"][-1]
    months = len(returns)
    shapes = {"betas": (months, TICKERS, FACTORS), "factors": (months, FACTORS), "explained": (months, TICKERS)}
    for name, shape in shapes.items():
        assert_shape(got[name], shape, hint="Betas (B, N, K), factors (B, K), explained returns (B, N).", what=name)
    return {name: as_array(got[name], what=name) for name in shapes}


def known(shape, wanted):
    """A shape as built, where a size that the model learns only at run time counts as right: other tests see it run."""
    return [size if got is None else got for got, size in zip(shape, wanted)] + shape[len(wanted) :]


@visible
def test_names_and_shapes(student):
    """Inputs, betas, factors and output have their names and shapes, for any sizes."""
    for tickers, characteristics, hidden, factors in [SIZES, (4, 6, 5, 2)]:
        got = student.factor_model_shapes((tickers, characteristics, hidden, factors))
        hint = "Names and shapes stand in the table: nothing may be fixed to the sizes of the notebook's data."
        wanted = {"input_beta": [None, tickers, characteristics], "input_factor": [None, tickers]}
        assert_equal(got["inputs"], wanted, hint=hint, what="inputs")
        check(len(got["outputs"]) == 1, hint="The model has one output: the explained returns.", what="one output")
        for name, shape, end in [("betas", got["betas"], [tickers, factors]), ("factors", got["factors"], [factors]), ("output", got["outputs"][0], [tickers])]:
            assert_equal(known(shape, [None, *end]), [None, *end], hint=hint, what=f"shape of {name}")


@weight(3)
def test_one_ticker_moves_its_own_betas(student):
    """With training=False, moving a ticker's characteristics in a month moves its own betas of this month, and no others."""
    before = explained(student)["betas"]
    for month, ticker in [(0, 0), (3, 5), (4, 6)]:
        moved = KNOWN.copy()
        moved[month, ticker] += [1.5, -1.0, 2.0, 0.5]
        change = np.abs(explained(student, moved)["betas"] - before).max(axis=2)
        own, change[month, ticker] = change[month, ticker], 0
        assert_between(own, 1e-4, np.inf, hint="A ticker's betas come from its characteristics.", what="change of the ticker's own betas")
        hint = "Thread the layers over the tickers: each sees one ticker's characteristics at a time, in inference no other's."
        assert_close(change, np.zeros((MONTHS, TICKERS)), hint=hint, what="change of all other betas")


def test_every_characteristic_counts(student):
    """Each characteristic has a say in the betas."""
    before = explained(student)["betas"]
    for which in range(CHARACTERISTICS):
        moved = KNOWN.copy()
        moved[:, :, which] += 1.0
        hint = "Every characteristic goes in."
        assert_differs(explained(student, moved)["betas"], before, at_least=1e-3, hint=hint, what=f"betas after moving characteristic {which}")


@weight(2)
def test_same_network_for_all(student):
    """Equal characteristics give equal betas, whatever the ticker's place."""
    order = np.array([3, 0, 6, 5, 1, 2, 4])
    hint = "One network for all tickers: what stands at place 3 of the betas depends on no place."
    for training in (False, True):
        straight, shuffled = (explained(student, z, training=training)["betas"] for z in (KNOWN, KNOWN[:, order]))
        assert_close(shuffled, straight[:, order], rtol=1e-3, atol=1e-4, hint=hint, what=f"betas of tickers in another order, training={training}")


@weight(2)
def test_size(student):
    """The left side is as large for many tickers as for few, and as wide as it was asked to be."""
    few, many, wider = student.sizes_of_parts([SIZES, (11, *SIZES[1:]), (TICKERS, CHARACTERISTICS, HIDDEN + 2, FACTORS)])
    hint = "The left side's weights are the same for each ticker, however many there are."
    assert_equal(many["betas"], few["betas"], hint=hint, what="weights behind the betas")
    # Each unit has a weight for each characteristic and factor, a bias, a stored mean and variance, and at most a learned scale and shift.
    lowest, highest = CHARACTERISTICS + FACTORS + 3, CHARACTERISTICS + FACTORS + 5
    hint = "One hidden layer of hidden_units with a bias, and these units normalized: what else grows with their number, or does not?"
    each = (wider["betas"] - few["betas"]) / 2
    assert_between(each, lowest, highest, hint=hint, what="weights that one more hidden unit brings")
    # Beyond the hidden units, the betas have one bias each.
    rest = few["betas"] - HIDDEN * each
    assert_between(rest, 0, FACTORS, hint="Nothing lies between the normalized hidden units and the betas but one layer.", what="other weights")
    hint = "Factors are made by one layer: a weight for each ticker and factor, and a bias if you like."
    assert_between(few["factors"], TICKERS * FACTORS, TICKERS * FACTORS + FACTORS, hint=hint, what="weights behind the factors")
    hint = "Betas times factors, and nothing else: which weights belong to neither side?"
    assert_equal(few["model"], few["betas"] + few["factors"], hint=hint, what="weights of the model")
    hint = "Only the stored mean and variance of each hidden unit do not train."
    assert_equal(few["trained"], few["model"] - 2 * HIDDEN, hint=hint, what="trainable weights of the model")


def test_betas_times_factors(student):
    """Explained returns are the sum over factors of beta times factor, in training and in inference."""
    for training in (False, True):
        got = explained(student, training=training)
        product = np.einsum("bnk,bk->bn", got["betas"], got["factors"])
        hint = "Multiply each ticker's betas with its own month's factors, and sum over the factors."
        assert_close(got["explained"], product, rtol=1e-3, atol=1e-4, hint=hint, what="explained returns")


@weight(2)
def test_factors_are_linear(student):
    """Factors are linear in the returns of all tickers, and know nothing of characteristics."""
    zero, once, scaled = (explained(student, returns=c * RETURNS)["factors"] for c in (0, 1, -40))
    hint = "Each factor is a portfolio: a weighted sum of returns, with no activation."
    assert_close(scaled - zero, -40 * (once - zero), rtol=1e-3, atol=1e-3, hint=hint, what="factors of returns times -40")
    assert_close(explained(student, -KNOWN)["factors"], once, hint="Factors come from returns alone.", what="factors under other characteristics")
    for ticker in range(TICKERS):
        moved = RETURNS.copy()
        moved[2, ticker] += 2.0
        change = np.abs(explained(student, returns=moved)["factors"] - once)
        assert_between(change[2].max(), 1e-4, np.inf, hint="Every ticker's return goes in.", what=f"change of factors by ticker {ticker}")
        others = np.delete(change, 2, axis=0)
        assert_close(others, np.zeros_like(others), hint="A month's factors come from this month's returns.", what="change of other months' factors")


def test_betas_know_no_returns(student):
    """Betas do not depend on the returns: they are known before the month begins."""
    hint = "Whatever comes in by input_factor must not reach the betas."
    assert_close(explained(student, returns=-RETURNS)["betas"], explained(student)["betas"], hint=hint, what="betas under other returns")


def test_betas_bend(student):
    """Betas are no linear function of the characteristics, and have no bounds."""
    zero, there, back, thrice = (explained(student, c * KNOWN)["betas"] for c in (0, 1, -1, 3))
    assert_differs(there + back, 2 * zero, at_least=0.01, hint="Without an activation in the hidden layer betas are linear.", what="betas of z and -z together")
    hint = "Without a bias every hidden unit has its kink at the same place, where all characteristics are 0."
    assert_differs(thrice - zero, 3 * (there - zero), at_least=0.01, hint=hint, what="betas of 3z, and three times the betas of z")
    far = explained(student, 1000 * KNOWN)["betas"]
    hint = "A beta may be any number, of either sign: look at what comes last on its way."
    assert_between(far.min(), -np.inf, -40, hint=hint, what="smallest beta of very large characteristics")
    assert_between(far.max(), 40, np.inf, hint=hint, what="largest beta of very large characteristics")
    hint = "The hidden layer is a ReLU: far out, betas grow as fast as the characteristics."
    assert_close(explained(student, 2000 * KNOWN)["betas"] - far, far - zero, rtol=0.02, atol=3.0, hint=hint, what="growth of betas")


def test_one_hidden_unit(student):
    """A single hidden unit shows what it is: a ReLU, of which the betas are linear functions."""
    betas = student.explain(ONE_UNIT, KNOWN, RETURNS)["calls"][0]["betas"]
    assert_shape(betas, (MONTHS, TICKERS, ONE_UNIT[3]), hint="Betas have the shape (B, N, K).", what="betas")
    assert_between(betas, -np.inf, np.inf, hint="Betas are finite numbers.", what="betas")
    betas = as_array(betas).reshape(-1, ONE_UNIT[3])
    spread = np.linalg.svd(betas - betas.mean(axis=0), compute_uv=False)
    hint = "Betas are made of the hidden units by one layer without activation: one unit moves them along a line."
    assert_between(spread[1], -np.inf, 1e-4 * spread[0], hint=hint, what="how far the betas are from a line")
    widest = betas[:, np.argmax(np.ptp(betas, axis=0))]
    off = max(np.sum(np.abs(widest - end) <= 1e-5 * np.ptp(widest)) for end in (widest.min(), widest.max()))
    hint = "A ReLU is exactly zero for about half of what it sees."
    assert_between(off, 5, np.inf, hint=hint, what="tickers and months for which the unit is off")


def test_batch_norm(student):
    """Batch normalization uses the batch while training, and what it has stored afterwards."""
    in_use, stored = (student.explain(SIZES, KNOWN, RETURNS, training=flag, calls=2) for flag in (True, False))
    hint = "Batch normalization of the hidden units: used with the batch's numbers in training, and only then."
    check(get(in_use, "stored_numbers") >= 2, hint=hint, what="a stored mean and variance")
    check(not get(in_use, "stored_numbers_stay"), hint=hint, what="stored numbers move in training")
    check(get(stored, "stored_numbers_stay"), hint=hint, what="stored numbers stay in inference")
    unsaid = explained(student, training=None)["betas"]
    assert_close(unsaid, stored["calls"][0]["betas"], hint="A model that is called without a word about training does not train.", what="betas of a plain call")
    assert_close(in_use["calls"][0]["betas"], in_use["calls"][1]["betas"], hint="In training nothing is random here.", what="betas of two calls in training")
    large, small = (explained(student, KNOWN * c, training=True)["betas"] for c in (1000, 2000))
    hint = "In training the normalized units do not grow with the characteristics: what is normalized, and along which axis?"
    assert_close(small, large, rtol=0.01, atol=0.01, hint=hint, what="betas in training, of large and of twice as large characteristics")
    moved = KNOWN.copy()
    moved[1, 2] += 3.0
    change = np.abs(explained(student, moved, training=True)["betas"] - explained(student, training=True)["betas"]).max(axis=2)
    hint = "Mean and variance are taken over all tickers and all months of a batch."
    assert_between(change, 1e-6, np.inf, hint=hint, what="change of each beta in training when one ticker moves")


def test_all_weights_learn(student):
    """Every trainable weight has a gradient, and both sides have weights."""
    got = student.factor_model_gradients(SIZES, KNOWN, RETURNS, RETURNS)
    check(len(got) >= 4, hint="Both sides have weights, and they must be trainable.", what="at least 4 trainable weights")
    assert_between(got, 1e-9, np.inf, hint="Is there a layer whose output nobody uses?", what="largest gradient of each weight")


@pytest.mark.gpu
@weight(3)
def test_near_the_attainable(student):
    """Trained on simulated returns, it comes within 0.05 of the attainable total R² on held-out months."""
    with np.load(Path(__file__).parents[3] / "assignments" / "autoencoders" / "data" / "returns.npz") as market:
        z, returns = 2 * market["ranks"] / (market["ranks"].shape[1] + 1.0) - 1, market["returns"].astype(float)
    betas = np.stack([3 * z[..., 0] ** 2 - 1, 3 * z[..., 1] * z[..., 2], np.tanh(3 * z[..., 3])], axis=-1)
    best = np.stack([month @ np.linalg.lstsq(month, r, rcond=None)[0] for month, r in zip(betas[240:], returns[240:])])
    for _ in range(4):
        got = student.train_factor_model(z.astype("float32"), returns.astype("float32"), 240, 32, 3, epochs=25, of_epochs=100)
    got = as_array(got, what="explained returns")
    assert_shape(got, returns.shape, hint="One number for each month and ticker.", what="explained returns")
    attainable, reached = (1 - ((returns[240:] - guess) ** 2).sum() / (returns[240:] ** 2).sum() for guess in (best, got[240:]))
    hint = "Trained as in the notebook, the model comes close to the best: is anything missing on its left side?"
    assert_between(attainable - reached, -0.05, 0.05, hint=hint, what="attainable R² less the R² reached")
