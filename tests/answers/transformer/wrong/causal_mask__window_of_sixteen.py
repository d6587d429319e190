"""Sees back no further than sixteen positions.

question: causal_mask
fails: test_all_see_the_past
"""

def causal_mask(length):
    return tf.linalg.band_part(tf.ones((length, length)), 16, 0)
