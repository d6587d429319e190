"""A linear extractor, and doubles for the three losses; an answer that writes losses out is as right. All are computed in NumPy."""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close_any, assert_equal, assert_shape, question, visible, weight

from .analytic import content, losses_and_gradients, some_network, style

pytestmark = question("loss_and_grads")

NETWORK = some_network(1, [("fine", (1, 1), 4), ("down", (2, 1), 5), ("right", (1, 3), 2), ("coarse", (3, 2), 6)])
STYLES = ["down", "coarse", "right"]
GRADIENT_HINT = "The gradient is that of the whole loss, all three terms, for the combination image: is each of them computed inside the tape, with tensors only?"


def some_images(rng, height=6, width=8):
    """Combination, base and style image."""
    return [low + span * rng.uniform(size=(1, height, width, 3)) for low, span in [(0, 1), (0.3, 0.5), (0.1, 0.6)]]


def setting(content_weight=0.6, style_weight=25.0, tv_weight=0.3, content_layer="fine", style_layers=STYLES):
    return {
        "content_layer": content_layer,
        "style_layers": list(style_layers),
        "content_weight": content_weight,
        "style_weight": style_weight,
        "tv_weight": tv_weight,
    }


def assert_loss(got, images, settings, hint, what):
    losses, _ = losses_and_gradients(NETWORK, images, settings)
    assert_close_any(got, losses, rtol=1e-3, atol=1e-6, hint=hint, what=f"loss, {what}")


def assert_gradient(got, images, settings, hint, what):
    _, gradients = losses_and_gradients(NETWORK, images, settings)
    assert_close_any(got, gradients, rtol=1e-3, atol=1e-5, hint=hint, what=f"gradient, {what}")


MIXED = [setting(), setting(2, 9.5, 0.05, "right", ["right", "fine"]), setting(3, 40.0, 0.4, "coarse", ["down"])]


@visible
def test_loss(student, rng):
    """The three terms, each with its weight, add up to the loss of the image as it is."""
    images = some_images(rng)
    for one, got in zip(MIXED, student.losses_and_gradients(NETWORK, images, MIXED)):
        hint = "Content of the content layer from the base image, style of the style layers from the style image, roughness of the combination image itself."
        assert_loss(got["loss"], images, one, hint, f"style layers {one['style_layers']}")


def test_each_term_alone(student, rng):
    """With two weights at zero, the third term is left, with its own weight and its own gradient."""
    images = some_images(rng, 7, 5)
    alone = {"content": setting(0.7, 0, 0), "style": setting(0, 60.0, 0), "roughness": setting(0, 0, 1.3)}
    for (name, one), got in zip(alone.items(), student.losses_and_gradients(NETWORK, images, list(alone.values()))):
        assert_loss(got["loss"], images, one, f"Look at the term for {name}: which image, which layer, which weight?", name)
        assert_gradient(got["gradient"], images, one, f"Look at the term for {name}: does the tape see it from the image on?", name)


def test_number_of_style_layers(student, rng):
    """The weight of the style is shared among the style layers, however many there are and in whatever order."""
    images = some_images(rng)
    choices = [["right"], ["coarse", "fine"], ["fine", "right", "down"], ["coarse", "right", "down", "fine"]]
    settings = [setting(0.2, 30.0, 0.1, "down", names) for names in choices]
    for names, one, got in zip(choices, settings, student.losses_and_gradients(NETWORK, images, settings)):
        hint = "Each style layer counts, with the style's weight divided by the number of style layers; the content layer does not enter that number."
        assert_loss(got["loss"], images, one, hint, f"style layers {names}")
        assert_gradient(got["gradient"], images, one, hint, f"style layers {names}")


def test_gradient(student, rng):
    """The exact gradient with respect to the combination image, in that image's shape."""
    images = some_images(rng)
    for one, got in zip(MIXED, student.losses_and_gradients(NETWORK, images, MIXED)):
        assert_shape(got["gradient"], images[0].shape, hint="One number for each of the image's, with its batch axis.", what="gradient")
        assert_gradient(got["gradient"], images, one, GRADIENT_HINT, f"style layers {one['style_layers']}")


