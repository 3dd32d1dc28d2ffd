"""Background work: outlives a crash, spreads over processes, runs at set times. Has no rules."""
