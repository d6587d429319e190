"""Makes `data/digits.npz`: the 1,797 real 8×8 digits that the assignment on variational autoencoders has made from scikit-learn's.

The file is committed; run this from anywhere to make it again.
"""

import shutil
from pathlib import Path

FOLDER = Path(__file__).parent
shutil.copyfile(FOLDER.parent / "vae" / "data" / "digits.npz", FOLDER / "data" / "digits.npz")
