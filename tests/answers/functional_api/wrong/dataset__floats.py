"""Everything as float32.

question: dataset
fails: test_types_and_arrays_stay
"""

def make_dataset(inputs, targets, batch_size, seed):
    inputs = {name: np.asarray(values, "float32") for name, values in inputs.items()}
    targets = {name: np.asarray(values, "float32") for name, values in targets.items()}
    count = len(next(iter(inputs.values())))
    dataset = tf.data.Dataset.from_tensor_slices((inputs, targets))
    return dataset.shuffle(count, seed=seed).batch(batch_size)
