"""With NumPy, so that no gradient flows and no graph can be made.

question: discriminator_loss
fails: test_gradients, test_in_a_graph
"""


def discriminator_loss(real_scores, fake_scores):
    return np.mean(fake_scores) - np.mean(real_scores)
