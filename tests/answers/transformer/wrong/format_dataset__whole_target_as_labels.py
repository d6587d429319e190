"""The labels are the whole target.

question: format_dataset
fails: test_labels
"""

def format_dataset(source, target):
    return {"encoder_inputs": source, "decoder_inputs": target[:, :-1]}, target
