"""The version of this package, which is that of the program it was written for."""

__version__ = "0.2.0"
