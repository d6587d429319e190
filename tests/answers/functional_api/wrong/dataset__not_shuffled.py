"""Not shuffled.

question: dataset
fails: test_seed, test_shuffles_all_rows, test_shuffles_rows_and_not_batches
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(inputs.values())))
    dataset = tf.data.Dataset.from_tensor_slices((inputs, targets))
    return dataset.batch(batch_size)
