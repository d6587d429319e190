"""Always the same seed.

question: dataset
fails: test_seed
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(inputs.values())))
    dataset = tf.data.Dataset.from_tensor_slices((inputs, targets))
    return dataset.shuffle(count, seed=0).batch(batch_size)
