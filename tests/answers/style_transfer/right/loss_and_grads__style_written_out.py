"""The style loss written out, with gram_matrix called.

question: loss_and_grads
"""


def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    style = {name: gram_matrix(activation[0]) for name, activation in extractor(style_image).items()}
    content = extractor(base_image)[content_layer][0]
    with tf.GradientTape() as tape:
        tape.watch(combination_image)
        now = extractor(combination_image)
        loss = tv_weight * total_variation_loss(combination_image) + content_weight * content_loss(content, now[content_layer][0])
        for name in style_layers:
            size = float(np.prod(now[name].shape))
            loss += style_weight / len(style_layers) * ops.sum(ops.square((gram_matrix(now[name][0]) - style[name]) / size)) / 4
    return loss, tape.gradient(loss, combination_image)
