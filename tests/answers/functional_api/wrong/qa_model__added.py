"""The states added, not joined.

question: qa_model
fails: test_sizes
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    read_text = layers.LSTM(32)(layers.Embedding(text_vocab, 64)(text))
    read_question = layers.LSTM(32)(layers.Embedding(question_vocab, 32)(question))
    joined = layers.add([read_text, read_question])
    answer = layers.Dense(answer_vocab, activation="softmax", name="answer")(joined)
    return keras.Model([text, question], answer)
