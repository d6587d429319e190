"""Attention over the words, layer normalisation, dropout.

question: profile_model
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")
    words = layers.Embedding(vocab, 16)(posts)
    weights = layers.Softmax(axis=1)(layers.Dense(1)(words))
    read = ops.einsum("btd,btk->bd", words, weights)
    trunk = layers.Dropout(0.1)(layers.LayerNormalization()(layers.Dense(32, activation="swish")(read)))
    return keras.Model(
        posts,
        [
            layers.Dense(1, name="age")(trunk),
            layers.Dense(income_groups, "softmax", name="income")(trunk),
            layers.Dense(1, "sigmoid", name="gender")(trunk),
        ],
    )
