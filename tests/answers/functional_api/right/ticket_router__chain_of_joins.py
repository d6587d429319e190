"""Two joins, and scores split from one layer.

question: ticket_router
"""

def build_ticket_router(num_words, num_tags, num_departments):
    title = keras.Input((None,), name="title")
    body = keras.Input((None,), name="body")
    tags = keras.Input((num_tags,), name="tags")
    seen = layers.Bidirectional(layers.LSTM(8))(layers.Embedding(num_words, 8)(title))
    seen = layers.concatenate([seen, layers.Bidirectional(layers.LSTM(8))(layers.Embedding(num_words, 8)(body))])
    seen = layers.Dense(16, activation="elu")(layers.concatenate([seen, tags]))
    scores = layers.Dense(1 + num_departments)(seen)
    priority, department = layers.Identity(name="priority")(scores[:, :1]), layers.Identity(name="department")(scores[:, 1:])
    return keras.Model([title, body, tags], [priority, department])
