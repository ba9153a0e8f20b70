"""A rehearsal of a transition between releases: what a plan says (``plan``), the flow that is made of it (``verhaal``), played at a
node of its own (``oefenen``), and whether nothing was lost (``uitkomst``)."""
