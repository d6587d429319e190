"""The three images as one batch.

question: loss_and_grads
"""


def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    with tf.GradientTape() as tape:
        tape.watch(combination_image)
        features = extractor(tf.concat([base_image, style_image, combination_image], axis=0))
        loss = content_weight * content_loss(features[content_layer][0], features[content_layer][2])
        for name in style_layers:
            loss += style_weight / len(style_layers) * style_loss(features[name][1], features[name][2])
        loss += tv_weight * total_variation_loss(combination_image)
    return loss, tape.gradient(loss, combination_image)
