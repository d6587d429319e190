"""Changes the image that was handed in.

question: deprocess_image
fails: test_given_image
"""


def deprocess_image(image):
    image = np.asarray(image)
    image -= image.mean()
    image /= image.std() + 1e-5
    return np.round(255 * np.clip(0.5 + 0.15 * image, 0, 1)).astype("uint8")
