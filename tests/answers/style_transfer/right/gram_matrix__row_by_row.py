"""One matrix for each row of the map, added up.

question: gram_matrix
"""


def gram_matrix(features):
    features = ops.convert_to_tensor(features)
    total = 0.0
    for row in range(features.shape[0]):
        line = features[row]
        total = total + ops.matmul(ops.transpose(line), line)
    return total
