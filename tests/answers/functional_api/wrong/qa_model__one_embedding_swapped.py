"""Only the text's embedding is mended.

question: qa_model
fails: test_whole_vocabularies, test_sizes
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    read_text = layers.LSTM(32)(layers.Embedding(text_vocab, 64)(text))
    read_question = layers.LSTM(32)(layers.Embedding(32, question_vocab)(question))
    joined = layers.concatenate([read_text, read_question], axis=1)
    answer = layers.Dense(answer_vocab, activation="softmax", name="answer")(joined)
    return keras.Model([text, question], answer)
