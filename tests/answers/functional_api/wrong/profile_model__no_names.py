"""Outputs without names.

question: profile_model
fails: test_three_outputs_by_name
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")
    words = layers.Embedding(vocab, 32)(posts)
    trunk = layers.Dense(32, activation="relu")(layers.GlobalAveragePooling1D()(words))
    age = layers.Dense(1)(trunk)
    income = layers.Dense(income_groups, activation="softmax")(trunk)
    gender = layers.Dense(1, activation="sigmoid")(trunk)
    return keras.Model(posts, [age, income, gender])
