"""Nothing guards the division.

question: deprocess_image
fails: test_constant
"""


def deprocess_image(image):
    image = np.asarray(image)
    standard = (image - image.mean()) / image.std()
    return np.round(255 * np.clip(0.5 + 0.15 * standard, 0, 1)).astype("uint8")
