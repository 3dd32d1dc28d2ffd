"""How a target is found for a Halda field: words, lexicon, evidence, assignment. Pure."""
