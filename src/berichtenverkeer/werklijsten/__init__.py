"""What is to be done, by whom and before when: a module a list in ``lijsten``, what they share beside it.

Next to ``opslag`` this room holds queries: what stands on a list, and the sentence about it, are one subject.
"""
