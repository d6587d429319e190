"""Clips the levels, from 0 to 255.

question: deprocess_image
"""


def deprocess_image(image):
    x = np.asarray(image, "float64")
    spread = np.std(x)
    if spread == 0:
        return np.full(x.shape, 127, "uint8")
    levels = 255 * (0.15 * (x - np.mean(x)) / spread + 0.5)
    return np.uint8(np.clip(levels, 0, 255))
