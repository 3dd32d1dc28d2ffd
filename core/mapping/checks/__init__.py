"""What is wrong with a mapping, before anything is sent: one module for each kind of question."""
