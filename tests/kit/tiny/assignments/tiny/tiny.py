# %% [raw]
# # ASSIGNMENT CONFIG
# name: tiny

# %% [markdown]
# # Tiny

# %%
import json
from pathlib import Path

import numpy as np
import otter

grader = otter.Notebook("tiny.ipynb")

# %%
numbers = json.loads(Path("data/numbers.json").read_text())

# %% [raw]
# # BEGIN QUESTION
# name: total

# %% [markdown]
# ## 1 · A sum

# %% [raw]
# # BEGIN SOLUTION


# %%
def total(values):
    """The sum of an array of shape `(N,)`, a float."""
    # BEGIN SOLUTION NO PROMPT
    running_sum = np.sum(values)
    return float(running_sum)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Add them up.
    raise NotImplementedError("total is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Right."
failure_message: "Expected: the sum."
""" # END TEST CONFIG


def test_sum(total):
    assert total([1, 2]) == 3, f"1 + 2 is 3; yours is {total([1, 2])}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% tags=["demo"]
raise SystemExit("a demo cell ran")

# %% [raw]
# # BEGIN QUESTION
# name: scale

# %% [raw]
# # BEGIN SOLUTION


# %%
class Scale:
    """`Scale(factor)(values)` is the sum of `values`, of shape `(N,)`, times `factor`."""

    def __init__(self, factor):
        self.factor = factor

    def __call__(self, values):
        return self.factor * total(values)  # SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_scale(Scale):
    assert Scale(2)([1, 2]) == 6


# %%
# HIDDEN
def test_secret(Scale):
    secret_number = 4711
    assert Scale(secret_number)([1]) == secret_number


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
