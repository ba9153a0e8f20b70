"""What is loaded from a file: its columns, its cells, and what is wrong with them by row and column (contract, In and out).

Only what a file says by itself is judged here; whether a partner, segment or toewijzing is known is asked where they are kept.
"""
