"""One einsum of TensorFlow.

question: gram_matrix
"""


def gram_matrix(features):
    return tf.einsum("hwc,hwd->cd", features, features)
