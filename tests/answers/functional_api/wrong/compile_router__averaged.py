"""The mean of both losses.

question: compile_router
fails: test_sum_of_both_losses, test_weights_count_once
"""

def compile_ticket_router(model, priority_weight, department_weight):
    weights = {"priority": priority_weight / 2, "department": department_weight / 2}
    losses = {"priority": keras.losses.BinaryCrossentropy(from_logits=True), "department": keras.losses.SparseCategoricalCrossentropy(from_logits=True)}
    model.compile(keras.optimizers.Adam(0.01), loss=losses, loss_weights=weights)
