"""A loop inside a graph.

question: decode_sequence
"""

def decode_sequence(transformer, source, start, end, max_length):
    source = tf.convert_to_tensor(source)

    @tf.function
    def decode():
        rows = tf.shape(source)[0]
        tokens = tf.concat([tf.fill([rows, 1], start), tf.zeros([rows, max_length], tf.int32)], axis=1)
        ended = tf.fill([rows], False)

        def step(t, tokens, ended):
            logits = transformer({"encoder_inputs": source, "decoder_inputs": tokens[:, :max_length]}, training=False)
            best = tf.argmax(tf.gather(logits, t, axis=1), axis=-1, output_type=tf.int32)
            best = tf.where(ended, 0, best)
            column = tf.one_hot(t + 1, max_length + 1, dtype=tf.int32)
            return t + 1, tokens + best[:, None] * column, ended | (best == end)

        return tf.while_loop(lambda t, _, ended: (t < max_length) & ~tf.reduce_all(ended), step, [0, tokens, ended])[1]

    return decode()[:, 1:]
