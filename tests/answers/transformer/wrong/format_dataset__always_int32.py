"""All tokens are converted to 32 bits.

question: format_dataset
fails: test_types_stay
"""

def format_dataset(source, target):
    source, target = tf.cast(source, "int32"), tf.cast(target, "int32")
    return {"encoder_inputs": source, "decoder_inputs": target[:, :-1]}, target[:, 1:]
