"""A persistent tape, one gradient for each term.

question: loss_and_grads
"""


def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(combination_image)
        base, style, combination = (extractor(image) for image in (base_image, style_image, combination_image))
        content = content_loss(tf.squeeze(base[content_layer], 0), tf.squeeze(combination[content_layer], 0))
        style_losses = [style_loss(tf.squeeze(style[name], 0), tf.squeeze(combination[name], 0)) for name in style_layers]
        mean_style = tf.reduce_mean(tf.stack(style_losses))
        rough = total_variation_loss(combination_image)
    gradient = content_weight * tape.gradient(content, combination_image)
    gradient += style_weight * tape.gradient(mean_style, combination_image)
    gradient += tv_weight * tape.gradient(rough, combination_image)
    return content_weight * content + style_weight * mean_style + tv_weight * rough, gradient
