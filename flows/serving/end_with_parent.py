"""Runs a command that ends with its parent process, however the parent ends.

    python -m flows.serving.end_with_parent PARENT_PID COMMAND ...

Without it, a Prefect server would keep the port and the database after its `serve` was killed. Only Linux can end a
process in this way; elsewhere the command just runs.
"""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2), which survives execv


def main(parent: int, command: list[str]) -> None:
    """Replace this process by the command, which dies with `parent`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
