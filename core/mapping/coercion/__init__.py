"""Text to what a Salesforce field takes, type by type, and when two values are the same to it."""
