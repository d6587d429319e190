"""Keras' own callback with the right settings.

question: early_stopper
"""


class EarlyStopper(keras.callbacks.EarlyStopping):
    def __init__(self, patience):
        super().__init__(monitor="val_loss", mode="min", patience=patience, restore_best_weights=True)
