"""Fallow."""
