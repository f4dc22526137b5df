"""How does our engine compare? The same documents and questions for it and for its peers.

Each engine runs in a process of its own (:mod:`benchmarks.engines.process`) and implements
:class:`benchmarks.engines.peer.Peer`; what it is given and what it answers are plain JSON.
"""
