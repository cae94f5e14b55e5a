"""Processes that the benchmark starts, and what the kernel counts for them."""

import contextlib
import os
import re
import socket
import subprocess
import time

from .machine import fail, read

TICKS = os.sysconf('SC_CLK_TCK')


class Children:
    """Starts processes, and ends those alone, by their own ids."""

    def __init__(self, work):
        self.work = work
        self.running = []

    def start(self, name, command, **options):
        errors = open(os.path.join(self.work, name + '.log'), 'wb')
        child = subprocess.Popen(command, stderr=errors, **{'stdin': subprocess.DEVNULL, 'stdout': errors, **options})
        self.running.append(child)
        return child

    def end(self, some=None):
        ending = self.running if some is None else some
        for child in ending:
            if child.poll() is None:
                child.terminate()
        for child in ending:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.running = [child for child in self.running if child not in ending]

    def log(self, name):
        return read(os.path.join(self.work, name + '.log')).strip()[-2000:]


class Target:
    """What is measured: its address, the processes that a request goes through, and its figures by round."""

    def __init__(self, name, port, children, is_sidecar=False):
        self.name, self.port, self.children, self.is_sidecar = name, port, children, is_sidecar
        self.figures, self.failed = {}, 0

    def add(self, figure, value):
        self.figures.setdefault(figure, []).append(value)

    def pids(self):
        found, left = [], [child.pid for child in self.children]
        while left:
            pid = left.pop()
            found.append(pid)
            for task in tasks(pid):
                with contextlib.suppress(OSError):
                    left += [int(one) for one in read(f'/proc/{pid}/task/{task}/children').split()]
        return found

    def cpu_seconds(self):
        ticks = 0
        for pid in self.pids():
            fields = read(f'/proc/{pid}/stat').rpartition(')')[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

    def rss_mb(self):
        return sum(status(pid, 'VmRSS') for pid in self.pids()) / 1024

    def threads(self):
        return sum(status(pid, 'Threads') for pid in self.pids())


def tasks(pid):
    with contextlib.suppress(OSError):
        return [int(task) for task in os.listdir(f'/proc/{pid}/task')]
    return []


def status(pid, field):
    with contextlib.suppress(OSError):
        found = re.search(field + r':\s+(\d+)', read(f'/proc/{pid}/status'))
        return int(found.group(1)) if found else 0
    return 0


def await_port(port, child, name, children, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', port), 1):
            return
        if child.poll() is not None:
            break
        time.sleep(0.05)
    fail(f'{name}: does not accept connections (expected: within {seconds} s)\n{children.log(name)}')
