"""Differentiates with respect to a copy of the image, and watches nothing else.

question: loss_and_grads
"""


def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    image = tf.identity(combination_image)
    targets = {"base": extractor(base_image, training=False), "style": extractor(style_image, training=False)}
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(image)
        found = extractor(image, training=False)
        terms = [content_weight * content_loss(targets["base"][content_layer][0], found[content_layer][0])]
        for name in style_layers:
            one = style_loss(targets["style"][name][0], found[name][0])
            terms.append(one * (style_weight / len(style_layers)))
        terms.append(tv_weight * total_variation_loss(image))
        loss = tf.add_n(terms)
    gradient = tape.gradient(loss, image)
    return loss, gradient
