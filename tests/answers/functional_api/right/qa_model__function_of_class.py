"""A subclass of Model with its graph in the constructor.

question: qa_model
"""

class Reader(keras.Model):
    def __init__(self, text_vocab, question_vocab, answer_vocab):
        text, question = keras.Input((None,), name="text"), keras.Input((None,), name="question")
        _, last, _ = layers.LSTM(32, return_state=True)(layers.Embedding(text_vocab, 64)(text))
        asked = layers.LSTM(32)(layers.Embedding(question_vocab, 32)(question))
        joined = layers.concatenate([last, asked])
        super().__init__(inputs=[text, question], outputs=layers.Dense(answer_vocab, activation="softmax", name="answer")(joined))


def build_qa_model(text_vocab, question_vocab, answer_vocab):
    return Reader(text_vocab, question_vocab, answer_vocab)
