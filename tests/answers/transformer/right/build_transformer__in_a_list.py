"""The decoder block is given its inputs in a list, and takes them so; the transformer has inputs of its own.

question: build_transformer
"""

class TransformerDecoder(TransformerDecoder):
    def call(self, inputs):
        return super().call(*inputs)


def build_transformer(sequence_length, source_vocab, target_vocab, embed_dim, latent_dim, num_heads):
    def tokens(name):
        return keras.Input(shape=(None,), dtype="int32", name=name)

    encoder_inputs = tokens("encoder_inputs")
    encoder = keras.Model(
        encoder_inputs,
        TransformerEncoder(embed_dim, latent_dim, num_heads, name="reader")(PositionalEmbedding(sequence_length, source_vocab, embed_dim)(encoder_inputs)),
    )
    decoder_inputs, encoder_outputs = tokens("decoder_inputs"), keras.Input((None, embed_dim), dtype="float32", name="encoder_outputs")
    x = PositionalEmbedding(sequence_length, vocab_size=target_vocab, embed_dim=embed_dim)(decoder_inputs)
    x = TransformerDecoder(embed_dim, latent_dim=latent_dim, num_heads=num_heads)([x, encoder_outputs])
    decoder = keras.Model([decoder_inputs, encoder_outputs], layers.Dense(units=target_vocab, activation=None)(x))
    whole = [tokens("encoder_inputs"), tokens("decoder_inputs")]
    return keras.Model(whole, decoder([whole[1], encoder(whole[0])])), encoder, decoder
