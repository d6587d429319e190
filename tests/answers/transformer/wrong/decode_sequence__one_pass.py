"""Everything out of one call, with nothing but start to read.

question: decode_sequence
fails: test_one_source
"""

def decode_sequence(transformer, source, start, end, max_length):
    read = np.zeros((len(source), max_length), "int32")
    read[:, 0] = start
    best = np.argmax(transformer({"encoder_inputs": source, "decoder_inputs": read}), axis=-1)
    is_end = np.cumsum(best == end, axis=1)
    return np.where(is_end - (best == end) > 0, 0, best)
