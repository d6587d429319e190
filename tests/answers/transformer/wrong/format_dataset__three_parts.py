"""Returns three things side by side.

question: format_dataset
fails: test_keys
"""

def format_dataset(source, target):
    return source, target[:, :-1], target[:, 1:]
