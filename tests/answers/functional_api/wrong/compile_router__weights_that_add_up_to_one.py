"""Weights divided by their sum.

question: compile_router
fails: test_weights_count_once
"""

def compile_ticket_router(model, priority_weight, department_weight):
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss={
            "priority": keras.losses.BinaryCrossentropy(from_logits=True),
            "department": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        },
        loss_weights={"priority": priority_weight / (priority_weight + department_weight), "department": department_weight / (priority_weight + department_weight)},
    )
