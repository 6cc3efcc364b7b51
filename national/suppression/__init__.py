"""Which cells of a public table are hidden, so that no company's figures can be read in it, nor computed. Pure.

**Primary**, the two rules of French statistics on firms (Insee, « Manuel de protection des tableaux », annexe
« Règles »; they were set in 1960): a cell that fewer than three companies made is hidden, and one of which a single
company makes more than 85 %.

**Secondary**: a hidden cell comes back by subtraction when all the others of a sum are shown. Sums are linked
(a part and its total, a département and its région, a semester and the cumul), so that to look at them one by one
proves nothing. What proves it is *another table*: one that differs in the hidden cell, agrees with all that is shown
and has no negative number. Who reads cannot tell the two apart. Such a table is searched for each sensitive cell
(`search.py`), and the cells that it touches are hidden. It is the cell suppression problem, solved cell by cell as in
Kelly, Golden and Assad (« Cell suppression: disclosure protection for sensitive tabular data », Networks 22, 1992);
Fischetti and Salazar-González (JASA 95, 2000) say what the best choice of all would be. At the end, what other cells
made needless is shown again. What one computes of several hidden cells is held to the primary rules too:

- the amount added is what brings the largest company down to 85 % of the highest value that a reader cannot exclude;
- a cell is not hidden by another that is of the same one or two companies with it;
- a company alone in a cell knows it: a cell of one company, or of two with it among them, is hidden without its help.

**Cells.** Their keys are the caller's: (indicator, « semester », territory, semester). Give every number that the file
prints, and those that anyone computes from it (`printed=False`): they are protected, and no loss.

- A bilan: a cell is `Cell.of` what `Ground.given(code, semester)` says, merged by SIREN, for establishments of one firm
  know each other's; « sans objet » is no contribution, 0 is one. Nobody's cell, « non renseigné », is `Cell()`.
- A total and its « dont »: `Sum(total, (*parts, rest))`, the rest of each company unprinted.
- Two semesters: unprinted `stayed` and `stood`, now and before, of the companies in both; `Sum(now, (stayed,
  arrivals))`, `Sum(before, (stood, departures))` and `Sum(constant, (stayed,), less=(stood,))`.
- Cumul: `Sum(cumul, (earlier cumul, semester, revised))`, `revised` what came late; likewise a last known state
  and what is carried, « réalisé suivi » and « hors objectif » of a cumul.
- Nation: `Sum(région, départements)`, `Sum(nation, régions)`; the cell of a région is the `+` of its départements',
  which narrow rows can hold: value, companies, largest, gross, and which companies when they are fewer than three.
- A rate, a ratio, a mean, « n réponses » are no cells: print them when every cell that they say something of is shown.
- What is out stays out: cells of earlier files are given as `shown` or `withheld`. One table for a whole semester
  (départements, régions, nation) loses fewer cells than départements published before the nation is known.
"""

from national.suppression.cells import Cell, Company, Key, NotAdditive, Sum
from national.suppression.plan import Unprotectable, suppress

__all__ = ["Cell", "Company", "Key", "NotAdditive", "Sum", "Unprotectable", "suppress"]
