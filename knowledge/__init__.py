"""The law as dated data, the decisions over it, and the search in it.

Imports nothing of ours outside this package; reads its own files and nothing else: no network, no clock, no environment.
"""
