"""drafter: find the words to invite a reluctant partner to one visit of couples therapy."""

__version__ = "0.1.0"
