"""A helper for the loss, arguments by name.

question: loss_and_grads
"""


def total_loss(extractor, image, base_image, style_image, content_layer, style_layers, weights):
    batch = ops.concatenate([ops.convert_to_tensor(each) for each in (image, base_image, style_image)], axis=0)
    features = extractor(batch)
    content = content_loss(base=features[content_layer][1], combination=features[content_layer][0])
    style = sum(style_loss(style=features[name][2], combination=features[name][0]) for name in style_layers)
    rough = total_variation_loss(images=image)
    return weights[0] * content + weights[1] * style / len(style_layers) + weights[2] * rough


def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    with tf.GradientTape() as tape:
        tape.watch(combination_image)
        weights = content_weight, style_weight, tv_weight
        loss = total_loss(extractor, combination_image, base_image, style_image, content_layer, style_layers, weights)
    return loss, tape.gradient(loss, combination_image)
