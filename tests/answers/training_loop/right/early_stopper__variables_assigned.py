"""Copies of the variables as arrays, assigned back one by one; restores at the stop and at the end.

question: early_stopper
"""


class EarlyStopper(keras.callbacks.Callback):
    def __init__(self, patience=3):
        super().__init__()
        self.patience = patience

    def on_train_begin(self, logs=None):
        self.best = None
        self.best_values = None
        self.bad_epochs = 0

    def on_epoch_end(self, epoch, logs=None):
        current = (logs or {}).get("val_loss")
        if self.best is None or current < self.best:
            self.best = current
            self.best_values = [np.copy(variable.numpy()) for variable in self.model.weights]
            self.bad_epochs = 0
            return
        self.bad_epochs = self.bad_epochs + 1
        if self.bad_epochs == self.patience:
            self.model.stop_training = True
            self.restore()

    def on_train_end(self, logs=None):
        self.restore()

    def restore(self):
        for variable, value in zip(self.model.weights, self.best_values):
            variable.assign(value)
