"""Recording: what happened on a running system as a flow in which nobody can be recognised."""
