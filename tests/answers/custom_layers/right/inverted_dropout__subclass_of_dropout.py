"""A subclass of Keras' own layer.

question: inverted_dropout
"""

class InvertedDropout(layers.Dropout):
    pass
