"""A hidden layer in each head, activations by keras.ops, a scaled age.

question: profile_model
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")
    trunk = ops.sum(layers.Embedding(vocab, 16)(posts), axis=1)
    age = layers.Rescaling(20.0, offset=40.0, name="age")(layers.Dense(1)(layers.Dense(16, activation="tanh")(trunk)))
    income = layers.Activation("softmax", name="income")(layers.Dense(income_groups)(layers.Dense(12, activation="gelu")(trunk)))
    gender = layers.Activation("sigmoid", name="gender")(layers.Dense(1)(layers.Dense(8, activation="gelu")(trunk)))
    return keras.Model(posts, [age, income, gender])
