"""How good the suggestions are, on universities invented for it and labelled by hand.

The labels say what a careful admin of that university would answer; no word of the engine
was taken from them and none may be.
"""
