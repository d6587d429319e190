"""Rows permuted by NumPy first.

question: dataset
"""

def make_dataset(inputs, targets, batch_size, seed):
    rows = len(list(targets.values())[0])
    order = np.random.default_rng(seed).permutation(rows)
    shuffled = ({k: v[order] for k, v in inputs.items()}, {k: v[order] for k, v in targets.items()})
    return tf.data.Dataset.from_tensor_slices(shuffled).batch(batch_size, drop_remainder=False)
