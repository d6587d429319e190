"""Words of text and question joined before one LSTM reads them.

question: qa_model
fails: test_sizes
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    words = layers.concatenate([layers.Embedding(text_vocab, 64)(text), layers.Embedding(question_vocab, 64)(question)], axis=1)
    return keras.Model([text, question], layers.Dense(answer_vocab, activation="softmax", name="answer")(layers.LSTM(32)(words)))
