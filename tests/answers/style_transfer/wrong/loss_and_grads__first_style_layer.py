"""Only the first style layer.

question: loss_and_grads
fails: test_loss, test_number_of_style_layers
"""


def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    base, style = extractor(base_image), extractor(style_image)
    with tf.GradientTape() as tape:
        tape.watch(combination_image)
        now = extractor(combination_image)
        content = content_loss(base[content_layer][0], now[content_layer][0])
        styles = sum(style_loss(style[name][0], now[name][0]) for name in style_layers[:1]) / len(style_layers)
        rough = total_variation_loss(combination_image)
        loss = content_weight * content + style_weight * styles + tv_weight * rough
    return loss, tape.gradient(loss, combination_image)
