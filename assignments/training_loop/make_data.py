"""Makes the data of this assignment from scikit-learn's bundled sets; the files are committed, so that nobody else needs scikit-learn.

`data/diabetes.npz`: 442 real patients, ten measurements each in their own units (`measurements`, `(442, 10)`, named in `names`),
and how far the disease went on in the year after (`progression`, `(442,)`, a clinical score from 25 to 346).
`data/digits.npz`: 1,797 real 8×8 images with values 0 to 16, and their labels.

The rows of both are shuffled once, since the digits' original order goes writer by writer and a hold-out from its end would be biased.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_diabetes, load_digits

data = Path(__file__).parent / "data"

diabetes = load_diabetes(scaled=False)
order = np.random.default_rng(0).permutation(len(diabetes.target))
np.savez_compressed(
    data / "diabetes.npz",
    measurements=diabetes.data[order].astype(np.float32),
    progression=diabetes.target[order].astype(np.float32),
    names=np.array(diabetes.feature_names),
)

digits = load_digits()
order = np.random.default_rng(0).permutation(len(digits.target))
np.savez_compressed(
    data / "digits.npz",
    images=digits.images[order].astype(np.uint8),
    labels=digits.target[order].astype(np.uint8),
)
