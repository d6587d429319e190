"""Translates the first source only.

question: decode_sequence
fails: test_each_row_by_its_own_source
"""

def decode_sequence(transformer, source, start, end, max_length):
    tokens = [start]
    while len(tokens) <= max_length and tokens[-1] != end:
        logits = transformer({"encoder_inputs": source[:1], "decoder_inputs": np.array([tokens])})
        tokens.append(int(np.argmax(logits[0, -1])))
    return np.array([tokens[1:] + [0] * (max_length - len(tokens) + 1)])
