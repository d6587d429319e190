"""Each array shuffled by itself, with one generator.

question: dataset
fails: test_rows_stay_together
"""

def make_dataset(inputs, targets, batch_size, seed):
    rng = np.random.default_rng(seed)
    mixed = [{name: rng.permutation(values) for name, values in part.items()} for part in (inputs, targets)]
    return tf.data.Dataset.from_tensor_slices(tuple(mixed)).batch(batch_size)
