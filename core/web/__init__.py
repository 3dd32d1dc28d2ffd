"""The server around the pages: its own routes, what it refuses, how it starts. Holds no rules."""
