"""Answers, documents and graphs as a person or a program takes them: text, JSON, HTML, SVG."""
