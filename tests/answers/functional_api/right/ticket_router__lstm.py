"""An embedding and an LSTM for each text, outputs right on the join.

question: ticket_router
"""

def build_ticket_router(num_words, num_tags, num_departments):
    title_input = keras.Input(shape=(None,), name="title")
    body_input = keras.Input(shape=(None,), name="body")
    tags_input = keras.Input(shape=(num_tags,), name="tags")
    title_features = layers.LSTM(24)(layers.Embedding(num_words, 12)(title_input))
    body_features = layers.LSTM(20)(layers.Embedding(num_words, 12)(body_input))
    x = layers.concatenate([title_features, body_features, tags_input])
    return keras.Model(
        inputs=[title_input, body_input, tags_input],
        outputs=[layers.Dense(1, name="priority")(x), layers.Dense(num_departments, name="department")(x)],
    )
