"""Losses are made, and nothing is compiled.

question: compile_router
fails: test_sum_of_both_losses, test_updates
"""

def compile_ticket_router(model, priority_weight, department_weight):
    losses = {"priority": keras.losses.BinaryCrossentropy(from_logits=True), "department": keras.losses.SparseCategoricalCrossentropy(from_logits=True)}
    return model, losses
