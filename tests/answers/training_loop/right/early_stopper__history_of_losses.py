"""All losses and weights are kept, and looked through each time.

question: early_stopper
"""


class EarlyStopper(keras.callbacks.Callback):
    def __init__(self, patience):
        super().__init__()
        self.patience = patience

    def on_train_begin(self, logs=None):
        self.losses, self.kept = [], []

    def best_epoch(self):
        return int(np.nanargmin(self.losses))

    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(logs["val_loss"])
        self.kept.append(self.model.get_weights())
        if len(self.losses) - 1 - self.best_epoch() >= self.patience:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        if self.kept:
            self.model.set_weights(self.kept[self.best_epoch()])
