"""Kernels and biases both.

question: gradient_norms
fails: test_shape_and_sign
"""

def gradient_norms(activation, depth, width, seed):
    keras.utils.set_random_seed(seed)
    stack = [layers.Dense(width, activation=activation) for _ in range(depth)]
    x = keras.random.normal((64, width))
    with tf.GradientTape() as tape:
        y = x
        for layer in stack:
            y = layer(y)
        loss = ops.mean(ops.square(y))
    gradients = tape.gradient(loss, [w for layer in stack for w in layer.trainable_weights])
    return np.array([np.linalg.norm(gradient) for gradient in gradients])
