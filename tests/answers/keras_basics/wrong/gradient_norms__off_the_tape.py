"""The forward pass before the tape.

question: gradient_norms
fails: test_shape_and_sign
"""

def gradient_norms(activation, depth, width, seed):
    keras.utils.set_random_seed(seed)
    stack = [layers.Dense(width, activation=activation) for _ in range(depth)]
    x = keras.random.normal((64, width))
    y = x
    for layer in stack:
        y = layer(y)
    with tf.GradientTape() as tape:
        loss = ops.mean(ops.square(y))
    gradients = tape.gradient(loss, [layer.kernel for layer in stack])
    return np.array([np.linalg.norm(gradient) for gradient in gradients])
