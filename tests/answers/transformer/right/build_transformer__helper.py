"""A helper function makes a pair of an embedding and a block.

question: build_transformer
"""

def embedded(name, block, sequence_length, vocab, embed_dim, *others):
    tokens = keras.Input((None,), dtype="int32", name=name)
    return tokens, block(*[PositionalEmbedding(sequence_length, vocab, embed_dim)(tokens), *others])


def build_transformer(sequence_length, source_vocab, target_vocab, embed_dim, latent_dim, num_heads):
    sizes = (embed_dim, latent_dim, num_heads)
    source, encoded = embedded("encoder_inputs", TransformerEncoder(*sizes), sequence_length, source_vocab, embed_dim)
    encoder = keras.Model(inputs=source, outputs=encoded)
    state = keras.Input((None, embed_dim), name="encoder_outputs")
    target, decoded = embedded("decoder_inputs", TransformerDecoder(*sizes), sequence_length, target_vocab, embed_dim, state)
    decoder = keras.Model(inputs=[target, state], outputs=layers.Dense(target_vocab)(decoded))
    return keras.Model(inputs=[source, target], outputs=decoder([target, encoder.output])), encoder, decoder
