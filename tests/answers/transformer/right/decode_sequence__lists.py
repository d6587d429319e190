"""Python lists for the tokens, and probabilities instead of logits.

question: decode_sequence
"""

def decode_sequence(transformer, source, start, end, max_length):
    source = np.array(source)
    sentences = [[] for _ in source]
    ended = lambda sentence: end in sentence
    for step in range(max_length):
        if all(map(ended, sentences)):
            break
        read = np.array([([start] + sentence + [0] * max_length)[: step + 1] for sentence in sentences])
        probabilities = ops.softmax(transformer({"encoder_inputs": source, "decoder_inputs": read}), axis=-1)
        for row, sentence in enumerate(sentences):
            if not ended(sentence):
                sentence.append(int(np.argmax(probabilities[row, len(sentence)])))
    return np.array([sentence + [0] * (max_length - len(sentence)) for sentence in sentences])
