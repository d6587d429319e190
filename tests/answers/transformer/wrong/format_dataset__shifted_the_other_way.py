"""The decoder reads what it is to say.

question: format_dataset
fails: test_decoder_inputs, test_labels
"""

def format_dataset(source, target):
    return {"encoder_inputs": source, "decoder_inputs": target[:, 1:]}, target[:, :-1]
