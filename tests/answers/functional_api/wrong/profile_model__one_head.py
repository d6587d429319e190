"""One layer for all, cut into pieces after a softmax.

question: profile_model
fails: test_age_is_any_number, test_income_is_a_distribution
"""

def build_profile_model(vocab, income_groups):
    posts = keras.Input((None,), name="posts")
    trunk = layers.GlobalAveragePooling1D()(layers.Embedding(vocab, 32)(posts))
    scores = layers.Dense(income_groups + 2, activation="softmax")(trunk)
    return keras.Model(posts, {"age": scores[:, :1], "income": scores[:, 1:-1], "gender": scores[:, -1:]})
