"""A guard of 1e-5 added to the variance, where it counts as 0.003.

question: deprocess_image
fails: test_faint
"""


def deprocess_image(image):
    image = np.asarray(image)
    standard = (image - image.mean()) / np.sqrt(image.var() + 1e-5)
    return np.round(255 * np.clip(0.5 + 0.15 * standard, 0, 1)).astype("uint8")
