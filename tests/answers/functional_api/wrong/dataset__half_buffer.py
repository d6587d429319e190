"""A buffer of half the rows.

question: dataset
fails: test_shuffles_all_rows
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(inputs.values())))
    dataset = tf.data.Dataset.from_tensor_slices((inputs, targets))
    return dataset.shuffle(max(1, count // 2), seed=seed).batch(batch_size)
