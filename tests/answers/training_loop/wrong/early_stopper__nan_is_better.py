"""Whatever is not as high as the best counts as an improvement, nan too.

question: early_stopper
fails: test_nan_is_no_improvement
"""


class EarlyStopper(keras.callbacks.Callback):
    def __init__(self, patience):
        super().__init__()
        self.patience = patience

    def on_train_begin(self, logs=None):
        self.best, self.best_weights, self.waited = np.inf, None, 0

    def on_epoch_end(self, epoch, logs=None):
        if not logs["val_loss"] >= self.best:
            self.best, self.best_weights, self.waited = logs["val_loss"], self.model.get_weights(), 0
        else:
            self.waited += 1
        if self.waited >= self.patience:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)
