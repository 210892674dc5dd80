"""What every channel keeps of a conversation: its messages in order, each once, and who asked for a person."""

from bot.conversations.store import MOST, Conversation, Conversations, Entry, PersonRequest

__all__ = ["MOST", "Conversation", "Conversations", "Entry", "PersonRequest"]
