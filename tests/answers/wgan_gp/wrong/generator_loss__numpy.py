"""With NumPy, so that no gradient flows and no graph can be made.

question: generator_loss
fails: test_gradient, test_in_a_graph
"""


def generator_loss(fake_scores):
    return -np.mean(fake_scores)
