"""Each part gets a name first.

question: format_dataset
"""

def format_dataset(source, target):
    decoder_inputs = target[:, :-1]
    labels = target[:, 1:]
    inputs = dict(decoder_inputs=decoder_inputs, encoder_inputs=source)
    return inputs, labels
