"""Quotations: what somebody is quoted as saying, and who it was.

::

    marks       where words stand between quotation marks
    pieces      quotations in the making, and which paragraphs need be read for them
    tokens      the paragraph around them as words
    scene       a paragraph with its quotations while it is read
    subjects    the phrase that names a speaker; forward, backward read it in either direction
    verbs       which word is a verb of saying there
    frames      the words that say whose a quotation is; behind, before read them on either side
    colons      what leads to a quotation by a colon, verbs aside
    announced   "Roe issued the following statement:", which leads to all of it
    shape       what is quoted: an utterance, a fragment, a title
    nicknames   Jane “Jo” Roe, where nothing is quoted
    naming      which capitalised words are a person's name, and which are nobody's
    register    the people whom the text names, and whom "she" can mean
    mentions    whether "the minister" may be another one than who was introduced
    antecedents whom "she", "it" or a verb without a subject means
    behalf      for whom a speaker is said to speak: "Au nom de X, Jane Roe"
    bodies      the whole name of "l’association", which the text gives elsewhere
    identity    who a subject is: a person, a spokesperson, an organisation, a document
    attribute   all of it in the order of the text: who speaks, goes on, or stays unknown
    grammar     the small words of each language (grammar.toml)
"""

from archive.quotations.attribute import explain_quotations, find_quotations

__all__ = ["explain_quotations", "find_quotations"]
