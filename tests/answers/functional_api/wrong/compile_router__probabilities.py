"""Both losses take logits for probabilities.

question: compile_router
fails: test_sum_of_both_losses, test_large_logits
"""

def compile_ticket_router(model, priority_weight, department_weight):
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss={
            "priority": keras.losses.BinaryCrossentropy(),
            "department": keras.losses.SparseCategoricalCrossentropy(),
        },
        loss_weights={"priority": priority_weight, "department": department_weight},
    )
