"""Activations as layers of their own.

question: gradient_norms
"""

def gradient_norms(activation, depth, width, seed):
    keras.utils.set_random_seed(seed)
    denses = [layers.Dense(width) for _ in range(depth)]
    y = keras.random.normal((64, width), seed=seed)
    with tf.GradientTape(persistent=True) as tape:
        for dense in denses:
            y = layers.Activation(activation)(dense(y))
        loss = ops.mean(y * y)
    return np.array([float(ops.norm(tape.gradient(loss, dense.kernel))) for dense in denses])
