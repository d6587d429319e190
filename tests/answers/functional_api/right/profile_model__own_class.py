"""A class of its own around the graph.

question: profile_model
"""

class Guesser(keras.Model):
    def __init__(self, vocab, income_groups):
        posts = keras.Input((None,), dtype="int64", name="posts")
        x = layers.GlobalAveragePooling1D()(layers.Embedding(vocab, 64)(posts))
        x = layers.Dense(64, activation="elu")(x)
        heads = {"age": (1, None), "income": (income_groups, "softmax"), "gender": (1, "sigmoid")}
        super().__init__(posts, [layers.Dense(units, activation=kind, name=name)(x) for name, (units, kind) in heads.items()])


def build_profile_model(vocab, income_groups):
    return Guesser(vocab, income_groups)
