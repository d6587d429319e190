"""Lists of arrays, without names.

question: dataset
fails: test_pairs_of_dicts_in_batches
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(inputs.values())))
    dataset = tf.data.Dataset.from_tensor_slices((tuple(inputs.values()), tuple(targets.values())))
    return dataset.shuffle(count, seed=seed).batch(batch_size)
