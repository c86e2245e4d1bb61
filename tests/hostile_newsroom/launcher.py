"""Starts a command, kills it after so many seconds, and says how it ended: its exit status and the most memory it took.

    python -S launcher.py OUT SECONDS COMMAND...

A process of its own, and a small one: the system counts what a process held before it became the command, so one that
is started from a large process seems to be as large.
"""

import os
import signal
import sys


def main(out: str, seconds: str, *command: str) -> None:
    """Writes the exit status (-N by signal N) and the memory in KiB to the file `out`."""
    process = os.posix_spawnp(command[0], command, os.environ)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    _, status, used = os.wait4(process, 0)
    with open(out, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be a third of its size
        file.write(f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}")


if __name__ == "__main__":
    main(*sys.argv[1:])
