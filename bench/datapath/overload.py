"""The case overload: what becomes of good answers when five times as much is asked as the proxy can serve."""

import contextlib
import os
import statistics
import subprocess
import time

from . import haproxy, nginx, rounds
from .load import Wrk
from .machine import BENCH, fail, say
from .processes import tasks
from .requests import SHARES, caller, peers, upstreams

TIMES = 5
# Beside one busy process of nice 0, a proxy of nice 10 gets about a tenth of a core: few enough requests a second for
# one client to offer five times as many, and for the connections of that client to hold more than a second's worth.
NICE = 10

REST, MOST_RECOVERY = 1, 30


def overload(bench):
    """client -> proxy on a tenth of a core -> upstream: capacity in a closed loop, then five times that in an open one."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        say('overload: skipped, as the client needs a core beside that of the proxies')
        return {'skipped': 'one core'}
    connections = bench.options.files // 2 - 500
    ports = upstreams(bench)
    servers = list(zip(ports, SHARES))
    targets = peers(bench, 'overload', {
        'nginx': lambda port: [nginx.proxy(bench, 'nginx', port, servers)],
        'haproxy': lambda port: [haproxy.start(bench, 'haproxy', port, servers)]})
    targets.append(caller(bench, ports))
    load = Wrk(bench.options)
    for target in targets:
        rounds.warm_up(bench, target, load)
    classes = compiled(bench)
    say(f'good: 200 within 1 s of when it was due; {TIMES} x capacity offered over at most {connections} connections;'
        f' the client leaves after 1 s')
    busy = bench.children.start('busy', ['sh', '-c', 'while :; do :; done'])
    os.sched_setaffinity(busy.pid, cores[:1])
    raw = {target.name: [] for target in targets}
    try:
        for target in targets:
            for pid in target.pids():
                hold_back(pid, cores[0])
        for target in rounds.in_turns(targets, bench.options.rounds):
            raw[target.name].append(one_round(bench, target, load, classes, connections, cores))
    finally:
        bench.children.end([busy])
    report(targets, raw)
    return {'connections': connections, 'rounds': raw}


def one_round(bench, target, load, classes, connections, cores):
    capacity_seconds = max(2, bench.options.seconds)
    requests, failed = load.run(target, capacity_seconds)
    capacity = requests / capacity_seconds
    java = os.path.join(bench.options.jdk, 'bin', 'java')
    seconds = max(4, 2 * bench.options.seconds)
    done = subprocess.run([java, '-XX:+UseSerialGC', '-Xmx512m', '-cp', classes, 'Flood', str(target.port), f'{TIMES * capacity:.0f}',
                           f'{seconds:g}', str(connections)], capture_output=True, text=True, timeout=seconds + 60,
                          preexec_fn=lambda: os.sched_setaffinity(0, cores[1:]))
    if done.returncode:
        fail(f'{target.name}: Flood: {done.stderr.strip()[-1000:]}')
    recovered = await_rest(target)
    counts = dict(zip(('due', 'good', 'late', 'refused', 'broken', 'unsent'), map(int, done.stdout.split())))
    return {'capacity': capacity, 'capacity failed': failed, 'good/s': counts['good'] / seconds, 'rss': target.rss_mb(), 'recovered': recovered,
            **counts}


def await_rest(target):
    """Seconds until it has dealt with what its clients left behind; it would disturb who comes next on this core."""
    began = time.monotonic()
    while time.monotonic() - began < MOST_RECOVERY:
        before = target.cpu_seconds()
        time.sleep(REST)
        if target.cpu_seconds() - before <= 0.02:
            break
    return time.monotonic() - began


def compiled(bench):
    """Compiled ahead: the compiler would take the core from the client."""
    folder = os.path.join(bench.work, 'flood')
    javac = os.path.join(bench.options.jdk, 'bin', 'javac')
    done = subprocess.run([javac, '-d', folder, os.path.join(BENCH, 'Flood.java')], capture_output=True, text=True, timeout=120)
    if done.returncode:
        fail('Flood.java: ' + done.stderr)
    return folder


def hold_back(pid, core):
    """All threads there are, and with them those that they start."""
    for task in tasks(pid):
        with contextlib.suppress(OSError):
            os.sched_setaffinity(task, [core])
            os.setpriority(os.PRIO_PROCESS, task, NICE)


def report(targets, raw):
    say()
    say(f'{"overload":<12}{"capacity/s":>12}{"good/s":>10}{"drop":>8}{"of what was due: good":>24}{"late":>8}{"refused":>9}{"broken":>8}'
        f'{"unsent":>8}{"rest after s":>14}{"RSS MB":>8}')
    for target in targets:
        each = raw[target.name]

        def median(value):
            return statistics.median(value(one) for one in each)

        shares = {kind: median(lambda one, kind=kind: 100 * one[kind] / one['due']) for kind in ('good', 'late', 'refused', 'broken', 'unsent')}
        drop = median(lambda one: 100 * (1 - one['good/s'] / one['capacity']))
        say(f'{target.name:<12}{median(lambda one: one["capacity"]):>12.0f}{median(lambda one: one["good/s"]):>10.0f}{drop:>7.1f}%'
            f'{shares["good"]:>23.1f}%{shares["late"]:>7.1f}%{shares["refused"]:>8.1f}%{shares["broken"]:>7.1f}%{shares["unsent"]:>7.1f}%'
            f'{median(lambda one: one["recovered"]):>14.1f}{median(lambda one: one["rss"]):>8.0f}')
    say('drop by round: ' + '; '.join(f'{target.name} ' + ' '.join(
        f'{100 * (1 - one["good/s"] / one["capacity"]):.1f}%' for one in raw[target.name]) for target in targets))
