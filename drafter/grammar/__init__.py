"""Turns what the user typed about the partner into words said to the partner.

"his truck" becomes "your truck", "he wants to be left alone" becomes "you want to be left alone", and each
phrase is told apart by its grammatical form, so that a sentence can be chosen which it fits. Nothing is
added; what can't be turned with confidence is left out by returning None. The words it goes by are data,
in `prompts/language/grammar.yaml`.
"""

from drafter.grammar.dialect import british, therapy
from drafter.grammar.matters import appreciation, matter, own_part
from drafter.grammar.mending import mend, strip_phrase
from drafter.grammar.offers import hope, offer
from drafter.grammar.options import option
from drafter.grammar.phrases import Form, Phrase
from drafter.grammar.resources import resource
from drafter.grammar.times import capital_days, kept_time
from drafter.grammar.told import partner_says
from drafter.grammar.turning import Gender, gender, plain_verb, to_you

__all__ = [
    "Form",
    "Gender",
    "Phrase",
    "appreciation",
    "british",
    "capital_days",
    "gender",
    "hope",
    "kept_time",
    "matter",
    "mend",
    "offer",
    "option",
    "own_part",
    "partner_says",
    "plain_verb",
    "resource",
    "strip_phrase",
    "therapy",
    "to_you",
]
