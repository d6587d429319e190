"""Only the first row of the map.

question: gram_matrix
fails: test_sums_of_products, test_order_of_positions
"""


def gram_matrix(features):
    line = features[0]
    return ops.matmul(ops.transpose(line), line)
