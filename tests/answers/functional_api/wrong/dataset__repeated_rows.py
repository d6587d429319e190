"""Repeated before batches are made.

question: dataset
fails: test_rows_stay_together
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(inputs.values())))
    dataset = tf.data.Dataset.from_tensor_slices((inputs, targets))
    return dataset.repeat(2).shuffle(2 * count, seed=seed).batch(batch_size)
