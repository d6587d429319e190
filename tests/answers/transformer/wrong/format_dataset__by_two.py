"""The labels are two columns ahead.

question: format_dataset
fails: test_labels
"""

def format_dataset(source, target):
    return {"encoder_inputs": source, "decoder_inputs": target[:, :-2]}, target[:, 2:]
