"""A guard of 0.1, which takes contrast from faint images.

question: deprocess_image
fails: test_faint
"""


def deprocess_image(image):
    image = np.asarray(image)
    standard = (image - image.mean()) / (image.std() + 0.1)
    return np.round(255 * np.clip(0.5 + 0.15 * standard, 0, 1)).astype("uint8")
