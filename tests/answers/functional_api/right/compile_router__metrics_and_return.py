"""Metrics, RMSprop, and the model handed back.

question: compile_router
"""

def compile_ticket_router(model, priority_weight, department_weight):
    losses = dict(department=keras.losses.SparseCategoricalCrossentropy(from_logits=True), priority=keras.losses.BinaryCrossentropy(from_logits=True))
    metrics = {"priority": [keras.metrics.BinaryAccuracy(threshold=0.0)], "department": ["sparse_categorical_accuracy"]}
    weights = dict(department=department_weight, priority=priority_weight)
    model.compile(keras.optimizers.RMSprop(learning_rate=0.01), loss=losses, loss_weights=weights, metrics=metrics)
    return model
