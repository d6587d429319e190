"""Text and question exchanged within the model.

question: qa_model
fails: test_same_as_written_out
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    read_text = layers.LSTM(32)(layers.Embedding(text_vocab, 64)(question))
    read_question = layers.LSTM(32)(layers.Embedding(question_vocab, 32)(text))
    joined = layers.concatenate([read_text, read_question], axis=1)
    answer = layers.Dense(answer_vocab, activation="softmax", name="answer")(joined)
    return keras.Model([text, question], answer)
