"""Divides by the number of values less one.

question: deprocess_image
fails: test_levels
"""


def deprocess_image(image):
    image = np.asarray(image)
    standard = (image - image.mean()) / (image.std(ddof=1) + 1e-5)
    return np.round(255 * np.clip(0.5 + 0.15 * standard, 0, 1)).astype("uint8")
