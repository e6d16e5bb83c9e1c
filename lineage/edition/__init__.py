"""The public rules as one page."""
