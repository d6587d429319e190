"""A Lambda around a Dense that was made once: alike in each call, but untracked.

question: add_pair
fails: test_two_weights, test_adds_the_mapped_second_input, test_fit_in_graph_mode
"""

def AddPair():
    made = {}

    def add(pair):
        a, b = pair
        if "dense" not in made:
            made["dense"] = layers.Dense(a.shape[-1])
        return a + made["dense"](b)

    return layers.Lambda(add)
