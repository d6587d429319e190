"""Plain variables, initialised as Keras does.

question: gradient_norms
"""

def gradient_norms(activation, depth, width, seed):
    act = keras.activations.get(activation)
    glorot = keras.initializers.GlorotUniform(seed=seed)
    kernels = [tf.Variable(keras.initializers.GlorotUniform(seed=1000 * seed + i)((width, width))) for i in range(depth)]
    biases = [tf.Variable(tf.zeros(width)) for _ in range(depth)]
    y = tf.constant(np.random.default_rng(seed).standard_normal((64, width)), tf.float32)
    with tf.GradientTape() as tape:
        for kernel, bias in zip(kernels, biases):
            y = act(y @ kernel + bias)
        loss = tf.reduce_mean(tf.square(y))
    return tf.stack([tf.sqrt(tf.reduce_sum(g**2)) for g in tape.gradient(loss, kernels)])
