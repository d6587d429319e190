"""Logarithms of sigmoid and softmax, with a small number against zero.

question: compile_router
fails: test_large_logits
"""

def compile_ticket_router(model, priority_weight, department_weight):
    def urgent(y_true, y_pred):
        p = ops.sigmoid(y_pred)
        return -ops.mean(y_true * ops.log(p + 1e-7) + (1 - y_true) * ops.log(1 - p + 1e-7), axis=-1)

    def department(y_true, y_pred):
        one_hot = ops.one_hot(ops.reshape(y_true, (-1,)), ops.shape(y_pred)[-1])
        return -ops.sum(one_hot * ops.log(ops.softmax(y_pred) + 1e-7), axis=-1)

    weights = {"priority": priority_weight, "department": department_weight}
    model.compile(keras.optimizers.Adam(0.01), loss={"priority": urgent, "department": department}, loss_weights=weights)
