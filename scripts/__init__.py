"""Steps of the set-up."""
