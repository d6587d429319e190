"""Goes through the rows one by one, as if their number were known.

question: format_dataset
fails: test_in_a_pipeline
"""

def format_dataset(source, target):
    rows = range(target.shape[0])
    inputs = {"encoder_inputs": source, "decoder_inputs": tf.stack([target[i, :-1] for i in rows])}
    return inputs, tf.stack([target[i, 1:] for i in rows])
