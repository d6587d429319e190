"""Adds weights that leave padding out.

question: format_dataset
fails: test_keys
"""

def format_dataset(source, target):
    labels = target[:, 1:]
    return {"encoder_inputs": source, "decoder_inputs": target[:, :-1]}, labels, labels != 0
