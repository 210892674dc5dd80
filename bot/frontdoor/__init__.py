"""The one public door: chat sessions, advice, letters, pages. Speaks HTTP to Rasa on loopback."""
