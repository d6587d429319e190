"""Makes `data/returns.npz`: thirty years of monthly returns of a hundred tickers that never existed.

Each ticker has six characteristics, as ranks within the month (1 to 100, each once). Its betas on three factors are the function
`true_betas` of the first four characteristics, and its return is betas times factors plus noise that is its own. A characteristic has a part that
stays with the ticker for ever (`PERSISTENT` of its variance) and a part that drifts: without the first no fixed portfolio could follow a factor,
without the second nothing would be gained over betas that stand still.

Run it from anywhere; the file is committed. `data/digits.npz` is that of the assignment `vae`.
"""

from pathlib import Path

import numpy as np

MONTHS, TICKERS, CHARACTERISTICS = 360, 100, 6
PERSISTENT, MEMORY = 0.85, 0.9  # share of variance; correlation of the drifting part with last month's
FACTOR_MEAN = np.array([0.9, -0.8, 0.6])  # per cent a month
FACTOR_STD, NOISE_STD = 4.0, 4.0


def true_betas(characteristics):
    """Betas `(..., 3)` of characteristics `(..., 6)` from -1 to 1; the notebook has the same function."""
    z = np.moveaxis(characteristics, -1, 0)
    return np.stack([3 * z[0] ** 2 - 1, 3 * z[1] * z[2], np.tanh(3 * z[3])], axis=-1)


def simulate(random):
    """Ranks `(T, N, P)`, factors `(T, K)` and returns `(T, N)`, the latter two in per cent a month."""
    stays = random.normal(size=(TICKERS, CHARACTERISTICS))
    drifts = random.normal(size=(MONTHS, TICKERS, CHARACTERISTICS))
    for month in range(1, MONTHS):
        drifts[month] = MEMORY * drifts[month - 1] + np.sqrt(1 - MEMORY**2) * drifts[month]
    values = np.sqrt(PERSISTENT) * stays + np.sqrt(1 - PERSISTENT) * drifts
    ranks = values.argsort(axis=1).argsort(axis=1) + 1
    factors = FACTOR_MEAN + FACTOR_STD * random.normal(size=(MONTHS, len(FACTOR_MEAN)))
    betas = true_betas(2 * ranks / (TICKERS + 1) - 1)
    returns = np.einsum("tnk,tk->tn", betas, factors) + NOISE_STD * random.normal(size=(MONTHS, TICKERS))
    return ranks, factors, returns


if __name__ == "__main__":
    ranks, factors, returns = simulate(np.random.default_rng(0))
    np.savez_compressed(
        Path(__file__).parent / "data" / "returns.npz",
        ranks=ranks.astype(np.uint8),
        factors=factors.astype(np.float32),
        returns=returns.astype(np.float16),
    )
