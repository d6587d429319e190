"""The caller's arrays shuffled in place.

question: dataset
fails: test_types_and_arrays_stay
"""

def make_dataset(inputs, targets, batch_size, seed):
    for values in [*inputs.values(), *targets.values()]:
        np.random.default_rng(seed).shuffle(values)
    return tf.data.Dataset.from_tensor_slices((inputs, targets)).batch(batch_size)
