"""A weight of zero becomes one.

question: compile_router
fails: test_weight_of_zero
"""

def compile_ticket_router(model, priority_weight, department_weight):
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss={
            "priority": keras.losses.BinaryCrossentropy(from_logits=True),
            "department": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        },
        loss_weights={"priority": priority_weight or 1.0, "department": department_weight or 1.0},
    )
