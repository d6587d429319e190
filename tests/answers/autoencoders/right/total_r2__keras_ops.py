"""With keras.ops, as a scalar tensor.

question: total_r2
"""


def total_r2(returns, predicted):
    left_over = ops.sum(ops.square(ops.convert_to_tensor(returns - predicted, "float32")))
    return 1 - left_over / ops.sum(ops.square(ops.convert_to_tensor(returns, "float32")))
