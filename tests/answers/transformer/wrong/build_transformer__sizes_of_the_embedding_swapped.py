"""sequence_length and vocabulary are exchanged.

question: build_transformer
fails: test_sizes
"""

def build_transformer(sequence_length, source_vocab, target_vocab, embed_dim, latent_dim, num_heads):
    source = keras.Input((None,), dtype="int32", name="encoder_inputs")
    read = PositionalEmbedding(source_vocab, sequence_length, embed_dim)(source)
    read = TransformerEncoder(embed_dim, latent_dim, num_heads)(read)
    encoder = keras.Model(source, read)

    tokens = keras.Input((None,), dtype="int32", name="decoder_inputs")
    encoded = keras.Input((None, embed_dim), name="encoder_outputs")
    written = PositionalEmbedding(target_vocab, sequence_length, embed_dim)(tokens)
    written = TransformerDecoder(embed_dim, latent_dim, num_heads)(written, encoded)
    decoder = keras.Model([tokens, encoded], layers.Dense(target_vocab)(written))

    transformer = keras.Model([source, tokens], decoder([tokens, read]))
    return transformer, encoder, decoder
