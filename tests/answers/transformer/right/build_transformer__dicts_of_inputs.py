"""Inputs in dicts, and the models called by name.

question: build_transformer
"""

def build_transformer(sequence_length, source_vocab, target_vocab, embed_dim, latent_dim, num_heads):
    inputs = {name: keras.Input((None,), dtype="int32", name=name) for name in ("encoder_inputs", "decoder_inputs")}
    inputs["encoder_outputs"] = keras.Input((None, embed_dim), name="encoder_outputs")
    x = PositionalEmbedding(sequence_length=sequence_length, vocab_size=source_vocab, embed_dim=embed_dim)(inputs["encoder_inputs"])
    encoder = keras.Model(inputs["encoder_inputs"], TransformerEncoder(embed_dim=embed_dim, dense_dim=latent_dim, num_heads=num_heads)(x))
    x = PositionalEmbedding(sequence_length=sequence_length, vocab_size=target_vocab, embed_dim=embed_dim)(inputs["decoder_inputs"])
    x = TransformerDecoder(embed_dim=embed_dim, latent_dim=latent_dim, num_heads=num_heads)(x, inputs["encoder_outputs"])
    decoder = keras.Model({name: inputs[name] for name in ("decoder_inputs", "encoder_outputs")}, layers.Dense(target_vocab)(x))
    logits = decoder({"decoder_inputs": inputs["decoder_inputs"], "encoder_outputs": encoder(inputs["encoder_inputs"])})
    transformer = keras.Model({name: inputs[name] for name in ("encoder_inputs", "decoder_inputs")}, logits)
    return transformer, encoder, decoder
