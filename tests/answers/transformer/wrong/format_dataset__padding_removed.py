"""Columns in which all rows are padded are cut off.

question: format_dataset
fails: test_any_size
"""

def format_dataset(source, target):
    target = tf.convert_to_tensor(target)
    longest = tf.reduce_max(tf.reduce_sum(tf.cast(target != 0, tf.int32), axis=1))
    return {"encoder_inputs": source, "decoder_inputs": target[:, : longest - 1]}, target[:, 1:longest]
