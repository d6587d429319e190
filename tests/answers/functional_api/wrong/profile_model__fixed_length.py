"""Posts of 43 words only.

question: profile_model
fails: test_any_length
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((43,), name="posts")
    words = layers.Embedding(vocab, 32)(posts)
    trunk = layers.Dense(32, activation="relu")(layers.GlobalAveragePooling1D()(words))
    age = layers.Dense(1, name="age")(trunk)
    income = layers.Dense(income_groups, activation="softmax", name="income")(trunk)
    gender = layers.Dense(1, activation="sigmoid", name="gender")(trunk)
    return keras.Model(posts, [age, income, gender])
