"""How figures are counted: cells in, figures out, the same for page, file, home and nation. Pure.

A *cell* is one company, one indicator, one semester. The rules are those of the bilan's method page; every figure
made of two numbers is about one set of companies.
"""

from reporting.method.ground import Ground, Term
from reporting.method.indicators import figures_of
from reporting.method.ratios import ratios_of

__all__ = ["Ground", "Term", "figures_of", "ratios_of"]
