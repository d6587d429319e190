"""A table with too few rows.

question: ticket_router
fails: test_two_outputs_by_name
"""

def build_ticket_router(num_words, num_tags, num_departments):
    title = keras.Input((None,), name="title")
    body = keras.Input((None,), name="body")
    tags = keras.Input((num_tags,), name="tags")
    embed = layers.Embedding(16, num_words)
    read_title = layers.GlobalAveragePooling1D()(embed(title))
    read_body = layers.GlobalAveragePooling1D()(embed(body))
    joined = layers.concatenate([read_title, read_body, tags])
    mixed = layers.Dense(32, activation="relu")(joined)
    priority = layers.Dense(1, name="priority")(mixed)
    department = layers.Dense(num_departments, name="department")(mixed)
    return keras.Model([title, body, tags], [priority, department])
