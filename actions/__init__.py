"""The actions of the dialogue. Nothing heavy happens at import: the action server imports every module at its start."""
