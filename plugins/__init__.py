"""First-party plugins, each a package that uses only the public face of the host."""
