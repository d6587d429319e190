"""One source after the other, in more calls than there are steps.

question: decode_sequence
fails: test_stops_when_all_rows_have_ended
"""

def decode_sequence(transformer, source, start, end, max_length):
    answer = np.zeros((len(source), max_length), "int32")
    for row in range(len(source)):
        tokens = [start]
        while len(tokens) <= max_length and tokens[-1] != end:
            logits = transformer({"encoder_inputs": source[row : row + 1], "decoder_inputs": np.array([tokens])})
            tokens.append(int(np.argmax(logits[0, -1])))
        answer[row, : len(tokens) - 1] = tokens[1:]
    return answer
