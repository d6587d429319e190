"""Only the inputs are shuffled.

question: dataset
fails: test_rows_stay_together
"""

def make_dataset(inputs, targets, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(next(iter(inputs.values()))))
    return tf.data.Dataset.from_tensor_slices(({name: values[order] for name, values in inputs.items()}, targets)).batch(batch_size)
