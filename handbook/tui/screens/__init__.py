"""Screens: one for each task; the only ones who talk to the workspace."""
