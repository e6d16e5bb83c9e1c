"""Answers and documents made visible: text for people, JSON for programs, HTML, and the lineage picture as SVG."""
