"""The case overload: what becomes of good answers when five times as much is asked as the proxy can serve."""

import contextlib
import os
import resource
import statistics
import subprocess
import time

from . import haproxy, nginx, rounds
from .load import Wrk
from .machine import BENCH, fail, say
from .processes import Target, tasks
from .requests import SHARES, caller, peers, upstreams

TIMES = 5
# Beside one busy process of nice 0, a proxy of nice 10 gets about a tenth of a core: few enough requests a second for
# one client to offer five times as many, and for the connections of that client to hold more than a second's worth.
NICE = 10

# More than a whole core serves.
WARMING_RATE = 60_000

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
    for target in targets:
        # Floods take other paths than quiet requests, and a tenth of a core compiles them for longer than a round.
        flood(bench, target, classes, WARMING_RATE, 2 * bench.options.warm_up / 5, connections)
    keep_off(bench, targets, cores)
    busy = bench.children.start('busy', ['sh', '-c', 'while :; do :; done'])
    os.sched_setaffinity(busy.pid, cores[:1])
    raw = {target.name: [] for target in targets}
    try:
        for target in targets:
            for pid in target.pids():
                hold_back(pid, cores[0])
        for target in targets:
            one_round(bench, target, load, classes, connections)  # a warm-up
        for target in rounds.in_turns(targets, bench.options.rounds):
            raw[target.name].append(one_round(bench, target, load, classes, connections))
    finally:
        bench.children.end([busy])
        os.sched_setaffinity(0, cores)
    report(targets, raw)
    return {'connections': connections, 'rounds': raw}


def one_round(bench, target, load, classes, connections):
    capacity, failed = capacity_of(bench, target, load)
    seconds = max(4, 2 * bench.options.seconds)
    spent = client_seconds()
    counts = flood(bench, target, classes, TIMES * capacity, seconds, connections)
    spent = client_seconds() - spent
    recovered = await_rest(target)
    after, failed_after = capacity_of(bench, target, load)
    return {'capacity': (capacity + after) / 2, 'capacity before': capacity, 'capacity after': after, 'capacity failed': failed + failed_after,
            'good/s': counts['good'] / seconds, 'client': spent / seconds, 'rss': target.rss_mb(), 'recovered': recovered, **counts}


def flood(bench, target, classes, rate, seconds, connections):
    java = os.path.join(bench.options.jdk, 'bin', 'java')
    done = subprocess.run([java, '-XX:+UseSerialGC', '-Xmx512m', '-cp', classes, 'Flood', str(target.port), f'{rate:.0f}',
                           f'{seconds:g}', str(connections)], capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode:
        fail(f'{target.name}: Flood: {done.stderr.strip()[-1000:]}')
    return dict(zip(('due', 'good', 'late', 'refused', 'broken', 'unsent'), map(int, done.stdout.split())))


def capacity_of(bench, target, load):
    """What a closed loop gets. Its measure goes up and down, so it is taken on both sides of the flood."""
    seconds = max(2, bench.options.seconds)
    requests, failed = load.run(target, seconds)
    return requests / seconds, failed


def keep_off(bench, targets, cores):
    """Nothing but the proxies and who keeps them busy may use their core: what they get of it must not vary."""
    os.sched_setaffinity(0, cores[1:])
    proxies = {pid for target in targets for pid in target.pids()}
    for child in bench.children.running:
        for pid in Target('', 0, [child]).pids():
            if pid not in proxies:
                for task in tasks(pid):
                    with contextlib.suppress(OSError):
                        os.sched_setaffinity(task, cores[1:])


def client_seconds():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


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
        f'{"unsent":>8}{"client":>8}{"rest after s":>14}{"RSS MB":>8}')
    for target in targets:
        each = raw[target.name]

        def median(value):
            return statistics.median(value(one) for one in each)

        shares = {kind: median(lambda one, kind=kind: 100 * one[kind] / one['due']) for kind in ('good', 'late', 'refused', 'broken', 'unsent')}
        drop = median(lambda one: 100 * (1 - one['good/s'] / one['capacity']))
        say(f'{target.name:<12}{median(lambda one: one["capacity"]):>12.0f}{median(lambda one: one["good/s"]):>10.0f}{drop:>7.1f}%'
            f'{shares["good"]:>23.1f}%{shares["late"]:>7.1f}%{shares["refused"]:>8.1f}%{shares["broken"]:>7.1f}%{shares["unsent"]:>7.1f}%'
            f'{100 * median(lambda one: one["client"]):>7.0f}%{median(lambda one: one["recovered"]):>14.1f}{median(lambda one: one["rss"]):>8.0f}')
    say('drop by round: ' + '; '.join(f'{target.name} ' + ' '.join(
        f'{100 * (1 - one["good/s"] / one["capacity"]):.1f}%' for one in raw[target.name]) for target in targets))
