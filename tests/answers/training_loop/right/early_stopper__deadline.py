"""The epoch at which it will stop, put off by each improvement.

question: early_stopper
"""

import math


class EarlyStopper(keras.callbacks.Callback):
    def __init__(self, patience):
        super().__init__()
        self.patience = patience

    def on_train_begin(self, logs=None):
        self.best = {"loss": math.inf, "weights": None}
        self.deadline = None

    def on_epoch_end(self, epoch, logs=None):
        loss = logs["val_loss"]
        if not math.isnan(loss) and loss < self.best["loss"]:
            self.best = {"loss": loss, "weights": self.model.get_weights()}
            self.deadline = epoch + self.patience
        self.model.stop_training = epoch == self.deadline

    def on_train_end(self, logs=None):
        if self.best["weights"]:
            self.model.set_weights(self.best["weights"])
