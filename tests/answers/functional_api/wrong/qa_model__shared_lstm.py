"""One LSTM for both, with embeddings of one size.

question: qa_model
fails: test_sizes
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    reader = layers.LSTM(32)
    joined = layers.concatenate([reader(layers.Embedding(text_vocab, 64)(text)), reader(layers.Embedding(question_vocab, 64)(question))])
    return keras.Model([text, question], layers.Dense(answer_vocab, activation="softmax", name="answer")(joined))
