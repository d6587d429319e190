"""Lists in the order of the model's own names.

question: compile_router
"""

def compile_ticket_router(model, priority_weight, department_weight):
    kinds = {
        "priority": (keras.losses.BinaryCrossentropy(from_logits=True), priority_weight),
        "department": (keras.losses.SparseCategoricalCrossentropy(from_logits=True), department_weight),
    }
    names = list(model.output_names)
    model.compile(
        optimizer=keras.optimizers.SGD(0.3, momentum=0.9),
        loss={name: kinds[name][0] for name in names},
        loss_weights={name: kinds[name][1] for name in names},
        run_eagerly=False,
    )
