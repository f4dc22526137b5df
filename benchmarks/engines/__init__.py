"""How does our engine compare? The same documents and questions for it and for its peers.

How the tables of ``build.py``, ``search.py`` and ``update.py`` are made:

- Documents are invented (:mod:`benchmarks.engines.corpus`: the same on every machine, with the
  frequencies of language, 460 words on average) or, with ``--real``, press releases. They lie in
  one file, which every engine reads itself, so that reading is in everybody's figures.
- Each engine runs in a process of its own (:mod:`benchmarks.engines.process`) and implements
  :class:`benchmarks.engines.peer.Peer`; what it is given and what it answers are plain JSON.
  Peers are set up as their documentation advises, with one thread.
- Questions are of twelve kinds (:mod:`benchmarks.engines.questions`), drawn from the documents.
  The engines take turns question by question, the first answer of each is not counted, and
  their totals and facets are compared: a difference is printed.
- Times are those of the processor, medians. The machine is never idle: only ratios within one
  run mean something. What two processors would take is worked out from CPU time
  (:mod:`benchmarks.engines.watch`), and so is memory, over all processes of an engine.

Every script prints a table, and then the same as one line of JSON.
"""
