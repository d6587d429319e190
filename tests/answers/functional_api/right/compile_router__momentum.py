"""Losses and weights side by side in one table; plain gradient descent with momentum.

question: compile_router
"""

def compile_ticket_router(model, priority_weight, department_weight):
    table = {
        "department": (keras.losses.SparseCategoricalCrossentropy(from_logits=True), department_weight),
        "priority": (keras.losses.BinaryCrossentropy(from_logits=True), priority_weight),
    }
    model.compile(
        optimizer=keras.optimizers.SGD(0.3, momentum=0.9),
        loss={name: loss for name, (loss, _) in table.items()},
        loss_weights={name: weight for name, (_, weight) in table.items()},
        run_eagerly=False,
    )
