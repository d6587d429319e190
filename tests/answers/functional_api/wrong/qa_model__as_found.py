"""The colleague's code as it was found.

question: qa_model
fails: test_one_answer_for_each_question, test_whole_vocabularies, test_sizes, test_both_inputs_count
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    read_text = layers.LSTM(32)(layers.Embedding(64, text_vocab)(text))
    read_question = layers.LSTM(32)(layers.Embedding(32, question_vocab)(question))
    joined = layers.concatenate([read_text, read_question], axis=0)
    answer = layers.Dense(answer_vocab, activation="softmax", name="answer")(joined)
    return keras.Model([text, question], answer)
