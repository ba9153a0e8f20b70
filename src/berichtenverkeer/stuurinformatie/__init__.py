"""Steering figures: what each means, the facts they rest on, and how they are counted, rounded and hidden.

Values in, values out. A day is its number (``date.toordinal``): facts are kept so, and figures count with them.
"""
