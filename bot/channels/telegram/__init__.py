"""The Telegram bot: a process of its own beside the others, on python-telegram-bot; speaks HTTP to Rasa.

An update is kept before it is acknowledged (inbox), said to Rasa, and its answer is kept before it is sent (outbox), so that a
process may stop at any moment without losing or doubling anything. One worker at a time works on a chat, under a lease, so that
several instances on one database keep the order of each chat.
"""
