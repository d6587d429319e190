"""The mean of the outputs, not of their squares.

question: gradient_norms
fails: test_size_with_tanh, test_without_activation
"""

def gradient_norms(activation, depth, width, seed):
    keras.utils.set_random_seed(seed)
    stack = [layers.Dense(width, activation=activation) for _ in range(depth)]
    x = keras.random.normal((64, width))
    with tf.GradientTape() as tape:
        y = x
        for layer in stack:
            y = layer(y)
        loss = ops.mean(y)
    gradients = tape.gradient(loss, [layer.kernel for layer in stack])
    return np.array([np.linalg.norm(gradient) for gradient in gradients])
