"""The arithmetic of declarations: ProductPeriode, maxima, amounts (IV042, IV076 – IV090).

Every computation answers an ``Uitkomst``: the number and, in Dutch, the steps that lead to it. Volumes, minutes and
eurocents are whole numbers throughout. Start with ``overzicht`` (one month of one toewijzing) or with ``maximum``.
"""
