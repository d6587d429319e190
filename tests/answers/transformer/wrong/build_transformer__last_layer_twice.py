"""The transformer has a last layer of its own.

question: build_transformer
fails: test_shared_weights, test_decoder_on_encoder
"""

def build_transformer(sequence_length, source_vocab, target_vocab, embed_dim, latent_dim, num_heads):
    source = keras.Input((None,), dtype="int32", name="encoder_inputs")
    read = PositionalEmbedding(sequence_length, source_vocab, embed_dim)(source)
    read = TransformerEncoder(embed_dim, latent_dim, num_heads)(read)
    encoder = keras.Model(source, read)

    tokens = keras.Input((None,), dtype="int32", name="decoder_inputs")
    encoded = keras.Input((None, embed_dim), name="encoder_outputs")
    written = PositionalEmbedding(sequence_length, target_vocab, embed_dim)(tokens)
    written = TransformerDecoder(embed_dim, latent_dim, num_heads)(written, encoded)
    decoder = keras.Model([tokens, encoded], layers.Dense(target_vocab)(written))

    body = keras.Model([tokens, encoded], written)
    transformer = keras.Model([source, tokens], layers.Dense(target_vocab)(body([tokens, read])))
    return transformer, encoder, decoder
