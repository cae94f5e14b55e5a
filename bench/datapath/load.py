"""Load: wrk for HTTP/1.1, h2load for HTTP/2, both as closed loops, and calls at a steady rate for latencies."""

import os
import re
import signal
import statistics
import subprocess
import threading
import time

from .machine import BENCH, fail, read

PACE_RATE = 1000
PACE_CONNECTIONS = 16


class Wrk:
    """HTTP/1.1, connections kept alive, one request at a time on each."""

    name = 'wrk'

    def __init__(self, options, path='/tea', script=None, connections=None):
        self.options, self.path, self.script = options, path, script
        self.connections = connections or options.connections

    def run(self, target, seconds):
        """How many requests were answered well, and how many failed."""
        script = ['-s', self.script] if self.script else []
        done = subprocess.run(['wrk', '-t', '1', '-c', str(self.connections), '-d', f'{max(1, round(seconds))}s', '--timeout', '10s',
                               '-H', 'X-User-Type: regular', *script, f'http://127.0.0.1:{target.port}{self.path}'],
                              capture_output=True, text=True, timeout=seconds + 60)
        found = re.search(r'(\d+) requests in', done.stdout)
        if done.returncode or not found:
            fail(f'{target.name}: wrk could not ask\n{done.stdout}{done.stderr}')
        refused = re.search(r'Non-2xx or 3xx responses: (\d+)', done.stdout)
        refused = int(refused.group(1)) if refused else 0
        errors = re.search(r'Socket errors: (.*)', done.stdout)
        lost = sum(int(count) for count in re.findall(r'\d+', errors.group(1))) if errors else 0
        return int(found.group(1)) - refused, refused + lost

    def pace(self, servers, rounds, seconds):
        """For each round and server: the median and the 99th percentile in µs, of bench/Pace.java's open loop."""
        java = os.path.join(self.options.jdk, 'bin', 'java')
        limit = (rounds + 1) * len(servers) * (seconds + 10) + 60
        done = subprocess.run([java, '-XX:+UseSerialGC', os.path.join(BENCH, 'Pace.java'), str(PACE_RATE), f'{seconds:g}',
                               str(rounds), *(f'{name}={port}' for name, port in servers)],
                              capture_output=True, text=True, timeout=limit)
        if done.returncode:
            fail('Pace.java: ' + done.stderr.strip()[-1000:])
        for line in done.stdout.splitlines():
            number, name, p50, p99, _ = line.split()
            yield int(number), name, float(p50), float(p99)


class H2load:
    """HTTP/2 with prior knowledge: a few connections with several streams each."""

    name = 'h2load'

    def __init__(self, options, work):
        self.options, self.work = options, work

    def command(self, target_port, clients, streams, *more):
        return ['h2load', '-t', '1', '-c', str(clients), '-m', str(streams), '-H', 'x-user-type: regular', *more,
                f'http://127.0.0.1:{target_port}/tea']

    def run(self, target, seconds):
        command = self.command(target.port, self.options.h2_connections, self.options.h2_streams, '-D', f'{max(1, round(seconds))}')
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)
        codes = re.search(r'status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx', done.stdout)
        counts = re.search(r'(\d+) failed, (\d+) errored, (\d+) timeout', done.stdout)
        if done.returncode or not codes or not counts:
            fail(f'{target.name}: h2load could not ask\n{done.stdout}{done.stderr}')
        # What was under way at the end of the time counts as neither.
        return int(codes.group(1)), sum(int(one) for one in codes.groups()[1:]) + int(counts.group(1))

    def pace(self, servers, rounds, seconds):
        """As Wrk.pace, at h2load's own even rate; latencies count from the sending and not from when it was due."""
        log = os.path.join(self.work, 'h2load-paced')
        for number in range(rounds + 1):
            turn = number % len(servers)
            for name, port in servers[turn:] + servers[:turn]:
                if os.path.exists(log):
                    os.remove(log)
                count = int(PACE_RATE * seconds) // PACE_CONNECTIONS * PACE_CONNECTIONS
                # Clients start one after the other, or all of them would send in the same moment for ever.
                done = subprocess.run(self.command(port, PACE_CONNECTIONS, 4, '-n', str(count), '--log-file', log, '--rps',
                                                   f'{PACE_RATE / PACE_CONNECTIONS:g}', '-r', '1', '--rate-period=1ms'),
                                      capture_output=True, text=True, timeout=seconds + 60)
                rows = [line.split('\t') for line in read(log).splitlines()] if os.path.exists(log) else []
                took = sorted(int(row[2]) for row in rows if row[1] == '200')
                if done.returncode or len(took) < count:
                    fail(f'{name}: {len(took)} answers at {PACE_RATE} req/s (expected: {count})\n{done.stdout}{done.stderr}')
                if number > 0:
                    yield number, name, took[len(took) // 2], took[len(took) * 99 // 100]


def stretch(load, target, seconds):
    """Load for that long: requests, failures, CPU seconds, wall seconds, and RSS at half time in MB."""
    memory = []
    timer = threading.Timer(seconds / 2, lambda: memory.append(target.rss_mb()))
    timer.daemon = True
    before, began = target.cpu_seconds(), time.monotonic()
    timer.start()
    try:
        requests, failed = load.run(target, seconds)
    finally:
        timer.cancel()
    return {'requests': requests, 'failed': failed, 'cpu': target.cpu_seconds() - before,
            'seconds': time.monotonic() - began, 'rss': memory[0] if memory else target.rss_mb()}


def measured(load, target, seconds):
    """A stretch that counts, so that there must be answers."""
    one = stretch(load, target, seconds)
    if one['requests'] == 0:
        fail(f'{target.name}: {one["failed"]} failed and none answered within {seconds:g} s (expected: answers)')
    return one


def added(load, upstream, targets, rounds, seconds):
    """Adds what a proxy adds to a direct call at the steady rate, by round; returns the direct call's medians."""
    servers = [('direct', upstream)] + [(target.name, target.port) for target in targets]
    turns = list(load.pace(servers, rounds, seconds))
    direct = {number: (p50, p99) for number, name, p50, p99 in turns if name == 'direct'}
    for number, name, p50, p99 in turns:
        for target in targets:
            if target.name == name:
                target.add('p50 added µs', p50 - direct[number][0])
                target.add('p99 added µs', p99 - direct[number][1])
    return tuple(statistics.median(one[place] for one in direct.values()) for place in (0, 1))


def system_calls(bench, target, load, seconds):
    """System calls a request, or None when strace cannot attach."""
    summary = os.path.join(bench.work, 'strace')
    attach = [word for pid in target.pids() for word in ('-p', str(pid))]
    strace = bench.children.start('strace', ['strace', '-c', '-f', '-U', 'calls,name', '-o', summary, *attach])
    time.sleep(1)
    if strace.poll() is not None:
        return None
    requests, _ = load.run(target, seconds)
    strace.send_signal(signal.SIGINT)
    strace.wait(30)
    total = re.search(r'^\s*(\d+)\s+total\s*$', read(summary), re.MULTILINE)
    return int(total.group(1)) / requests if total else None
