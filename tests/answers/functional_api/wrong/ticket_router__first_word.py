"""Only the first word of each text is read.

question: ticket_router
fails: test_every_word_and_tag_counts
"""

def build_ticket_router(num_words, num_tags, num_departments):
    title = keras.Input((None,), name="title")
    body = keras.Input((None,), name="body")
    tags = keras.Input((num_tags,), name="tags")
    embed = layers.Embedding(num_words, 16)
    read_title = embed(title)[:, 0]
    read_body = embed(body)[:, 0]
    joined = layers.concatenate([read_title, read_body, tags])
    mixed = layers.Dense(32, activation="relu")(joined)
    priority = layers.Dense(1, name="priority")(mixed)
    department = layers.Dense(num_departments, name="department")(mixed)
    return keras.Model([title, body, tags], [priority, department])
