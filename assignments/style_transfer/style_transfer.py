# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [raw]
# # ASSIGNMENT CONFIG
# name: style_transfer
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # The style of one picture, the content of another

# %% [markdown]
# ## Set-up
#
# Run these cells first. In Google Colab the first one installs what is missing and asks for the zip file that you were given.

# %%
import json
import os
import sys
import zipfile
from pathlib import Path

if "google.colab" in sys.modules:
    get_ipython().run_line_magic("pip", "install --quiet otter-grader==7.0.0")
    if Path("style_transfer").is_dir():
        os.chdir("style_transfer")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("style_transfer").is_dir():
            os.chdir("style_transfer")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("style_transfer.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("style_transfer.ipynb")

# %%
import contextlib
import functools

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers, ops

keras.utils.set_random_seed(7)

# %% [raw]
# # BEGIN QUESTION
# name: gram_matrix

# %% [markdown]
# ## gram_matrix

# %% [raw]
# # BEGIN SOLUTION


# %%
def gram_matrix(features):
    """How strongly the channels of a feature map occur together.

    features: a float tensor or array of shape `(H, W, C)`, one image's feature map. H, W and C may all be different, and are known.

    Returns the Gram matrix, a float tensor of shape `(C, C)`: its entry in row c and column d is the sum over all H · W positions of the
    product of channel c and channel d. A sum: it is not divided by anything. No mean is subtracted. It can be differentiated.

    Example: a map of 1 × 3 positions with the channels (1, 0, 2) and (5, 1, -1), shape `(1, 3, 2)`, has the Gram matrix
    `[[5, 3], [3, 27]]`: 1·1 + 0·0 + 2·2 = 5, 1·5 + 0·1 + 2·(-1) = 3, 5·5 + 1·1 + (-1)·(-1) = 27.
    """
    # BEGIN SOLUTION NO PROMPT
    channels = ops.shape(features)[-1]
    rows = ops.reshape(features, (-1, channels))
    return ops.matmul(ops.transpose(rows), rows)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("gram_matrix is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It runs."
failure_message: "Expected: it runs."
""" # END TEST CONFIG


def test_it_is_there(gram_matrix):
    assert callable(gram_matrix)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: style_loss

# %% [markdown]
# ## style_loss

# %% [raw]
# # BEGIN SOLUTION


# %%
def style_loss(style, combination):
    """How far the styles of two feature maps are apart.

    style, combination: float tensors or arrays of one and the same shape `(H, W, C)`: what one layer makes of the style image and of the
    combination image. H, W and C are the sizes of these **feature maps**, whatever the sizes of the images were, and are known.

    With the Gram matrices of both, as `gram_matrix` gives them (your code calls it, once for each map): the sum of all C · C squared
    differences, divided by 4 · C² · (H · W)². Returns it as a scalar float tensor, shape `()`. It can be differentiated with respect to both.

    Example: two maps of shape `(2, 3, 5)` whose Gram matrices differ by 6 in every entry have a style loss of 25 · 36 / (4 · 25 · 36) = 0.25.
    """
    # BEGIN SOLUTION NO PROMPT
    height, width, channels = ops.shape(style)
    difference = gram_matrix(style) - gram_matrix(combination)
    return ops.sum(ops.square(difference)) / (4 * channels**2 * (height * width) ** 2)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("style_loss is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It runs."
failure_message: "Expected: it runs."
""" # END TEST CONFIG


def test_it_is_there(style_loss):
    assert callable(style_loss)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: content_loss

# %% [markdown]
# ## content_loss

# %% [raw]
# # BEGIN SOLUTION


# %%
def content_loss(base, combination):
    """How far the contents of two feature maps are apart.

    base, combination: float tensors or arrays of one and the same shape `(H, W, C)`: what one layer makes of the base image (the photograph
    whose content is kept) and of the combination image.

    Returns the sum of the squared differences over all positions and channels, a scalar float tensor of shape `()`. A sum, not a mean, and
    without a factor ½. It can be differentiated with respect to both.

    Example: the maps `[[[1, 2]], [[3, 4]]]` and `[[[1, 0]], [[6, 4]]]`, both of shape `(2, 1, 2)`, have a content loss of 2² + 3² = 13.
    """
    # BEGIN SOLUTION NO PROMPT
    return ops.sum(ops.square(combination - base))
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("content_loss is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It runs."
failure_message: "Expected: it runs."
""" # END TEST CONFIG


def test_it_is_there(content_loss):
    assert callable(content_loss)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: total_variation

# %% [markdown]
# ## total_variation

# %% [raw]
# # BEGIN SOLUTION


# %%
def total_variation_loss(images):
    """How rough images are: the differences between neighbouring pixels.

    images: a float tensor or array of shape `(B, H, W, C)`, B images with C = 3 channels for colour; H and W are at least 2.

    For every image and channel and every position that has both a neighbour below it and one to its right (all but the last row and the last
    column), let v be the difference to the pixel below and h the difference to the pixel on the right. Returns the sum of (v² + h²) ^ 1.25
    over all these positions, all channels and all images, as a scalar float tensor of shape `()`. A sum, not a mean. Nothing wraps around: the
    last column is no neighbour of the first, nor the last row.

    It can be differentiated. Where both differences are zero its gradient is zero, not NaN.

    Example: the image `[[1, 4], [5, 9]]` of shape `(1, 2, 2, 1)` has one such position: v = 5 - 1, h = 4 - 1, so it is (16 + 9) ^ 1.25 = 55.9.
    """
    # BEGIN SOLUTION NO PROMPT
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum((ops.square(below) + ops.square(right)) ** 1.25)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("total_variation_loss is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It runs."
failure_message: "Expected: it runs."
""" # END TEST CONFIG


def test_it_is_there(total_variation_loss):
    assert callable(total_variation_loss)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: feature_extractor

# %% [markdown]
# ## feature_extractor

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_feature_extractor(model, layer_names):
    """One model that gives the activations of several layers of another at once.

    model: a functional `keras.Model` with one input of shape `(B, H, W, C)`; H and W may be open. It may have branches.
    layer_names: a list of names of its layers, each once, in any order; perhaps only one.

    Returns a `keras.Model` from the same input to a dict: under each of these names, and no others, that layer's output `(B, h, w, F)`. A dict
    also if there is only one name.

    The layers are those of `model`, with the weights that they have; nothing is copied and no weight gets a new value. All weights of the
    extractor are frozen: its `trainable_weights` is empty. Since the layers are shared, freezing may freeze `model` too.

    Example: `build_feature_extractor(model, ["conv_2", "conv_1"])(images)` is `{"conv_2": …, "conv_1": …}`.
    """
    # BEGIN SOLUTION NO PROMPT
    extractor = keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
    extractor.trainable = False
    return extractor
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("build_feature_extractor is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It runs."
failure_message: "Expected: it runs."
""" # END TEST CONFIG


def test_it_is_there(build_feature_extractor):
    assert callable(build_feature_extractor)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: loss_and_grads

# %% [markdown]
# ## loss_and_grads

# %% [raw]
# # BEGIN SOLUTION


# %%
def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    """The loss of a combination image, and its gradient with respect to that image.

    extractor: a Keras model from images `(B, H, W, 3)` to a dict of activations, layer name → `(B, h, w, C)`, as `build_feature_extractor`
    makes it. It treats each image of a batch by itself, so you may call it with one image or with several. The dict may hold more layers
    than are asked for. No weight of it changes. combination_image, base_image, style_image: float32 of one and the same shape
    `(1, H, W, 3)`, with values from 0 to 1; the extractor does all preprocessing itself. Each is a tensor or a `tf.Variable`.
    content_layer: a name. style_layers: a list of one or more names; content_layer may be among them. content_weight, style_weight,
    tv_weight: numbers.

    The loss is the sum of three terms:

    - `content_weight` times `content_loss(base, combination)` of the activations `(h, w, C)` of the content layer,
    - `style_weight`, divided by the number of style layers, times the sum of `style_loss(style, combination)` over the style layers,
      each with activations `(h, w, C)`, without the batch axis,
    - `tv_weight` times `total_variation_loss(combination_image)`, of the image itself with its batch axis.

    Your code calls these three functions, with their arguments in this order.

    Returns a tuple `(loss, gradient)`: the loss, a scalar tensor of shape `()`, and its gradient with respect to the combination image, a
    tensor of shape `(1, H, W, 3)`. It works for a combination image that is a tensor and for one that is a `tf.Variable`, called directly
    or inside a `tf.function`. It changes none of the images.

    Example: a content loss of 2, style losses of 3 and 5 in two layers and a total variation of 7, with the weights 0.5, 10 and 0.1, make
    a loss of 0.5 · 2 + 10 / 2 · (3 + 5) + 0.1 · 7 = 41.7.
    """
    # BEGIN SOLUTION NO PROMPT
    base, style = extractor(base_image), extractor(style_image)
    with tf.GradientTape() as tape:
        tape.watch(combination_image)
        combination = extractor(combination_image)
        content = content_loss(base[content_layer][0], combination[content_layer][0])
        styles = [style_loss(style[name][0], combination[name][0]) for name in style_layers]
        roughness = total_variation_loss(combination_image)
        loss = content_weight * content + style_weight / len(style_layers) * sum(styles) + tv_weight * roughness
    return loss, tape.gradient(loss, combination_image)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("compute_loss_and_grads is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It runs."
failure_message: "Expected: it runs."
""" # END TEST CONFIG


def test_it_is_there(compute_loss_and_grads):
    assert callable(compute_loss_and_grads)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

