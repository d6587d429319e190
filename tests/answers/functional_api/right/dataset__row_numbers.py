"""Row numbers shuffled, rows looked up batch by batch.

question: dataset
"""

def make_dataset(inputs, targets, batch_size, seed):
    tensors = tuple({name: tf.constant(values) for name, values in part.items()} for part in (inputs, targets))
    count = min(len(values) for part in tensors for values in part.values())
    numbers = tf.data.Dataset.range(count).shuffle(count, seed=seed).batch(batch_size)
    return numbers.map(lambda rows: tuple({name: tf.gather(values, rows) for name, values in part.items()} for part in tensors))
