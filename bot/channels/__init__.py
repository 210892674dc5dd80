"""Channels: how messages come to Rasa and go back."""
