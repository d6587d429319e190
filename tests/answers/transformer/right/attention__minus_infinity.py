"""Minus infinity where the mask is false, with every key open to a query that sees none.

question: attention
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.einsum("...td,...sd->...ts", q, k) / math.sqrt(int(q.shape[-1]))
    if mask is not None:
        nothing = ops.logical_not(ops.any(mask, axis=-1, keepdims=True))
        scores = ops.where(ops.logical_or(mask, nothing), scores, -np.inf)
    weights = ops.exp(scores - ops.logsumexp(scores, axis=-1, keepdims=True))
    return [ops.einsum("...ts,...sv->...tv", weights, v), weights]
