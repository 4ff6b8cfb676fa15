"""Posts in files: taken out of a space, and brought into one."""
