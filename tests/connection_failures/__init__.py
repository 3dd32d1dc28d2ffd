"""The page about connection failures, made from the code so that it cannot go stale."""
