"""Ended rows go on with whatever comes, and are cleaned up at the end.

question: decode_sequence
"""

def decode_sequence(transformer, source, start, end, max_length):
    source = ops.convert_to_tensor(source, "int32")
    tokens = ops.full((ops.shape(source)[0], 1), start, dtype="int32")
    while tokens.shape[1] <= max_length and not bool(ops.all(ops.any(tokens == end, axis=1))):
        logits = transformer([source, tokens])
        following = ops.argmax(logits[:, tokens.shape[1] - 1], axis=-1)
        tokens = ops.concatenate([tokens, ops.cast(following, "int32")[:, None]], axis=1)
    tokens = tokens[:, 1:]
    is_end = ops.cast(tokens == end, "int32")
    behind = ops.cumsum(is_end, axis=1) - is_end > 0
    return ops.pad(ops.where(behind, 0, tokens), [[0, 0], [0, max_length - tokens.shape[1]]])
