"""The largest product instead of the sum.

question: gram_matrix
fails: test_sums_of_products, test_not_divided
"""


def gram_matrix(features):
    features = ops.convert_to_tensor(features)
    return ops.max(features[..., :, None] * features[..., None, :], axis=(0, 1))
