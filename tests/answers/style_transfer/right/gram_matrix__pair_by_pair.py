"""Entry by entry.

question: gram_matrix
"""


def gram_matrix(features):
    channels = [features[..., c] for c in range(features.shape[-1])]
    return ops.stack([ops.stack([ops.sum(a * b) for b in channels]) for a in channels])
