"""Sums by keras.ops, batch normalisation, the department listed first.

question: ticket_router
"""

def build_ticket_router(num_words, num_tags, num_departments):
    title = keras.Input((None,), name="title")
    body = keras.Input((None,), name="body")
    tags = keras.Input((num_tags,), name="tags")
    words = [ops.sum(layers.Embedding(num_words, 10)(text), axis=1) for text in (title, body)]
    together = layers.BatchNormalization()(ops.concatenate([tags, *words], axis=-1))
    department = layers.Dense(num_departments, name="department")(together)
    priority = layers.Dense(1, activation="linear", name="priority")(together)
    return keras.Model([title, body, tags], [department, priority])
