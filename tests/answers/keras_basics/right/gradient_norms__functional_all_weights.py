"""A functional model; every second gradient of all weights.

question: gradient_norms
"""

def gradient_norms(activation, depth, width, seed):
    tf.random.set_seed(seed)
    keras.utils.set_random_seed(seed)
    inputs = outputs = keras.Input(shape=(width,))
    for _ in range(depth):
        outputs = layers.Dense(width, activation)(outputs)
    model = keras.Model(inputs, outputs)
    batch = tf.random.normal((64, width))
    with tf.GradientTape() as tape:
        prediction = model(batch, training=True)
        loss = keras.losses.mean_squared_error(tf.zeros_like(prediction), prediction)
        loss = tf.reduce_mean(loss)
    gradients = tape.gradient(loss, model.trainable_variables)
    return np.asarray([np.sqrt((g.numpy() ** 2).sum()) for g in gradients[::2]])
