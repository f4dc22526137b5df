"""How does a person run it? The front door: configuration, wiring and the command line.

::

    __main__  ->  cli/ (arguments -> meaning -> library)  ->  config (which home, which index)
                    |
                    +-- indexing (store -> index), server (web page), demo (the sample pages)

The command line is glue: a command turns its arguments into a question or a job, hands
it to the room that knows, and prints what comes back. Nothing else in the project reads
the environment.
"""
