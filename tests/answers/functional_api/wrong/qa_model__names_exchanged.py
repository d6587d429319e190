"""The inputs' names exchanged.

question: qa_model
fails: test_by_name_by_order_and_alone
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), name="question")
    question = keras.Input((None,), name="text")
    read_text = layers.LSTM(32)(layers.Embedding(text_vocab, 64)(text))
    read_question = layers.LSTM(32)(layers.Embedding(question_vocab, 32)(question))
    joined = layers.concatenate([read_text, read_question], axis=1)
    answer = layers.Dense(answer_vocab, activation="softmax", name="answer")(joined)
    return keras.Model([text, question], answer)
