"""The Lambda again.

question: add_pair
fails: test_two_weights, test_same_weights_in_every_call, test_adds_the_mapped_second_input, test_fit_in_graph_mode
"""

def AddPair():
    return layers.Lambda(lambda pair: pair[0] + layers.Dense(pair[0].shape[-1])(pair[1]))
