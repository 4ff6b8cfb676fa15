"""Realistic data for trying things out, made by chance from a seed."""

from host.demo.plant import Wanted, plant

__all__ = ["Wanted", "plant"]
