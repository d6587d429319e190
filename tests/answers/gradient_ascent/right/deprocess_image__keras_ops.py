"""keras.ops all the way; a tensor.

question: deprocess_image
"""


def deprocess_image(image):
    x = ops.convert_to_tensor(image, "float32")
    x = (x - ops.mean(x)) / (ops.std(x) + 1e-7)
    x = ops.clip(x * 0.15 + 0.5, 0.0, 1.0)
    return ops.cast(ops.round(x * 255), "uint8")
