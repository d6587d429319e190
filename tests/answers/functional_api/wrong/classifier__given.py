"""The Sequential itself.

question: classifier
fails: test_functional
"""

def build_classifier(input_dim, num_classes):
    return build_sequential(input_dim, num_classes)
