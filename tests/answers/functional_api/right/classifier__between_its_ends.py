"""The model between a Sequential's own ends.

question: classifier
"""

def build_classifier(input_dim, num_classes):
    chain = build_sequential(input_dim, num_classes)
    return keras.Model(inputs=chain.inputs, outputs=chain.outputs)
