"""Runs a command that ends when its parent does, however the parent ends.

    python -m flows.serving.end_with_parent PARENT_PID COMMAND ...

A Prefect server whose `serve` was killed would keep the port and the database. The kernel of Linux alone can end it;
elsewhere the command just runs.
"""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2), which a program keeps when it becomes another


def main(parent: int, command: list[str]) -> None:
    """Become the command."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
