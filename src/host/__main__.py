"""The `fallow` command."""

import sys


def main() -> None:
    from host.cli import cli

    cli()


if __name__ == "__main__":
    sys.exit(main())
