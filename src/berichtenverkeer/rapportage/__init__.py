"""Figures as they are asked: who sees what, over which days, by what, and the rows behind them."""
