"""Tuning the encoder: read the engine's weights, train them on the topics and the entries, write them back small."""
