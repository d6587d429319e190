"""Convolution, maximum over the words, dropout and layer normalisation.

question: ticket_router
"""

def read_text(words):
    return layers.GlobalMaxPooling1D()(layers.Conv1D(32, 3, padding="same", activation="relu")(words))


def build_ticket_router(num_words, num_tags, num_departments):
    title, body, tags = (keras.Input(shape, name=name) for shape, name in [((None,), "title"), ((None,), "body"), ((num_tags,), "tags")])
    embed = layers.Embedding(num_words, 24)
    x = layers.Concatenate()([read_text(embed(title)), read_text(embed(body)), tags])
    x = layers.Dropout(0.2)(layers.LayerNormalization()(layers.Dense(48)(x)))
    return keras.Model([title, body, tags], [layers.Dense(1, name="priority")(x), layers.Dense(num_departments, name="department")(x)])
