"""TensorFlow's own cross-entropies, weighted by compile.

question: compile_router
"""

def compile_ticket_router(model, priority_weight, department_weight):
    def urgent(y_true, y_pred):
        return tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.cast(y_true, tf.float32), logits=y_pred)

    def department(y_true, y_pred):
        labels = tf.cast(tf.reshape(y_true, [-1]), tf.int32)
        return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=y_pred)

    weights = {"priority": float(priority_weight), "department": float(department_weight)}
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.005), loss={"priority": urgent, "department": department}, loss_weights=weights)
