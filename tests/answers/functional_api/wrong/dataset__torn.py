"""Inputs and targets shuffled apart.

question: dataset
fails: test_rows_stay_together
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(inputs.values())))
    first = tf.data.Dataset.from_tensor_slices(inputs).shuffle(count, seed=seed)
    second = tf.data.Dataset.from_tensor_slices(targets).shuffle(count, seed=seed + 1)
    return tf.data.Dataset.zip((first, second)).batch(batch_size)
