"""A dict of outputs, padding masked, tags mixed first.

question: ticket_router
"""

def build_ticket_router(num_words, num_tags, num_departments):
    inputs = [keras.Input((None,), dtype="int32", name="title"), keras.Input((None,), dtype="int32", name="body"), keras.Input((num_tags,), name="tags")]
    texts = [layers.GRU(16)(layers.Embedding(num_words, 16, mask_zero=True)(words)) for words in inputs[:2]]
    marks = layers.Dense(8, activation="tanh")(inputs[2])
    x = layers.Dense(24, activation="gelu")(layers.Concatenate()([*texts, marks]))
    return keras.Model(inputs, {"department": layers.Dense(num_departments)(x), "priority": layers.Dense(1)(x)})
