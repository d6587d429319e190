"""Features centred over the batch.

question: profile_model
fails: test_each_post_by_itself
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")
    words = layers.Embedding(vocab, 32)(posts)
    trunk = layers.Dense(32, activation="relu")(layers.GlobalAveragePooling1D()(words))
    trunk = trunk - ops.mean(trunk, axis=0, keepdims=True)
    age = layers.Dense(1, name="age")(trunk)
    income = layers.Dense(income_groups, activation="softmax", name="income")(trunk)
    gender = layers.Dense(1, activation="sigmoid", name="gender")(trunk)
    return keras.Model(posts, [age, income, gender])
