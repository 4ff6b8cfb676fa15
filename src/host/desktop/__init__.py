"""The program on one person's own machine: one of it, at an address that stays, in a window."""
