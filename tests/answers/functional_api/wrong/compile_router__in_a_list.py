"""Losses and weights in a list, whatever the model's order.

question: compile_router
fails: test_losses_by_name
"""

def compile_ticket_router(model, priority_weight, department_weight):
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss=[keras.losses.BinaryCrossentropy(from_logits=True), keras.losses.SparseCategoricalCrossentropy(from_logits=True)],
        loss_weights=[priority_weight, department_weight],
    )
