"""Makes the notebook's two pictures, `data/base.jpg` and `data/style.jpg`, and collects the pictures that `train_extractor.py` learns from.

Run it where scikit-image and scikit-learn are installed, with the folder in which Debian's package gcompris-qt-data 3.1 keeps its resources
(`usr/share/gcompris-qt/rcc`) and the file to write the collection to:

    make_data.py FOLDER build/pictures.npz

The two JPEG files are committed; where they come from stands in `data/README.md`. The collection is not: only the network needs it.
"""

import io
import re
import sys
from pathlib import Path

import numpy as np
import skimage
from PIL import Image
from sklearn.datasets import load_sample_image

DATA = Path(__file__).parent / "data"
HEIGHT, WIDTH = 168, 224
LONGEST = 320  # of a picture to learn from, in pixels


def resources(path):
    """The large WebP pictures in one of GCompris's resource files. Each is a RIFF container that tells its own length."""
    content = path.read_bytes()
    for found in re.finditer(rb"RIFF(....)WEBP", content, re.DOTALL):
        length = 8 + int.from_bytes(found[1], "little")
        picture = Image.open(io.BytesIO(content[found.start() : found.start() + length])).convert("RGB")
        if min(picture.size) > 250:
            yield picture


def save(name, picture, box):
    """Cut out (left, upper, right, lower), make it HEIGHT × WIDTH and write a JPEG."""
    picture.crop(box).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(DATA / name, quality=92)


def main(folder, collection):
    photographs = [Image.fromarray(load_sample_image(name)) for name in ("china.jpg", "flower.jpg")]
    shipped = [skimage.data.astronaut, skimage.data.chelsea, skimage.data.coffee, skimage.data.rocket, skimage.data.immunohistochemistry]
    photographs += [Image.fromarray(load()) for load in shipped]
    paintings_and_places = [*resources(folder / "details.rcc"), *resources(folder / "explore_monuments.rcc")]
    save("base.jpg", photographs[3], (25, 0, 425, 300))
    save("style.jpg", paintings_and_places[12], (0, 99, 401, 400))
    pictures = photographs + paintings_and_places
    for picture in pictures:
        picture.thumbnail((LONGEST, LONGEST))
    collection.parent.mkdir(exist_ok=True)
    np.savez_compressed(collection, *[np.asarray(picture) for picture in pictures])
    print(f"{len(pictures)} pictures to learn from")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
