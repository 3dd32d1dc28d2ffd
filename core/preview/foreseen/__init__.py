"""What the org itself would refuse, or write beside what is sent. Pure."""
