"""Convolutions and a maximum over the words.

question: profile_model
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input(shape=(None,), dtype="int32", name="posts")
    x = layers.Embedding(vocab, 24)(posts)
    x = layers.Conv1D(48, 5, padding="same", activation="relu")(x)
    x = layers.GlobalMaxPooling1D()(x)
    x = layers.Dense(48, activation="relu")(x)
    heads = [layers.Dense(1, name="age"), layers.Dense(income_groups, activation="softmax", name="income"), layers.Dense(1, activation="sigmoid", name="gender")]
    return keras.Model(posts, [head(x) for head in heads])
