"""Turns everything into NumPy arrays.

question: format_dataset
fails: test_in_a_pipeline
"""

def format_dataset(source, target):
    source, target = np.asarray(source), np.asarray(target)
    return {"encoder_inputs": source, "decoder_inputs": target[:, :-1]}, target[:, 1:]
