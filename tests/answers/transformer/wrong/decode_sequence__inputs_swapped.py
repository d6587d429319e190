"""The decoder reads the source, the encoder the tokens.

question: decode_sequence
fails: test_first_token
"""

def decode_sequence(transformer, source, start, end, max_length):
    tokens = np.zeros((len(source), 1 + max_length), "int32")
    tokens[:, 0] = start
    ended = np.zeros(len(source), bool)
    for t in range(max_length):
        longest = np.pad(tokens[:, : t + 1], ((0, 0), (0, 20)))[:, : source.shape[1]]
        logits = transformer({"encoder_inputs": longest, "decoder_inputs": source})
        best = np.argmax(logits[:, -1], axis=-1)
        tokens[:, t + 1] = np.where(ended, 0, best)
        ended |= best == end
        if ended.all():
            break
    return tokens[:, 1:]
