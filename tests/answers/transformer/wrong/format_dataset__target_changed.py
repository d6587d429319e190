"""Writes into the arrays that it is given.

question: format_dataset
fails: test_source_as_it_is
"""

def format_dataset(source, target):
    decoder_inputs = target[:, :-1] + 0
    if isinstance(target, np.ndarray):
        target[:, 0] = 0
    return {"encoder_inputs": source, "decoder_inputs": decoder_inputs}, target[:, 1:]
