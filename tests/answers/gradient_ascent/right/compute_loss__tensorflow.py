"""TensorFlow's reduce_mean on a slice.

question: compute_loss
"""


def compute_loss(extractor, image, filter_index):
    activation = extractor(image, training=False)
    filter_activation = activation[:, 2:-2, 2:-2, filter_index]
    return tf.reduce_mean(filter_activation)
