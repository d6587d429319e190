"""Crops the border as well.

question: deprocess_image
fails: test_bytes, test_levels
"""


def deprocess_image(image):
    image = np.asarray(image)
    standard = (image - image.mean()) / (image.std() + 1e-5)
    return np.round(255 * np.clip(0.5 + 0.15 * standard, 0, 1)).astype("uint8")[1:-1, 1:-1]
