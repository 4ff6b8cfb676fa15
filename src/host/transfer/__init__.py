"""Bringing boards in from elsewhere."""
