"""Two datasets zipped, a large buffer, one order for all passes, prefetched.

question: dataset
"""

def make_dataset(inputs, targets, batch_size, seed):
    pairs = tf.data.Dataset.zip((tf.data.Dataset.from_tensor_slices(dict(inputs)), tf.data.Dataset.from_tensor_slices(dict(targets))))
    pairs = pairs.shuffle(buffer_size=100_000, seed=seed, reshuffle_each_iteration=False)
    return pairs.batch(batch_size).prefetch(tf.data.AUTOTUNE)
