"""The back-office of a hoofdaannemer: what it passes on to partners, what they may invoice, how full its places are.

Words, rules and figures are those of the contract for this back-office, cited here as "contract" with the section. All of
it takes values in and gives values out: the facts, the settings and the day are arguments. Amounts are whole eurocent.
"""
