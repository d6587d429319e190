"""A Sequential model.

question: gradient_norms
"""

def gradient_norms(activation, depth, width, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((width,))] + [layers.Dense(width, activation=activation) for _ in range(depth)])
    x = np.random.normal(size=(64, width)).astype("float32")
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(model(x) ** 2)
    kernels = [layer.kernel for layer in model.layers]
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]
