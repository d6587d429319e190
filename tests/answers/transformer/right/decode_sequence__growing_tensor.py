"""A tensor that grows by a column with each step, in TensorFlow.

question: decode_sequence
"""

def decode_sequence(transformer, source, start, end, max_length):
    source = tf.cast(source, tf.int32)
    tokens = tf.fill([tf.shape(source)[0], 1], start)
    done = tf.zeros([tf.shape(source)[0]], tf.bool)
    for _ in range(max_length):
        logits = transformer({"encoder_inputs": source, "decoder_inputs": tokens}, training=False)
        chosen = tf.argmax(logits[:, -1, :], axis=-1, output_type=tf.int32)
        chosen = tf.where(done, 0, chosen)
        tokens = tf.concat([tokens, chosen[:, None]], axis=1)
        done = done | (chosen == end)
        if tf.reduce_all(done):
            break
    tokens = tokens[:, 1:]
    return tf.pad(tokens, [[0, 0], [0, max_length - tokens.shape[1]]])
