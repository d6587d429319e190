"""Pads the decoder inputs, and reads the last of the logits.

question: decode_sequence
fails: test_first_token
"""

def decode_sequence(transformer, source, start, end, max_length):
    tokens = np.zeros((len(source), 1 + max_length), "int32")
    tokens[:, 0] = start
    ended = np.zeros(len(source), bool)
    for t in range(max_length):
        logits = transformer({"encoder_inputs": source, "decoder_inputs": tokens[:, :max_length]})
        best = np.argmax(logits[:, -1], axis=-1)
        tokens[:, t + 1] = np.where(ended, 0, best)
        ended |= best == end
        if ended.all():
            break
    return tokens[:, 1:]
