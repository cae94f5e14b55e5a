"""Rounds: warm-up, then every target in turns, in another order each round."""

import shutil
import time

from . import load as loads
from .machine import fail, say


def in_turns(targets, rounds):
    for number in range(rounds):
        turn = number % len(targets)
        yield from targets[turn:] + targets[:turn]


def warm_up(bench, target, load):
    """A JVM is loaded until its cost stops falling, for the least time at least and four times that at most."""
    if not target.is_sidecar:
        good, failed = load.run(target, bench.options.peer_warm_up)
        # A peer that is set up wrongly refuses quickly, and would look cheap.
        if failed or not good:
            fail(f'{target.name}: {failed} of {good + failed} failed in the warm-up (expected: none)')
        return
    least, part = bench.options.warm_up, max(1, bench.options.warm_up / 4)
    costs, failures, began = [], [], time.monotonic()
    while True:
        one = loads.stretch(load, target, part)
        # Over mutual TLS a JVM that has just started may answer nothing for seconds.
        costs.append(one['cpu'] * 100_000 / max(1, one['requests']))
        failures.append(one['failed'])
        passed = time.monotonic() - began
        # Compilers work in bursts, so one slice that is not cheaper proves nothing.
        settled = len(costs) > 3 and min(costs[-2:]) > 0.95 * min(costs[:-2]) and not any(failures[-2:])
        if passed >= 4 * least or (passed >= least and (settled or bench.options.quick)):
            say(f'{target.name}: warmed up for {passed:.0f} s, CPU s/100k ' + ' '.join(f'{cost:.1f}' for cost in costs)
                + (f'; {sum(failures)} failed meanwhile' if any(failures) else ''))
            return


def requests_case(bench, targets, load, upstream):
    """CPU, rate, memory, added latency and system calls of every target; returns what a direct call takes."""
    options = bench.options
    for target in targets:
        warm_up(bench, target, load)
    for target in in_turns(targets, options.rounds):
        one = loads.measured(load, target, options.seconds)
        target.add('CPU s/100k', one['cpu'] * 100_000 / one['requests'])
        target.add('req/s', one['requests'] / one['seconds'])
        target.add('RSS MB', one['rss'])
        target.failed += one['failed']
    direct = loads.added(load, upstream, targets, options.pace_rounds, options.pace_seconds)
    if options.quick:
        say('system calls are not counted in a quick run')
    elif not shutil.which('strace'):
        say('system calls are not counted, as strace is not on the PATH')
    else:
        # strace slows a proxy down, so this comes last.
        for target in targets:
            calls = loads.system_calls(bench, target, load, 3)
            if calls is None:
                say(f'{target.name}: system calls are not counted, as strace may not attach')
            else:
                target.add('calls', calls)
    return direct
