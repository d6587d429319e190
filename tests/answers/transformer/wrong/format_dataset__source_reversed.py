"""The encoder reads backwards.

question: format_dataset
fails: test_source_as_it_is
"""

def format_dataset(source, target):
    return {"encoder_inputs": source[:, ::-1], "decoder_inputs": target[:, :-1]}, target[:, 1:]
