"""All states are kept and the last is taken; softmax as a named layer; a dict of outputs.

question: qa_model
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), dtype="int64", name="text")
    question = keras.Input((None,), dtype="int64", name="question")
    states_of_text = layers.LSTM(32, return_sequences=True)(layers.Embedding(text_vocab, 64)(text))
    states_of_question = layers.RNN(layers.LSTMCell(32), return_sequences=True)(layers.Embedding(question_vocab, 32)(question))
    joined = layers.Concatenate()([states_of_text[:, -1], states_of_question[:, -1]])
    scores = layers.Dense(answer_vocab)(joined)
    return keras.Model([text, question], {"answer": layers.Softmax(name="probabilities")(scores)})
