"""All three losses written out.

question: loss_and_grads
"""


def compute_loss_and_grads(
    extractor, combination_image, base_image, style_image, content_layer, style_layers, content_weight, style_weight, tv_weight
):
    def gram(features):
        rows = tf.reshape(features, (-1, features.shape[-1]))
        return tf.matmul(rows, rows, transpose_a=True)

    base, style = extractor(base_image), extractor(style_image)
    image = tf.convert_to_tensor(combination_image)
    with tf.GradientTape() as tape:
        tape.watch(image)
        now = extractor(image)
        loss = content_weight * tf.reduce_sum((now[content_layer] - base[content_layer]) ** 2)
        for name in style_layers:
            _, h, w, c = now[name].shape
            distance = tf.reduce_sum((gram(style[name][0]) - gram(now[name][0])) ** 2)
            loss += style_weight * distance / (4.0 * c**2 * (h * w) ** 2) / len(style_layers)
        corner = image[:, :-1, :-1]
        rough = ((image[:, 1:, :-1] - corner) ** 2 + (image[:, :-1, 1:] - corner) ** 2) ** 1.25
        loss += tv_weight * tf.reduce_sum(rough)
    return loss, tape.gradient(loss, image)
