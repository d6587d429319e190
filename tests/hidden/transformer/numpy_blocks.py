"""The encoder's and the decoder's mathematics in NumPy, and the roles of a block's weights, which any style may keep in its own order and shape."""

import itertools

import numpy as np


def normalised(x):
    """Layer normalisation as it starts: scale 1, shift 0."""
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-3)


def normalised_in_turn(x, scales):
    """What normalisations with these scales make of x, one after the other, for each order of two or three scales."""
    found = []
    for order in itertools.islice(itertools.permutations(scales), 6):
        result = x
        for scale in order:
            result = normalised(result) * scale
        found.append(result)
    return found


def attention(x, source, kernels, causal=False):
    """From `(B, T, E)` and `(B, S, E)` to `(B, T, E)`, with kernels of query, key and value `(E, H, d)` and of the output `(H, d, E)`, no biases."""
    query, key, value, output = kernels
    q, k, v = (np.einsum("bte,ehd->bhtd", *pair) for pair in [(x, query), (source, key), (source, value)])
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if causal:
        scores = np.where(np.tri(*scores.shape[-2:], dtype=bool), scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return np.einsum("bhtd,hde->bte", weights @ v, output)


def feed_forward(x, weights):
    """Two Dense layers with ReLU between them: kernels `(E, D)` and `(D, E)`, a bias `(D,)` between them."""
    first, bias, second = weights
    return np.maximum(x @ first + bias, 0) @ second


def squeezed(array):
    """Without axes of length 1: a convolution of width 1 is a Dense layer."""
    return array.reshape([n for n in array.shape if n > 1])


def feed_forward_weights(shapes, embed_dim, width):
    """The numbers of the two kernels and the first bias among a block's weights; None if they are not there, once each."""
    found = []
    for wanted in [(embed_dim, width), (width,), (width, embed_dim)]:
        numbers = [i for i, shape in enumerate(shapes) if tuple(n for n in shape if n > 1) == wanted]
        if len(numbers) != 1:
            return None
        found += numbers
    return found


def attention_weights(shapes, embed_dim, heads):
    """The numbers of the attentions' kernels: the weights with so many numbers, or a multiple of it where several projections share one."""
    size = embed_dim * heads * embed_dim
    return [i for i, shape in enumerate(shapes) if len(shape) > 1 and np.prod(shape) % size == 0]


def readings(kernels, embed_dim, heads):
    """All ways to read an attention's kernels as (query, key, value, output), in the shapes that `attention` takes."""
    e, h = embed_dim, heads
    for unfused in _unfused([squeezed(kernel) for kernel in kernels], e, h):
        if len(unfused) == 4:
            for roles in itertools.permutations(unfused):
                yield from itertools.product(*(_as_input(kernel, e, h) for kernel in roles[:3]), _as_output(roles[3], e, h))


def _unfused(kernels, e, h):
    """Kernels of several projections cut into those of one each: side by side, head by head, or along a first axis of their own."""
    cut = []
    for kernel in kernels:
        parts = kernel.size // (e * h * e)
        if parts == 1:
            cut.append([[kernel]])
        elif kernel.shape[0] == parts:
            cut.append([list(kernel)])
        else:
            side_by_side, by_heads = kernel.reshape(e, parts, h, e), kernel.reshape(e, h, parts, e)
            cut.append([[side_by_side[:, i] for i in range(parts)], [by_heads[:, :, i] for i in range(parts)]])
    for choice in itertools.product(*cut):
        yield [piece for pieces in choice for piece in pieces]


def _as_input(kernel, e, h):
    """A kernel as `(E, H, d)`, in each way that its shape allows."""
    ways = {
        (e, h, e): [lambda w: w],
        (h, e, e): [lambda w: w.transpose(1, 0, 2)],
        (e, e, h): [lambda w: w.transpose(0, 2, 1)],
        (e, h * e): [lambda w: w.reshape(e, h, e), lambda w: w.reshape(e, e, h).transpose(0, 2, 1)],
    }
    return [way(kernel) for way in ways.get(kernel.shape, [])]


def _as_output(kernel, e, h):
    """A kernel as `(H, d, E)`, in each way that its shape allows."""
    ways = {
        (h, e, e): [lambda w: w],
        (e, h, e): [lambda w: w.transpose(1, 0, 2)],
        (h * e, e): [lambda w: w.reshape(h, e, e), lambda w: w.reshape(e, h, e).transpose(1, 0, 2)],
    }
    return [way(kernel) for way in ways.get(kernel.shape, [])]


def matching(got, candidates, at_most=2000):
    """The first (kernels, outputs) whose outputs `got` is close to, or else the first of all; (None, NaN), which nothing is close to, where there is none.

    A wrong answer may have so many weights that all their orders take for ever.
    """
    first = None, np.nan
    for number, (kernels, outputs) in enumerate(itertools.islice(candidates, at_most)):
        first = first if number else (kernels, outputs)
        if np.shape(got) == outputs.shape and np.allclose(got, outputs, rtol=1e-3, atol=5e-3):
            return kernels, outputs
    return first
