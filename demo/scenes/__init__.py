"""Draws the demo's pictures: places, the things that stand in them, and where those things are."""
