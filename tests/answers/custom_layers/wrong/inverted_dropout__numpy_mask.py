"""A NumPy mask: in graph mode it is drawn once for good, and it needs a known batch size.

question: inverted_dropout
fails: test_in_a_model_in_graph_mode
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        shape = [1 if n is None else n for n in inputs.shape]
        mask = (np.random.uniform(size=shape) >= self.rate).astype("float32")
        return inputs * mask / (1 - self.rate)
