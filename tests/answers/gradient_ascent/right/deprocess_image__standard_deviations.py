"""Clips the standardized values, by hand.

question: deprocess_image
"""


def deprocess_image(image):
    x = np.asarray(keras.ops.convert_to_numpy(image))
    centred = x - x.mean(axis=(0, 1, 2), keepdims=True)
    spread = np.sqrt(np.mean(centred**2) + 1e-12)
    limit = 0.5 / 0.15
    y = np.maximum(-limit, np.minimum(limit, centred / spread))
    return np.rint(38.25 * y + 127.5).astype("uint8")
