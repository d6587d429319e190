"""Losses by their names, which expect probabilities.

question: compile_router
fails: test_sum_of_both_losses, test_large_logits
"""

def compile_ticket_router(model, priority_weight, department_weight):
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss={
            "priority": "binary_crossentropy",
            "department": "sparse_categorical_crossentropy",
        },
        loss_weights={"priority": priority_weight, "department": department_weight},
    )
