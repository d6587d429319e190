"""A loop over the eyes, and Keras' operation.

question: stereo
"""

def build_stereo_model(backbone):
    eyes, seen = [], []
    for _ in range(2):
        eye = keras.Input(backbone.inputs[0].shape[1:])
        eyes.append(eye)
        seen.append(backbone(eye))
    return keras.Model(eyes, ops.concatenate(seen, axis=-1))
