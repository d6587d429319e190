"""Each weight in the loss and in loss_weights.

question: compile_router
fails: test_weights_count_once
"""

def compile_ticket_router(model, priority_weight, department_weight):
    binary, sparse = keras.losses.BinaryCrossentropy(from_logits=True), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss={"priority": lambda y, p: priority_weight * binary(y, p), "department": lambda y, p: department_weight * sparse(y, p)},
        loss_weights={"priority": priority_weight, "department": department_weight},
    )
