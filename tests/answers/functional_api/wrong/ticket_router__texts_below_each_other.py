"""Titles and bodies laid one below the other, as if they were more tickets.

question: ticket_router
fails: test_two_outputs_by_name
"""

def build_ticket_router(num_words, num_tags, num_departments):
    title = keras.Input((None,), name="title")
    body = keras.Input((None,), name="body")
    tags = keras.Input((num_tags,), name="tags")
    words = layers.concatenate([title, body], axis=0)
    read = layers.GlobalAveragePooling1D()(layers.Embedding(num_words, 16)(words))
    return keras.Model([title, body, tags], [layers.Dense(1, name="priority")(read), layers.Dense(num_departments, name="department")(read)])
