"""The demonstration: a small fictive region whose messages go through a real service.

``fixtures/regio`` holds the messages and a manifest that says who sends which file at which moment and what must come of
it. ``speel`` starts the service and sends them; ``fixtures`` made them, from the stories in ``verhalen``.
"""
