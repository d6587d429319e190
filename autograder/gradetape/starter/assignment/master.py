# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [raw]
# # ASSIGNMENT CONFIG
# name: {{ name }}
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # {{ title }}
#
# What a student will have at the end, what they need to know, and that it takes about 20 minutes. One screen.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `masked_mean`: the mean of a sequence, without its padding | 100 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it.

# %% [markdown]
# ## Set-up
#
# Run these cells first.

# %%
import otter

grader = otter.Notebook("{{ name }}.ipynb")

# %%
import keras
import numpy as np
import tensorflow as tf
from keras import ops

keras.utils.set_random_seed(7)

# %% [raw]
# # BEGIN QUESTION
# name: masked_mean

# %% [markdown]
# ## 1 · The mean without the padding
#
# Sequences in a batch have different lengths, so the short ones are filled up with padding. A mean over all steps would mix the
# padding in. The *masked* mean is over the steps whose mask is true:
#
# $$m_{bd} = \frac{\sum_t k_{bt}\,x_{btd}}{\max(1, \sum_t k_{bt})}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $x$ | `values` | `(B, T, D)`: `B` sequences, `T` steps, `D` numbers a step |
# | $k$ | `mask` | `(B, T)`: true where a step counts |
# | $m$ | what you return | `(B, D)` |

# %% [raw]
# # BEGIN SOLUTION


# %%
def masked_mean(values, mask):
    """The mean of each sequence over the steps that count.

    `values`: float tensor of shape `(B, T, D)`. `mask`: boolean tensor of shape `(B, T)`, true where a step counts.
    Returns a float tensor of shape `(B, D)`. A sequence in which no step counts has the mean 0.

    Example: values [[[2], [4], [9]]] and mask [[True, True, False]] give [[3]].
    """
    # BEGIN SOLUTION NO PROMPT
    counts = ops.cast(mask, "float32")[:, :, None]
    total = ops.sum(values * counts, axis=1)
    return total / ops.maximum(1.0, ops.sum(counts, axis=1))
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("masked_mean is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# The mask has two axes and the values have three. Which axis does the mask lack?
# </details>
# <details><summary>Hint 2: names to look up</summary>
#
# `keras.ops.cast`, `keras.ops.expand_dims`, `keras.ops.sum`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The docstring's example comes out."
failure_message: "Expected: the docstring's example."
""" # END TEST CONFIG


def test_example(masked_mean):
    import numpy as np

    got = np.asarray(masked_mean(np.array([[[2.0], [4.0], [9.0]]], "float32"), np.array([[True, True, False]])))
    cause = " That is the mean over all three steps, the padding among them." if np.allclose(got, 5) else ""
    assert np.allclose(got, [[3]]), f"expected [[3]], the mean of 2 and 4; got {got}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "One mean for each sequence and each of its numbers."
failure_message: "Expected: one mean for each sequence and each of its numbers."
""" # END TEST CONFIG


def test_shape(masked_mean):
    import numpy as np

    got = np.asarray(masked_mean(np.ones((4, 3, 2), "float32"), np.ones((4, 3), bool)))
    assert got.shape == (4, 2), f"values of shape (4, 3, 2) give means of shape (4, 2); yours has {got.shape}"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** A plot, a sample, or a number to be proud of goes into a cell tagged `demo`: it never runs in grading.

# %% tags=["demo"]
try:
    print("mean of the first two steps:", np.asarray(masked_mean(np.float32([[[2], [4], [9]]]), np.array([[True, True, False]]))))
except NotImplementedError:
    print("A number comes here once masked_mean is written.")
