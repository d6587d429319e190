"""In the decoder inputs the end token becomes padding.

question: format_dataset
fails: test_decoder_inputs
"""

def format_dataset(source, target):
    target = tf.convert_to_tensor(target)
    decoder_inputs = tf.where(target == 2, tf.zeros_like(target), target)[:, :-1]
    return {"encoder_inputs": source, "decoder_inputs": decoder_inputs}, target[:, 1:]
