"""A class of its own around the graph.

question: profile_model
"""

class Guesser(keras.Model):
    def __init__(self, vocab, income_groups):
        posts = keras.Input((None,), dtype="int64", name="posts")
        x = layers.GlobalAveragePooling1D()(layers.Embedding(vocab, 64)(posts))
        x = layers.Dense(64, activation="elu")(x)
        age, income, gender = (
            layers.Dense(n, activation=a, name=name)(x) for n, a, name in [(1, None, "age"), (income_groups, "softmax", "income"), (1, "sigmoid", "gender")]
        )
        super().__init__(posts, [age, income, gender])


def build_profile_model(vocab, income_groups):
    return Guesser(vocab, income_groups)
