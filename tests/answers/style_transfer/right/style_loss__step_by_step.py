"""In small steps, by Keras.

question: style_loss
"""


def style_loss(style, combination):
    difference = ops.subtract(gram_matrix(style), gram_matrix(combination))
    total = ops.sum(ops.multiply(difference, difference))
    total = total / 4
    total = total / style.shape[2] / style.shape[2]
    for size in style.shape[:2]:
        total = total / size / size
    return total
