"""A batch in its order: each record matched, planned or held. Pure."""
