"""Draws the demo's pictures: places, the objects in them, and the positions of the objects."""
