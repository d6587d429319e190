"""Each key has the other's part.

question: format_dataset
fails: test_source_as_it_is, test_decoder_inputs
"""

def format_dataset(source, target):
    return {"decoder_inputs": source, "encoder_inputs": target[:, :-1]}, target[:, 1:]
