"""Arguments by keyword, integers in, the question joined first.

question: qa_model
"""

def build_qa_model(text_vocab, question_vocab, answer_vocab):
    text_input = keras.Input(shape=(None,), dtype="int32", name="text")
    question_input = keras.Input(shape=(None,), dtype="int32", name="question")
    encoded_question = layers.LSTM(units=32)(layers.Embedding(input_dim=question_vocab, output_dim=32)(question_input))
    encoded_text = layers.LSTM(units=32)(layers.Embedding(input_dim=text_vocab, output_dim=64)(text_input))
    both = layers.Concatenate(axis=-1)([encoded_question, encoded_text])
    return keras.Model(inputs=[text_input, question_input], outputs=layers.Dense(answer_vocab, "softmax", name="answer")(both))
