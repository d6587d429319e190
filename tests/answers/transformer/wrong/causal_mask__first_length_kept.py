"""The first mask is kept and used for every length.

question: causal_mask
fails: test_shape
"""

def causal_mask(length, kept=[]):
    if not kept:
        kept.append(np.tri(length))
    return kept[0]
