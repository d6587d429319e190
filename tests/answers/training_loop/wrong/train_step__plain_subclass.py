"""A class without a step of its own.

question: train_step
fails: test_gradient_step, test_optimizers, test_fit_in_graph_mode
"""


class CustomModel(keras.Model):
    pass
