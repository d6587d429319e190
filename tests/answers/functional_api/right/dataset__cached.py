"""Shuffled by the dataset's own length, cached.

question: dataset
"""

def make_dataset(inputs, targets, batch_size, seed):
    rows = tf.data.Dataset.from_tensor_slices((inputs, targets)).cache()
    return rows.shuffle(rows.cardinality(), seed).batch(batch_size=batch_size)
