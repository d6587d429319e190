"""State as a tuple that a helper makes anew.

question: early_stopper
"""


def fresh_state():
    return float("inf"), [], 0


class EarlyStopper(keras.callbacks.Callback):
    def __init__(self, patience):
        super().__init__()
        self.patience = patience
        self.state = fresh_state()

    def on_epoch_end(self, epoch, logs=None):
        best, weights, waited = self.state
        improved = logs["val_loss"] < best
        self.state = (logs["val_loss"], self.model.get_weights(), 0) if improved else (best, weights, waited + 1)
        if self.state[2] >= self.patience:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        self.model.set_weights(self.state[1] or self.model.get_weights())
        self.state = fresh_state()
