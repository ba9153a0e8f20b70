"""The demonstration: a fictive region plays flows of the library against a node of its own, and shows what came of them.

``fixtures/regio.yaml`` says who takes part and which flows are told of how many clients; what must come of each message is
what its flow says.
"""
