"""How a library is brought to the newest schema: the Alembic scripts in ``versions``, run in one transaction, forwards only.

A script is never changed once a library was made with it, and it names its columns itself instead of taking them from ``schema``,
which moves on.
"""
