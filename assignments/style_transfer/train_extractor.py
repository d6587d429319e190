"""Trains the notebook's network and writes `data/network.npz`.

Run it with the project's Python and the collection that `make_data.py` made; the file is committed. It takes four minutes on two cores.

    train_extractor.py build/pictures.npz

The network learns to say which of the pictures a patch of 48 × 48 pixels was cut from, whatever its size, brightness, tint and noise. Nobody needs
to know that afterwards: what counts are the filters for colours, edges and textures that it has then. In the end each filter is scaled so
that its mean activation over all pictures is 1, after L. Gatys, A. Ecker and M. Bethge, "Texture synthesis using convolutional neural
networks" (2015). With ReLU and average pooling that changes nothing but the scales, and no filter counts in a Gram matrix merely because
its numbers are large.
"""

import re
import sys
from pathlib import Path

import jupytext
import keras
import numpy as np
import tensorflow as tf
from keras import layers

FOLDER = Path(__file__).parent
PATCH, BATCH, STEPS = 48, 64, 1200


def build_network():
    """The network as the notebook builds it."""
    cells = jupytext.read(FOLDER / "style_transfer.py").cells
    source = next(cell.source for cell in cells if "def build_network" in cell.source)
    names = {"keras": keras, "layers": layers}
    exec(re.search(r"def build_network.*?(?=\n\n\n|\Z)", source, re.DOTALL)[0], names)
    return names["build_network"]()


def convolutions(network):
    return [layer for layer in network.layers if isinstance(layer, layers.Conv2D)]


def patches(pictures, rng):
    """For ever: a batch of patches `(BATCH, PATCH, PATCH, 3)` with values from 0 to 1, and the number of the picture of each."""
    while True:
        numbers = rng.integers(len(pictures), size=BATCH)
        batch = []
        for number in numbers:
            picture = pictures[number]
            height, width, _ = picture.shape
            side = rng.integers(PATCH // 2, min(2 * PATCH, height, width) + 1)
            top, left = rng.integers(height - side + 1), rng.integers(width - side + 1)
            patch = tf.image.resize(picture[top : top + side, left : left + side], (PATCH, PATCH), antialias=True).numpy()
            if rng.random() < 0.5:
                patch = patch[:, ::-1]
            tint = rng.uniform(0.8, 1.2) * rng.uniform(0.9, 1.1, size=3)
            noise = rng.uniform(0, 0.08) * rng.normal(size=patch.shape)
            batch.append(np.clip(patch / 255 * tint + rng.uniform(-0.1, 0.1) + noise, 0, 1))
        yield np.float32(batch), numbers


def train(network, pictures):
    """Train it under a head that averages the last layer over positions and names the picture."""
    x = layers.GlobalAveragePooling2D()(network.output)
    classifier = keras.Model(network.input, layers.Dense(len(pictures))(layers.BatchNormalization()(x)))
    rate = keras.optimizers.schedules.CosineDecay(1e-3, STEPS)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    classifier.compile(optimizer=keras.optimizers.Adam(rate), loss=loss, metrics=["accuracy"])
    classifier.fit(patches(pictures, np.random.default_rng(0)), steps_per_epoch=STEPS // 10, epochs=10, verbose=2)


def even_out(network, pictures):
    """Scale each filter so that its mean activation over all pictures is 1; the next layer's weights take the scale back."""
    outputs = keras.Model(network.input, [layer.output for layer in convolutions(network)])
    means = [[np.mean(activation, axis=(0, 1, 2)) for activation in outputs(picture[None] / np.float32(255))] for picture in pictures]
    before = np.ones(3)
    for layer, of_each_picture in zip(convolutions(network), zip(*means)):
        mean = np.mean(of_each_picture, axis=0)
        kernel, bias = layer.get_weights()
        scale = np.maximum(mean, mean.mean() / 5)  # a filter that hardly ever answers stays a quiet one
        layer.set_weights([kernel * before[:, None] / scale, bias / scale])
        before = scale


def main(collection):
    keras.utils.set_random_seed(0)
    with np.load(collection) as archive:
        pictures = [archive[name] for name in archive.files]
    network = build_network()
    even_out(network, pictures)  # a good start
    train(network, pictures)
    even_out(network, pictures)
    np.savez_compressed(FOLDER / "data" / "network.npz", **{w.path: np.float16(w) for w in network.weights})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
