"""How would it be found if speed did not matter?

The engine that looks at everything: it keeps the documents as they are, goes through all of
them for every question, and counts by the definitions in :mod:`index.fields`,
:mod:`index.matching` and :mod:`index.scoring`. Nothing in here is clever; that makes it the
measure of the other engines.
"""

from index.memory_engine.engine import MemoryEngine

__all__ = ["MemoryEngine"]
