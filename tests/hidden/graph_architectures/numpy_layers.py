"""The layers that the suite computes by itself, in NumPy, and how it draws their weights."""

import functools
import itertools

import numpy as np


def windows(x, size, stride, fill):
    """All windows of an image batch `(B, H, W, C)` with padding "same": `(B, ⌈H/stride⌉, ⌈W/stride⌉, C, size, size)`.

    As TensorFlow pads: the total is what the last window needs, and the odd pixel goes to the end.
    """
    padding = [(0, 0)]
    for length in x.shape[1:3]:
        total = max((-(-length // stride) - 1) * stride + size - length, 0)
        padding.append((total // 2, total - total // 2))
    padded = np.pad(x, [*padding, (0, 0)], constant_values=fill)
    return np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(1, 2))[:, ::stride, ::stride]


def convolved(x, kernel, bias=0.0, stride=1):
    """A convolution by a kernel `(size, size, C, filters)`, padding "same"."""
    return np.einsum("bhwcij,ijcf->bhwf", windows(x, len(kernel), stride, 0.0), kernel) + bias


def average_pooled(x, size, stride):
    """Average pooling, padding "same": pixels beyond the edge do not count."""
    return np.nanmean(windows(x, size, stride, np.nan), axis=(-1, -2))


def max_pooled(x, size, stride):
    return windows(x, size, stride, -np.inf).max(axis=(-1, -2))


def relu(x):
    return np.maximum(x, 0)


def drawn(shapes, rng, positive=False):
    """Random weights of these shapes, small enough that nothing grows on the way; `positive`: so that with positive images every ReLU is open."""
    draw = functools.partial(rng.uniform, 0.5, 1.5) if positive else functools.partial(rng.normal, 0.0, 1.0)
    return [draw(shape) * (1 / np.sqrt(np.prod(shape[:-1])) if len(shape) > 1 else 0.5) for shape in shapes]


def kernels_and_biases(weights):
    """A layer's kernels, with four axes (a Dense layer is a 1×1 convolution), and its biases, in the order given."""
    kernels = [w if w.ndim == 4 else w[None, None] for w in weights if w.ndim > 1]
    return kernels, [w for w in weights if w.ndim == 1]


def matching(got, candidates, at_most=200):
    """The first candidate that `got` is close to, or else the first of all: for weights that may play their roles in any order.

    A wrong answer may have so many weights that all their orders take for ever, or so few that there is none: then NaN, which nothing is close to.
    """
    first = np.nan
    for number, candidate in enumerate(itertools.islice(candidates, at_most)):
        first = first if number else candidate
        if np.shape(got) == candidate.shape and np.allclose(got, candidate, rtol=1e-3, atol=1e-4):
            return candidate
    return first
