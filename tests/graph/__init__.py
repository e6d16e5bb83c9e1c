"""The graph of works and relations, and the picture of it."""
