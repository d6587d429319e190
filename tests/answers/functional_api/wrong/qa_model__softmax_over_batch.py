"""Softmax over the questions of a batch.

question: qa_model
fails: test_both_inputs_count, test_by_name_by_order_and_alone
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    read_text = layers.LSTM(32)(layers.Embedding(text_vocab, 64)(text))
    read_question = layers.LSTM(32)(layers.Embedding(question_vocab, 32)(question))
    joined = layers.concatenate([read_text, read_question], axis=1)
    answer = layers.Softmax(axis=0, name="answer")(layers.Dense(answer_vocab)(joined))
    return keras.Model([text, question], answer)
