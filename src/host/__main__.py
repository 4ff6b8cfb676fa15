"""The `fallow` command."""


def main() -> None:
    from host.cli import cli

    cli(prog_name="fallow")


if __name__ == "__main__":
    main()
