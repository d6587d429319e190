"""All leading axes folded into one, and unfolded at the end.

question: attention
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    lead, t, s = q.shape[:-2], q.shape[-2], k.shape[-2]
    keep = ops.ones((*lead, t, s), "bool") if mask is None else ops.broadcast_to(mask, (*lead, t, s))
    q, k, v, keep = (ops.reshape(x, (-1, *x.shape[-2:])) for x in (q, k, v, keep))
    scores = ops.einsum("btd,bsd->bts", q, k) / ops.sqrt(float(q.shape[-1]))
    weights = ops.softmax(ops.where(keep, scores, -1e12), axis=-1)
    output = ops.einsum("bts,bsd->btd", weights, v)
    return ops.reshape(output, (*lead, t, -1)), ops.reshape(weights, (*lead, t, s))
