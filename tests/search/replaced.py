"""Things that may lie in the place of a file."""

import os
import stat
from pathlib import Path

import pytest

KINDS = ["pipe", "link", "device", "folder", "socket"]


def replace(path: Path, kind: str) -> None:
    """Put something else in the place of a file."""
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "link":
            path.symlink_to("/dev/zero")
        case "device":
            if os.geteuid() != 0:
                pytest.skip("only root makes devices")
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
        case "folder":
            path.mkdir()
        case "socket":
            import socket

            with socket.socket(socket.AF_UNIX) as server:
                folder = os.open(path.parent, os.O_RDONLY)
                server.bind(f"/proc/self/fd/{folder}/{path.name}")
                os.close(folder)
