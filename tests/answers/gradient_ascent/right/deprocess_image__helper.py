"""A helper of its own in the same cell.

question: deprocess_image
"""


def standardized(values, guard=1e-8):
    return (values - np.mean(values)) / (np.std(values) + guard)


def deprocess_image(image):
    grey = np.clip(standardized(np.array(image)) * 0.15 + 0.5, 0, 1)
    return (grey * 255 + 0.5).astype("uint8")
