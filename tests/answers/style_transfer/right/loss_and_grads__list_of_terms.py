"""The gradient of a list of terms is that of their sum.

question: loss_and_grads
"""


def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    share = style_weight / float(len(style_layers))
    with tf.GradientTape() as tape:
        tape.watch(combination_image)
        base = {name: tf.stop_gradient(value) for name, value in extractor(base_image).items()}
        style = {name: tf.stop_gradient(value) for name, value in extractor(style_image).items()}
        now = extractor(combination_image)
        terms = [share * style_loss(now[name][0], style[name][0]) for name in style_layers]
        terms += [content_weight * content_loss(now[content_layer][0], base[content_layer][0])]
        terms += [tv_weight * total_variation_loss(combination_image)]
    return tf.reduce_sum(terms), tape.gradient(terms, combination_image)
