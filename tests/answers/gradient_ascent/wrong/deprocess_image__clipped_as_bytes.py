"""Clips after the conversion to bytes, which is too late.

question: deprocess_image
fails: test_outliers
"""


def deprocess_image(image):
    image = np.asarray(image)
    standard = (image - image.mean()) / (image.std() + 1e-5)
    return np.clip(np.round(255 * (0.5 + 0.15 * standard)).astype("int64").astype("uint8"), 0, 255)
