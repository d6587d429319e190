"""Padding is masked.

question: qa_model
"""

def read_words(words, vocab, width):
    return layers.LSTM(32)(layers.Embedding(vocab, width, mask_zero=True)(words))


def build_qa_model(text_vocab, question_vocab, answer_vocab):
    inputs = [keras.Input((None,), name=name) for name in ("text", "question")]
    states = [read_words(words, vocab, width) for words, vocab, width in zip(inputs, (text_vocab, question_vocab), (64, 32))]
    return keras.Model(inputs, layers.Dense(answer_vocab, activation="softmax", name="answer")(ops.concatenate(states, axis=1)))
