"""The content loss written out, the others called.

question: loss_and_grads
"""


def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    style = extractor(style_image)
    target = extractor(base_image)[content_layer]
    with tf.GradientTape() as tape:
        tape.watch(combination_image)
        now = extractor(combination_image)
        total = content_weight * ops.sum(ops.square(now[content_layer] - target))
        total = total + tv_weight * total_variation_loss(combination_image)
        for name in style_layers:
            total = total + style_weight * style_loss(style[name][0], now[name][0]) / len(style_layers)
    grads = tape.gradient(total, combination_image)
    return total, grads
