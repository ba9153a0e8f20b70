"""Releases of the standard that live beside each other, shown with one that is made up."""
