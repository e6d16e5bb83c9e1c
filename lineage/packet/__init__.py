"""The packet that stands in court."""
