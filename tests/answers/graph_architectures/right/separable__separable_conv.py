"""Keras' layer for both steps.

question: separable
"""

def separable_block(x, filters):
    return layers.SeparableConv2D(filters, 3, padding="same", activation="relu")(x)
