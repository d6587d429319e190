"""The labels stand among the inputs.

question: format_dataset
fails: test_keys
"""

def format_dataset(source, target):
    return {"encoder_inputs": source, "decoder_inputs": target[:, :-1], "labels": target[:, 1:]}
