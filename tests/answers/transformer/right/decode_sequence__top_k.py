"""The best token by `top_k`, predict_on_batch, and a mask that multiplies.

question: decode_sequence
"""

def decode_sequence(transformer, source, start, end, max_length):
    history, alive = [np.full(len(source), start)], np.ones(len(source), "int32")
    while len(history) <= max_length and alive.max():
        read = np.stack(history, axis=1).astype("int32")
        logits = transformer.predict_on_batch({"encoder_inputs": np.array(source), "decoder_inputs": read})
        best = tf.math.top_k(logits[:, len(history) - 1, :], k=1).indices.numpy()[:, 0] * alive
        history.append(best)
        alive = alive * (best != end)
    answer = np.stack(history[1:], axis=1)
    return np.pad(answer, ((0, 0), (0, max_length - answer.shape[1])))
