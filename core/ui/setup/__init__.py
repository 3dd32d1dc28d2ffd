"""The pieces of the pages that set a connection up."""
