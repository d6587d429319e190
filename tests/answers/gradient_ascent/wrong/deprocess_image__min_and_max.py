"""Stretches minimum and maximum to 0 and 255.

question: deprocess_image
fails: test_levels, test_outliers
"""


def deprocess_image(image):
    image = np.asarray(image)
    low, high = image.min(), image.max()
    return np.round(255 * (image - low) / (high - low + 1e-5)).astype("uint8")
