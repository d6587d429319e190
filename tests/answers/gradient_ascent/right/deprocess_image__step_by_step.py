"""A copy that is changed in place, cut off instead of rounded.

question: deprocess_image
"""


def deprocess_image(image):
    picture = np.array(image, dtype="float64")
    picture -= picture.mean()
    picture /= picture.std() + 1e-5
    picture *= 0.15
    picture += 0.5
    picture = np.clip(picture, 0, 1) * 255
    return picture.astype(np.uint8)
