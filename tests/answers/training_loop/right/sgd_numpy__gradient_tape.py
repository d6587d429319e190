"""The gradients by TensorFlow, in double precision.

question: sgd_numpy
"""


def sgd_numpy(X, y, epochs, batch_size, learning_rate):
    w, b = tf.Variable(tf.zeros(X.shape[1], tf.float64)), tf.Variable(tf.zeros((), tf.float64))
    data = tf.data.Dataset.from_tensor_slices((X.astype("float64"), y.astype("float64"))).batch(batch_size)
    losses = []
    for _ in range(epochs):
        squares = []
        for rows, targets in data:
            with tf.GradientTape() as tape:
                square = (tf.linalg.matvec(rows, w) + b - targets) ** 2
                loss = tf.reduce_mean(square)
            squares.extend(square.numpy())
            for variable, gradient in zip((w, b), tape.gradient(loss, (w, b))):
                variable.assign_sub(learning_rate * gradient)
        losses.append(np.mean(squares))
    return w.numpy(), b.numpy(), losses
