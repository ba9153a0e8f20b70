"""How a server process ends: when it is told to, in time whatever still runs, and together with the process that started it; and what it does
when it is told to read again."""

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait
from types import FrameType

import structlog

log = structlog.get_logger()

AFGEBROKEN = 1
"""Exit code of a process that did not end in time. Nothing is lost by that: what was acknowledged is committed."""


@contextmanager
def bij_stop(doe: Callable[[], None], stoptijd: float) -> Iterator[None]:
    """Do this as well when the process is told to stop, and see to it that it has ended so many seconds later.

    A server then waits until every request is answered, and only after that tells the application. A server process that was
    started by another is told to stop when that one has gone, however it went.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # no signals here, and the process is not ours to end
        return
    seinen = {sein: signal.getsignal(sein) for sein in (signal.SIGINT, signal.SIGTERM)}

    def ook(sein: int, frame: FrameType | None) -> None:
        doe()
        threading.Thread(target=_breek_af, args=(stoptijd,), name="einde", daemon=True).start()
        if callable(anders := seinen[signal.Signals(sein)]):
            anders(sein, frame)

    for sein, anders in seinen.items():
        if callable(anders):
            signal.signal(sein, ook)
    if (ouder := parent_process()) is not None:
        threading.Thread(target=_volg, args=(ouder.sentinel,), name="ouder", daemon=True).start()
    yield
    for sein, anders in seinen.items():
        signal.signal(sein, anders)


@contextmanager
def bij_hup(doe: Callable[[], object]) -> Iterator[None]:
    """Meanwhile do this in the event loop at a SIGHUP (``systemctl reload``), which else would end the process."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    lus = asyncio.get_running_loop()
    lus.add_signal_handler(signal.SIGHUP, doe)
    try:
        yield
    finally:
        lus.remove_signal_handler(signal.SIGHUP)


def _breek_af(na: float) -> None:
    time.sleep(na)
    log.error("proces stopte niet op tijd en is afgebroken", seconden=na)
    os._exit(AFGEBROKEN)


def _volg(ouder: int) -> None:
    """Tell this process to stop when the other has ended; until then it waits for nothing but that."""
    wait([ouder])
    log.error("het hoofdproces is weg; dit proces stopt ook")
    os.kill(os.getpid(), signal.SIGTERM)
