"""What every channel keeps of a conversation: its messages in order, each once, and who asked for a person."""

from bot.conversations.store import Conversation, Conversations, Entry, PersonRequest

__all__ = ["Conversation", "Conversations", "Entry", "PersonRequest"]
