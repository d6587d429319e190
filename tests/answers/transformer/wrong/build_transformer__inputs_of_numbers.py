"""The inputs are not told that tokens are integers.

question: build_transformer
fails: test_inputs_and_outputs
"""

def build_transformer(sequence_length, source_vocab, target_vocab, embed_dim, latent_dim, num_heads):
    source = keras.Input((None,), name="encoder_inputs")
    read = PositionalEmbedding(sequence_length, source_vocab, embed_dim)(source)
    read = TransformerEncoder(embed_dim, latent_dim, num_heads)(read)
    encoder = keras.Model(source, read)

    tokens = keras.Input((None,), name="decoder_inputs")
    encoded = keras.Input((None, embed_dim), name="encoder_outputs")
    written = PositionalEmbedding(sequence_length, target_vocab, embed_dim)(tokens)
    written = TransformerDecoder(embed_dim, latent_dim, num_heads)(written, encoded)
    decoder = keras.Model([tokens, encoded], layers.Dense(target_vocab)(written))

    transformer = keras.Model([source, tokens], decoder([tokens, read]))
    return transformer, encoder, decoder
