"""What exactly was the rule on that day, and how do we know?

The rooms of the house, in the order in which a paper passes through them:

    a file becomes **pages**, pages **blocks**, blocks **clauses**, clauses **relations**; they are written as **documents**,
    kept in a **store**, joined as a **graph**, unrolled as a **timeline**, and asked for **answers**.

``pipeline`` writes along that line and ``library`` asks at its end; ``rendering`` shows what was answered, and ``cli`` is the front door.
"""

__version__ = "0.1.0"
