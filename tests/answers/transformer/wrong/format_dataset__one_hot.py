"""The labels are one-hot vectors.

question: format_dataset
fails: test_labels
"""

def format_dataset(source, target):
    return {"encoder_inputs": source, "decoder_inputs": target[:, :-1]}, tf.one_hot(target[:, 1:], 90)
