"""A focal loss with its focus off, which is plain cross-entropy; Nadam.

question: compile_router
"""

def compile_ticket_router(model, priority_weight, department_weight):
    model.compile(
        optimizer=keras.optimizers.Nadam(0.01),
        loss={"priority": keras.losses.BinaryFocalCrossentropy(gamma=0.0, from_logits=True), "department": keras.losses.SparseCategoricalCrossentropy(from_logits=True)},
        loss_weights={"priority": priority_weight, "department": department_weight},
        metrics={"department": "accuracy"},
        jit_compile=False,
    )
