"""How well people are understood: the figures of the README, from messages that nothing was trained on."""
