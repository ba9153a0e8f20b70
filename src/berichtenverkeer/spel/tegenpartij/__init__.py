"""A counterpart in proefmodus: one party that answers what lies in its postvak, by a script."""
