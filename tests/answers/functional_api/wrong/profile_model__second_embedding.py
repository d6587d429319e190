"""A second embedding for the income.

question: profile_model
fails: test_one_trunk
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")
    words = layers.Embedding(vocab, 32)(posts)
    trunk = layers.Dense(32, activation="relu")(layers.GlobalAveragePooling1D()(words))
    age = layers.Dense(1, name="age")(trunk)
    income = layers.Dense(income_groups, activation="softmax", name="income")(layers.Dense(8)(layers.GlobalAveragePooling1D()(layers.Embedding(vocab, 8)(posts))))
    gender = layers.Dense(1, activation="sigmoid", name="gender")(trunk)
    return keras.Model(posts, [age, income, gender])
