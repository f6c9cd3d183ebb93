"""An independent check of cascades: plain Python, exact arithmetic where it matters, no search.

The planner and this package share no code. Definitions that both follow:

- A score is the highest confidence that a model gives to a class on an image.
- A rung is a model with two thresholds. A score of at least `yes_from` answers yes. A score below
  `no_below` answers no. Other scores are unsure, and the class moves to its next rung.
- A ladder is the list of rungs of one class. Its last rung has two equal thresholds.
- A model runs at most once on an image. It evaluates every class whose current rung uses it, and
  a rung whose model has already run is evaluated at once.
- Rows with an even index choose a plan, and rows with an odd index certify it.
"""
