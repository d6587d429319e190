"""Losses as functions that carry their own weight.

question: compile_router
"""

def compile_ticket_router(model, priority_weight, department_weight):
    def of_priority(y_true, y_pred):
        return priority_weight * ops.mean(ops.binary_crossentropy(ops.cast(y_true, "float32"), y_pred, from_logits=True), axis=-1)

    def of_department(y_true, y_pred):
        return department_weight * ops.sparse_categorical_crossentropy(ops.reshape(y_true, (-1,)), y_pred, from_logits=True)

    model.compile(optimizer="adam", loss={"priority": of_priority, "department": of_department})
    model.optimizer.learning_rate = 0.02
