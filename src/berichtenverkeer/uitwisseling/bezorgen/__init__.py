"""Pushing what lies ready to the endpoint of a gemeente, by SOAP: attempts, back-off, and an end to it."""
