"""`fallow worker`: jobs only, beside a server that runs none or too few."""

import time

import click

from host import heap
from host.commands import app as program
from host.i18n import ngettext
from host.jobs import consumer
from host.lifetime import JOBS_GRACE, say_moved_clock
from host.stop import Stop

LOOKS_EVERY = 0.2  # seconds


@click.command()
@click.option("--threads", type=click.IntRange(1, 64), help="How many jobs at a time; 2 when left out.")
@click.pass_context
def worker(ctx: click.Context, threads: int | None) -> None:
    """Run jobs until told to stop. The running ones are let end."""
    stop = Stop().on_signals()
    say_moved_clock()
    app = program()
    heap.settle()
    count = threads or app.extensions["fallow"].config.threads
    running = consumer.start(app, count)
    click.echo(ngettext("Fallow runs jobs, one at a time.", "Fallow runs jobs, %(n)s at a time.", count))
    while not stop.wanted:
        time.sleep(LOOKS_EVERY)
    if not running.stop(JOBS_GRACE):
        ctx.exit(1)
