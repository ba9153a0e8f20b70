"""Reads, judges, answers and exchanges the iWmo and iJw 3.2 messages of the Dutch Wmo and Jeugdwet."""

__version__ = "0.1.0"
