"""Logits for the income.

question: profile_model
fails: test_income_is_a_distribution
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")
    words = layers.Embedding(vocab, 32)(posts)
    trunk = layers.Dense(32, activation="relu")(layers.GlobalAveragePooling1D()(words))
    age = layers.Dense(1, name="age")(trunk)
    income = layers.Dense(income_groups, name="income")(trunk)
    gender = layers.Dense(1, activation="sigmoid", name="gender")(trunk)
    return keras.Model(posts, [age, income, gender])
