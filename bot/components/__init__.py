"""Graph components of the Rasa pipeline. They import knowledge's encoder, scripts, index and search, and settings; nothing else of ours."""
