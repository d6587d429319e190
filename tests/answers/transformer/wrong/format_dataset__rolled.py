"""The labels are the decoder inputs, turned round by one.

question: format_dataset
fails: test_labels
"""

def format_dataset(source, target):
    decoder_inputs = target[:, :-1]
    return {"encoder_inputs": source, "decoder_inputs": decoder_inputs}, tf.roll(decoder_inputs, -1, axis=1)
