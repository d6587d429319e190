"""The decoder's layers are called twice, once for each model that they are in.

question: build_transformer
"""

def build_transformer(sequence_length, source_vocab, target_vocab, embed_dim, latent_dim, num_heads):
    embed_source = PositionalEmbedding(sequence_length, source_vocab, embed_dim)
    embed_target = PositionalEmbedding(sequence_length, target_vocab, embed_dim)
    read, write = TransformerEncoder(embed_dim, latent_dim, num_heads), TransformerDecoder(embed_dim, latent_dim, num_heads)
    to_logits = layers.Dense(target_vocab, name="logits")

    encoder_inputs = keras.Input(shape=(None,), dtype="int64", name="encoder_inputs")
    decoder_inputs = keras.Input(shape=(None,), dtype="int64", name="decoder_inputs")
    encoder_outputs = keras.Input(shape=(None, embed_dim), name="encoder_outputs")
    encoded = read(embed_source(encoder_inputs))
    target = embed_target(decoder_inputs)
    encoder = keras.Model(encoder_inputs, encoded)
    decoder = keras.Model([decoder_inputs, encoder_outputs], to_logits(write(target, encoder_outputs)))
    transformer = keras.Model([encoder_inputs, decoder_inputs], to_logits(write(target, encoded)))
    return transformer, encoder, decoder
