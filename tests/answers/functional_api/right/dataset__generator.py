"""A generator of batches.

question: dataset
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(targets.values())))
    order = np.random.RandomState(seed).permutation(count)

    def batches():
        for start in range(0, count, batch_size):
            rows = order[start : start + batch_size]
            yield {k: v[rows] for k, v in inputs.items()}, {k: v[rows] for k, v in targets.items()}

    def spec(arrays):
        return {k: tf.TensorSpec((None, *v.shape[1:]), v.dtype) for k, v in arrays.items()}

    return tf.data.Dataset.from_generator(batches, output_signature=(spec(inputs), spec(targets)))
