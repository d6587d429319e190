"""A traced function of its own.

question: loss_and_grads
"""


@tf.function
def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    base, style = extractor(base_image), extractor(style_image)
    with tf.GradientTape() as tape:
        tape.watch(combination_image)
        now = extractor(combination_image)
        loss = tf.zeros(())
        loss = loss + content_weight * content_loss(base[content_layer][0], now[content_layer][0])
        for name in style_layers:
            loss = loss + (style_weight / len(style_layers)) * style_loss(style[name][0], now[name][0])
        loss = loss + tv_weight * total_variation_loss(combination_image)
    return loss, tape.gradient(loss, combination_image)
