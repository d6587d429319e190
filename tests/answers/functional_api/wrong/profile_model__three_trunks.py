"""Three trunks, each for one output.

question: profile_model
fails: test_one_trunk
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")

    def read():
        return layers.Dense(32, activation="relu")(layers.GlobalAveragePooling1D()(layers.Embedding(vocab, 32)(posts)))

    age = layers.Dense(1, name="age")(read())
    income = layers.Dense(income_groups, activation="softmax", name="income")(read())
    gender = layers.Dense(1, activation="sigmoid", name="gender")(read())
    return keras.Model(posts, [age, income, gender])
