"""The encoder reads the first source for every row.

question: decode_sequence
fails: test_each_row_by_its_own_source
"""

def decode_sequence(transformer, source, start, end, max_length):
    tokens = np.zeros((len(source), 1 + max_length), "int32")
    tokens[:, 0] = start
    ended = np.zeros(len(source), bool)
    for t in range(max_length):
        first = np.repeat(np.asarray(source)[:1], len(source), axis=0)
        logits = transformer({"encoder_inputs": first, "decoder_inputs": tokens[:, : t + 1]})
        best = np.argmax(logits[:, t], axis=-1)
        tokens[:, t + 1] = np.where(ended, 0, best)
        ended |= best == end
        if ended.all():
            break
    return tokens[:, 1:]
