"""How does a person run it? The front door: configuration, wiring and the command line."""
