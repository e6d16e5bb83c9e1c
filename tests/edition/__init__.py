"""Tests of the one page of public rules."""
