"""Always max_length decoder inputs, zeros behind, with `predict`.

question: decode_sequence
"""

def decode_sequence(transformer, source, start, end, max_length):
    source = np.asarray(source)
    rows = len(source)
    inputs = np.zeros((rows, max_length), dtype="int64")
    inputs[:, 0] = start
    answer = np.zeros((rows, max_length), dtype="int64")
    open_rows = np.ones(rows, dtype=bool)
    step = 0
    while step < max_length and open_rows.any():
        logits = transformer.predict({"encoder_inputs": source, "decoder_inputs": inputs}, verbose=0)
        answer[open_rows, step] = logits[open_rows, step].argmax(axis=-1)
        open_rows &= answer[:, step] != end
        step += 1
        if step < max_length:
            inputs[:, step] = answer[:, step - 1]
    return answer
