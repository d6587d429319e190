"""Clips at 1, not at 0.

question: deprocess_image
fails: test_outliers
"""


def deprocess_image(image):
    image = np.asarray(image)
    standard = (image - image.mean()) / (image.std() + 1e-5)
    return np.round(255 * np.minimum(0.5 + 0.15 * standard, 1)).astype("int64").astype("uint8")
