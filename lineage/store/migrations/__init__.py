"""How a library is brought to the newest schema: the Alembic scripts in ``versions``, run in one transaction, forwards only.

A script is never changed once a library was made with it, and it names its columns itself instead of taking them from ``schema``,
which moves on. ``newest.sql`` is what all of them together make of an empty database, for libraries that are new; it is written anew with
every script (``tests/store/newest.py``), and a test holds the two together.
"""
