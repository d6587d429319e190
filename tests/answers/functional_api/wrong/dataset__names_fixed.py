"""Names of the tickets, whatever comes.

question: dataset
fails: test_pairs_of_dicts_in_batches
"""

def make_dataset(inputs, targets, batch_size, seed):
    inputs = {name: inputs[name] for name in ("title", "body", "tags")}
    count = len(inputs["title"])
    dataset = tf.data.Dataset.from_tensor_slices((inputs, targets))
    return dataset.shuffle(count, seed=seed).batch(batch_size)
