"""The worker inside a process: Huey's threads, its clock, and those who watch them."""

import logging

from flask import Flask
from huey.api import Huey
from huey.consumer import Consumer as HueyConsumer

from host.jobs.alarm import Alarm
from host.jobs.doorbell import DistantBell
from host.jobs.heartbeat import Heartbeat, renew_leases
from host.jobs.presence import Presence
from host.jobs.report import log_each_run
from host.jobs.watcher import Watcher

log = logging.getLogger(__name__)


class Consumer:
    """Runs an app's jobs in threads of this process, from `start()` to `stop()`."""

    def __init__(self, app: Flask, threads: int | None = None) -> None:
        """Raises Fault when Huey's store cannot be used."""
        self.app = app
        self.presence: Presence = app.extensions["fallow.jobs"]
        self._alarm = Alarm(app)
        count = threads or app.extensions["fallow"].config.threads
        self._threads = Threads(self._alarm.huey, workers=count, presence=self.presence)
        self._heartbeat = Heartbeat(app)
        self._watcher = Watcher(self._threads.check_worker_health, self._clock_jumped)

    def start(self) -> None:
        """Begin with a tick. From now on the app's bell is this one. To be called once."""
        log_each_run()
        self.presence.stopping.clear()
        self.presence.enter()
        self.app.extensions["fallow"].doorbell = self._alarm
        for each in (self._heartbeat, self._threads, self._watcher):
            each.start()

    def stop(self, timeout: float) -> bool:
        """Begin no more jobs and wait for those that run, for up to so many seconds; False when some have not ended.
        Those are cut off with the process, and run again at the next start."""
        self.presence.stopping.set()
        self._watcher.end()
        ended = self._threads.end(timeout)
        if ended:
            self._heartbeat.end()
            self.app.extensions["fallow"].doorbell = DistantBell(self.app)
            self._alarm.close()
            self.presence.leave()
        else:
            log.warning("some jobs did not end in %s s; they run again at the next start", timeout)
        return ended

    def _clock_jumped(self) -> None:
        """Our leases may have run out in one step, so they come first."""
        with self.app.app_context():
            renew_leases()
        self._alarm.tick_now()


class Threads(HueyConsumer):  # type: ignore[misc]
    """Huey's consumer without its signal handlers: the process has others, and only its main thread could set them."""

    def __init__(self, huey: Huey, workers: int, presence: Presence) -> None:
        super().__init__(huey, workers=workers, worker_type="thread", initial_delay=0.05, max_delay=0.5)
        self.presence = presence
        # One that a job keeps for good counts as dead, and is replaced.
        self.environment.is_alive = lambda thread: thread.is_alive() and not presence.is_lost(thread.ident)

    def check_worker_health(self) -> None:
        """Replace what is dead or lost. A lost one that comes back after all finds its place taken, and ends."""
        lost = [(worker, thread) for worker, thread in self.worker_threads if self.presence.is_lost(thread.ident)]
        for worker, _thread in lost:
            worker.max_tasks = 1
        super().check_worker_health()
        for _worker, thread in lost:
            self.presence.forget_thread(thread.ident)

    def end(self, timeout: float) -> bool:
        """Whether all threads have ended in time."""
        self.stop_flag.set()
        if hasattr(self.huey.storage, "ring"):
            self.huey.storage.ring()
        self.shutdown_timeout = timeout
        return bool(self._join_workers())

    def _set_signal_handlers(self) -> None:
        pass


def start(app: Flask, threads: int | None = None) -> Consumer:
    """A worker in this process, running. Raises Fault when Huey's store cannot be used."""
    consumer = Consumer(app, threads)
    consumer.start()
    return consumer
