"""A ReLU before the sigmoid.

question: profile_model
fails: test_gender_is_a_probability
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")
    words = layers.Embedding(vocab, 32)(posts)
    trunk = layers.Dense(32, activation="relu")(layers.GlobalAveragePooling1D()(words))
    age = layers.Dense(1, name="age")(trunk)
    income = layers.Dense(income_groups, activation="softmax", name="income")(trunk)
    gender = layers.Activation("sigmoid", name="gender")(layers.Dense(1, activation="relu")(trunk))
    return keras.Model(posts, [age, income, gender])
