"""Constant images become black.

question: deprocess_image
fails: test_constant
"""


def deprocess_image(image):
    image = np.asarray(image)
    if image.std() == 0:
        return np.zeros(image.shape, "uint8")
    standard = (image - image.mean()) / (image.std() + 1e-5)
    return np.round(255 * np.clip(0.5 + 0.15 * standard, 0, 1)).astype("uint8")
