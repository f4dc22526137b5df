"""How does a reader see it in a browser?"""
