"""Doubles and helpers that the probes of several assignments share: `from doubles import …`. No answer and no expected value stands here."""

import functools
import pickle

import keras
from keras import layers


def remembered(probe):
    """Answer a call as an earlier one with equal arguments was answered: several tests look at one run from different sides."""
    answers = {}

    @functools.wraps(probe)
    def ask(student, *args, **kwargs):
        key = pickle.dumps((args, kwargs))
        if key not in answers:
            answers[key] = probe(student, *args, **kwargs)
        return answers[key]

    return ask


class OnlyInTraining(layers.Layer):
    """Adds a number in training, so that it shows whether `training=True` was passed on."""

    def __init__(self, number=0.0):
        super().__init__()
        self.number = number

    def call(self, inputs, training=False):
        return inputs + self.number if training else inputs

    def compute_output_spec(self, inputs, training=False):  # spares Keras a trial run
        return keras.KerasTensor(inputs.shape)

    def get_config(self):
        return {"number": self.number}
