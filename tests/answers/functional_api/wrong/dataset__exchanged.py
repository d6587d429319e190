"""Targets first.

question: dataset
fails: test_rows_stay_together, test_feeds_a_router
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(inputs.values())))
    dataset = tf.data.Dataset.from_tensor_slices((targets, inputs))
    return dataset.shuffle(count, seed=seed).batch(batch_size)
