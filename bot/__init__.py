"""The Rasa side: pipeline components, training data, channels, the front door and the commands that run them."""
