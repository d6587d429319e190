"""An LSTM with masking; a dict of outputs.

question: profile_model
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")
    read = layers.LSTM(24)(layers.Embedding(vocab, 16, mask_zero=True)(posts))
    outputs = {
        "gender": layers.Dense(1, activation="sigmoid")(read),
        "income": layers.Softmax()(layers.Dense(income_groups)(read)),
        "age": layers.Dense(1, activation="linear")(read),
    }
    return keras.Model(inputs=posts, outputs=outputs)
