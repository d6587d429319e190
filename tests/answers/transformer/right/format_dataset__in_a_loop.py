"""The two parts by one expression, run for each.

question: format_dataset
"""

def format_dataset(source, target):
    without_last, without_first = (target[:, part] for part in (slice(None, -1), slice(1, None)))
    inputs = {}
    inputs["encoder_inputs"] = source
    inputs["decoder_inputs"] = without_last
    return inputs, without_first
