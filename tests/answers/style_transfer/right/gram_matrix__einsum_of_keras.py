"""An einsum of Keras over the flattened positions.

question: gram_matrix
"""


def gram_matrix(features):
    flat = ops.reshape(features, (features.shape[0] * features.shape[1], features.shape[2]))
    return ops.einsum("pi,pj->ij", flat, flat)
