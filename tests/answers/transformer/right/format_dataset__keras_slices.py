"""Slices by Keras' operations, with an ellipsis.

question: format_dataset
"""

def format_dataset(source, target):
    source, target = ops.convert_to_tensor(source), ops.convert_to_tensor(target)
    return ({"encoder_inputs": source, "decoder_inputs": target[..., : ops.shape(target)[-1] - 1]}, target[..., 1:])
