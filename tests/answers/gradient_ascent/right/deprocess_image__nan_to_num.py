"""What is no number becomes the mean.

question: deprocess_image
"""


def deprocess_image(image):
    image = np.asarray(image)
    with np.errstate(invalid="ignore"):
        standard = np.nan_to_num((image - image.mean()) / image.std())
    return np.round(255 * np.clip(0.5 + 0.15 * standard, 0, 1)).astype("uint8")
