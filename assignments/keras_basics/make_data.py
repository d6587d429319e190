"""Makes `data/diabetes_*.csv` from scikit-learn's bundled diabetes data (442 real patients, Efron et al. 2004).

Run it where scikit-learn is installed; the files are committed, so that students and graders need neither. The rows
are shuffled once and cut into three training files of uneven length, none a multiple of a common batch size, and one
file that is held out. Features are standardised with the training rows' mean and deviation; the target stays as it
is, a measure of how far the disease has come after one year (25 to 346).
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_diabetes

FILES = {"diabetes_1.csv": 131, "diabetes_2.csv": 90, "diabetes_3.csv": 101, "diabetes_held_out.csv": 120}

diabetes = load_diabetes(scaled=False)
order = np.random.default_rng(0).permutation(len(diabetes.target))
features, target = diabetes.data[order], diabetes.target[order]
training = sum(list(FILES.values())[:3])
features = (features - features[:training].mean(axis=0)) / features[:training].std(axis=0)

header = ",".join([*diabetes.feature_names, "progression"])
start = 0
for name, rows in FILES.items():
    table = np.column_stack([features, target])[start : start + rows]
    np.savetxt(Path(__file__).parent / "data" / name, table, fmt=["%.5f"] * 10 + ["%.0f"], delimiter=",", header=header, comments="")
    start += rows
