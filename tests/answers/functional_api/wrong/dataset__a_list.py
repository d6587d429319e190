"""A list of batches, not a dataset.

question: dataset
fails: test_pairs_of_dicts_in_batches
"""

def make_dataset(inputs, targets, batch_size, seed):
    count = len(next(iter(inputs.values())))
    order = np.random.default_rng(seed).permutation(count)
    cut = [order[start : start + batch_size] for start in range(0, count, batch_size)]
    return [({name: values[rows] for name, values in inputs.items()}, {name: values[rows] for name, values in targets.items()}) for rows in cut]
