"""The source is embedded and not encoded.

question: build_transformer
fails: test_sizes, test_path_of_the_tokens
"""

def build_transformer(sequence_length, source_vocab, target_vocab, embed_dim, latent_dim, num_heads):
    source = keras.Input((None,), dtype="int32", name="encoder_inputs")
    read = PositionalEmbedding(sequence_length, source_vocab, embed_dim)(source)
    encoder = keras.Model(source, read)

    tokens = keras.Input((None,), dtype="int32", name="decoder_inputs")
    encoded = keras.Input((None, embed_dim), name="encoder_outputs")
    written = PositionalEmbedding(sequence_length, target_vocab, embed_dim)(tokens)
    written = TransformerDecoder(embed_dim, latent_dim, num_heads)(written, encoded)
    decoder = keras.Model([tokens, encoded], layers.Dense(target_vocab)(written))

    transformer = keras.Model([source, tokens], decoder([tokens, read]))
    return transformer, encoder, decoder
