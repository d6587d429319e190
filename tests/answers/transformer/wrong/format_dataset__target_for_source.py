"""The encoder reads the target.

question: format_dataset
fails: test_source_as_it_is
"""

def format_dataset(source, target):
    return {"encoder_inputs": target, "decoder_inputs": target[:, :-1]}, target[:, 1:]
