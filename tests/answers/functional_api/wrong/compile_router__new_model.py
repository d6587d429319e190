"""A copy is compiled, not the model.

question: compile_router
fails: test_sum_of_both_losses
"""

def compile_ticket_router(model, priority_weight, department_weight):
    copy = keras.models.clone_model(model)
    losses = {"priority": keras.losses.BinaryCrossentropy(from_logits=True), "department": keras.losses.SparseCategoricalCrossentropy(from_logits=True)}
    copy.compile(keras.optimizers.Adam(0.01), loss=losses, loss_weights={"priority": priority_weight, "department": department_weight})
    return copy
