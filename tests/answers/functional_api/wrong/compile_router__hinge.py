"""A hinge for the priority.

question: compile_router
fails: test_sum_of_both_losses
"""

def compile_ticket_router(model, priority_weight, department_weight):
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss={
            "priority": keras.losses.Hinge(),
            "department": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        },
        loss_weights={"priority": priority_weight, "department": department_weight},
    )
