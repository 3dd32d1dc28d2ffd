"""The connection doctor: asks an org what may be wrong with a connection, and who has to act."""
