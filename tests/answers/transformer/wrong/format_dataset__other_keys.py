"""The keys are names of languages.

question: format_dataset
fails: test_keys
"""

def format_dataset(source, target):
    return {"english": source, "french": target[:, :-1]}, target[:, 1:]
