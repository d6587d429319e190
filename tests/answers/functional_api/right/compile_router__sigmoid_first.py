"""Sigmoid and softmax taken first: Keras remembers the logits behind them.

question: compile_router
"""

def compile_ticket_router(model, priority_weight, department_weight):
    def urgent(y_true, y_pred):
        return keras.losses.binary_crossentropy(y_true, ops.sigmoid(y_pred))

    def department(y_true, y_pred):
        return keras.losses.sparse_categorical_crossentropy(y_true, ops.softmax(y_pred))

    weights = {"priority": priority_weight, "department": department_weight}
    model.compile(keras.optimizers.Adam(0.01), loss={"priority": urgent, "department": department}, loss_weights=weights)
