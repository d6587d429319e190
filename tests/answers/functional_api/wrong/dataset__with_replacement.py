"""Rows drawn with replacement.

question: dataset
fails: test_rows_stay_together
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(inputs.values())))
    rows = np.random.default_rng(seed).integers(count, size=count)
    parts = tuple({name: values[rows] for name, values in part.items()} for part in (inputs, targets))
    return tf.data.Dataset.from_tensor_slices(parts).batch(batch_size)
