"""A subclass of Dense.

question: linear
"""

class Linear(layers.Dense):
    pass