def test_begins_at_the_base(student, rng):
    """Where the combination image still is the base image, its content has neither loss nor gradient, and its style has both."""
    _, base, style_image = some_images(rng)
    images = [base, base, style_image]
    for one, got in zip(MIXED, student.losses_and_gradients(NETWORK, images, MIXED)):
        assert_loss(got["loss"], images, one, "The base image is compared with the combination, the style image too.", "at the base image")
        assert_gradient(got["gradient"], images, one, GRADIENT_HINT, "at the base image")


def test_variables(student, rng):
    """Images kept in variables do as well as tensors, and nothing changes them or the extractor's weights."""
    images = some_images(rng, 5, 9)
    got = student.of_variables(NETWORK, images, MIXED[0])
    assert_loss(got["loss"], images, MIXED[0], "A tf.Variable is as good as a tensor.", "of variables")
    assert_gradient(got["gradient"], images, MIXED[0], GRADIENT_HINT, "of variables")
    hint = "It only looks: no step is taken, neither of the images nor of the network's weights."
    assert_equal(got["after"], got["before"], hint=hint, what="images and weights")


def test_in_a_graph(student, rng):
    """Inside a tf.function, traced once, it follows an image that is given as a tensor or kept in a variable."""
    images = some_images(rng)
    others = [some_images(rng)[0], images[0]]
    found = student.in_a_graph(NETWORK, images, others, MIXED[1])
    for way in ("tensor", "variable"):
        for combination, got in zip(others, found[way]):
            now = [combination, *images[1:]]
            hint = "Inside a graph a tensor has no numbers yet: no NumPy, no float(), no predict, and no new variable."
            assert_loss(got["loss"], now, MIXED[1], hint, f"in a graph, {way}")
            assert_gradient(got["gradient"], now, MIXED[1], hint, f"in a graph, {way}")


@pytest.mark.gpu
@weight(2)
def test_transfer(student):
    """With the notebook's pictures and network, many steps bring the style ten times nearer to the painting's, and the content stays that of the photograph."""
    weights, base, painting = bundled()
    one = setting(3e-5, 1.0, 1e-4, "conv4_2", ["conv1_1", "conv2_1", "conv3_1", "conv4_1"])
    image = as_array(student.transferred(weights, base, painting, one, steps=120, learning_rate=0.02), what="image")
    assert_shape(image, base.shape, hint="A gradient in the image's shape.", what="image")
    before, after, wanted = (activations(weights, values) for values in (base, image, painting))
    styles = [np.mean([style(wanted[name], found[name])[0] for name in one["style_layers"]]) for found in (before, after)]
    # Answers that call the losses, or write some out: 0.013 to 0.05, and 0.09 to 0.33 below.
    hint = "Repeated, steps against the gradient must lead far towards the painting's style."
    assert_between(styles[1] / styles[0], 0, 0.1, hint=hint, what="style loss, over that of the photograph")
    contents = [content(before["conv4_2"], found["conv4_2"])[0] for found in (after, wanted)]
    hint = "The photograph must still be seen: it is far nearer to the result than to the painting."
    assert_between(contents[0] / contents[1], 0, 0.5, hint=hint, what="content loss, over that of the painting")


def bundled():
    """The network's kernels and biases by layer, and both pictures `(1, H, W, 3)`, at half their size."""
    from PIL import Image  # only here: a grading machine without it still runs the others

    data = Path(__file__).parents[3] / "assignments" / "style_transfer" / "data"
    with np.load(data / "network.npz") as archive:
        names = sorted({path.split("/")[0] for path in archive})
        weights = {name: [np.float64(archive[f"{name}/{part}"]) for part in ("kernel", "bias")] for name in names}
    pictures = []
    for name in ("base", "style"):
        picture = Image.open(data / f"{name}.jpg")
        pictures.append(np.asarray(picture.resize((picture.width // 2, picture.height // 2)))[None] / 255)
    return weights, *pictures


def activations(weights, image):
    """What each layer of the notebook's network makes of an image, `(h, w, C)`."""
    x, found = 2 * image[0] - 1, {}
    for name, (kernel, bias) in weights.items():
        if name.endswith("_1") and found:
            height, width = (size // 2 for size in x.shape[:2])
            x = x[: 2 * height, : 2 * width].reshape(height, 2, width, 2, -1).mean(axis=(1, 3))
        height, width, _ = x.shape
        padded = np.pad(x, ((1, 1), (1, 1), (0, 0)))
        x = np.maximum(bias + sum(padded[i : i + height, j : j + width] @ kernel[i, j] for i, j in np.ndindex(3, 3)), 0)
        found[name] = x
    return found
