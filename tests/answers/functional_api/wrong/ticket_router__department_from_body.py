"""The department hangs on the body alone.

question: ticket_router
fails: test_department_depends_on_every_input
"""

def build_ticket_router(num_words, num_tags, num_departments):
    title = keras.Input((None,), name="title")
    body = keras.Input((None,), name="body")
    tags = keras.Input((num_tags,), name="tags")
    embed = layers.Embedding(num_words, 16)
    read_title = layers.GlobalAveragePooling1D()(embed(title))
    read_body = layers.GlobalAveragePooling1D()(embed(body))
    joined = layers.concatenate([read_title, read_body, tags])
    mixed = layers.Dense(32, activation="relu")(joined)
    priority = layers.Dense(1, name="priority")(mixed)
    department = layers.Dense(num_departments, name="department")(read_body)
    return keras.Model([title, body, tags], [priority, department])
