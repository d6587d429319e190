"""Stops when all rows end in the same step.

question: decode_sequence
fails: test_stops_when_all_rows_have_ended
"""

def decode_sequence(transformer, source, start, end, max_length):
    tokens = np.zeros((len(source), 1 + max_length), "int32")
    tokens[:, 0] = start
    ended = np.zeros(len(source), bool)
    for t in range(max_length):
        logits = transformer({"encoder_inputs": source, "decoder_inputs": tokens[:, : t + 1]})
        best = np.argmax(logits[:, t], axis=-1)
        tokens[:, t + 1] = np.where(ended, 0, best)
        ended |= best == end
        if (best == end).all():
            break
    return tokens[:, 1:]
