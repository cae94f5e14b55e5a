"""What bench/allocation does: bytes that a sidecar allocates for a request, by threads."""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile

from . import options, requests, rounds
from .footprint import jcmd, jvm, jvm_options
from .machine import BENCH, ROOT, fail, machine, output, say
from .main import Bench

BAR, GOAL = 4096, 1024
NOT_HELD = 3
VIEWS = ('allocation-by-class', 'allocation-by-site', 'hot-methods')
# Reading the counts allocates as well, on threads of its own.
READER = re.compile(r'RMI |JMX |Attach Listener|Management|GC |Common-Cleaner')
CASES = ('h1', 'h2')


class Counter:
    """Reads how many bytes each thread has allocated, by its name."""

    def __init__(self, bench, pid):
        java = os.path.join(bench.options.jdk, 'bin', 'java')
        self.child = bench.children.start('allocated', [java, '-XX:+UseSerialGC', os.path.join(BENCH, 'Allocated.java'), str(pid)],
                                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.bench = bench

    def read(self):
        with_names = {}
        try:
            self.child.stdin.write('\n')
            self.child.stdin.flush()
            while (line := self.child.stdout.readline()) != 'end\n':
                if not line:
                    raise BrokenPipeError
                count, _, name = line.rstrip('\n').partition(' ')
                with_names[name] = with_names.get(name, 0) + int(count)
        except BrokenPipeError:
            fail('the JVM cannot be asked (expected: one with the modules jdk.attach and jdk.management.agent)\n'
                 + self.bench.children.log('allocated'))
        return with_names


def group(name):
    if name.startswith('signalbox-io-'):
        return 'io loops'
    return None if READER.match(name) else 'other threads'


def main(doc):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = parse(doc)
    program = output(*chosen.command, 'version')
    say(f'machine: {machine()}')
    say(f'program: {" ".join(chosen.command)} · {program}')
    with tempfile.TemporaryDirectory(prefix='allocation-') as work:
        bench = Bench(chosen, work)
        try:
            return measure(bench)
        finally:
            bench.children.end()


def measure(bench):
    target, load = requests.alone(bench, bench.options.case)
    pid = jvm(target)
    say(f'options of the JVM: {jvm_options(pid)}')
    rounds.warm_up(bench, target, load)
    counter = Counter(bench, pid)
    counter.read()
    found, failures = {'io loops': [], 'other threads': []}, 0
    for _ in range(bench.options.rounds):
        before = counter.read()
        good, failed = load.run(target, bench.options.seconds)
        after = counter.read()
        failures += failed
        for kind, values in found.items():
            more = sum(count - before.get(name, 0) for name, count in after.items() if group(name) == kind)
            values.append(more / (good + failed))
    say()
    for kind, values in found.items():
        say(f'{kind:<16}{statistics.median(values):>10.0f} bytes a request    by round: ' + ' '.join(f'{one:.0f}' for one in values))
    total = statistics.median(sum(pair) for pair in zip(*found.values()))
    held = total <= BAR
    say(f'{"all":<16}{total:>10.0f} bytes a request    bar {BAR}: {"held" if held else "NOT HELD"}, goal {GOAL}:'
        f' {"held" if total <= GOAL else "not yet"}; {failures} failed')
    if bench.options.profile:
        profile(bench, target, load, pid)
    return 0 if held else NOT_HELD


def profile(bench, target, load, pid):
    recording = os.path.join(bench.work, 'load.jfr')
    jcmd(bench, pid, 'JFR.start', 'name=load', 'settings=profile')
    load.run(target, max(10, bench.options.seconds))
    jcmd(bench, pid, 'JFR.dump', 'name=load', f'filename={recording}')
    jcmd(bench, pid, 'JFR.stop', 'name=load')
    for view in VIEWS:
        done = subprocess.run([os.path.join(bench.options.jdk, 'bin', 'jfr'), 'view', '--width', '120', view, recording],
                              capture_output=True, text=True, timeout=120)
        say(done.stdout if done.returncode == 0 else f'jfr view {view}: {done.stderr.strip()}')


def parse(doc):
    parser = argparse.ArgumentParser(prog='bench/allocation', description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--case', choices=CASES, default='h1')
    parser.add_argument('-n', dest='rounds', type=int, default=5, help='rounds; default 5')
    parser.add_argument('-d', dest='seconds', type=float, default=5, help='seconds of load in each round; default 5')
    parser.add_argument('--warm-up', type=float, default=20, help='least seconds of load before; default 20')
    parser.add_argument('--profile', action='store_true', help='shows where bytes and time went')
    parser.add_argument('command', nargs=argparse.REMAINDER, help='the program under test; default ./signalbox')
    chosen = parser.parse_args()
    if min(chosen.rounds, chosen.seconds, chosen.warm_up) < 1:
        parser.error('rounds, seconds and warm-up: (expected: at least 1)')
    chosen.command = chosen.command or [os.path.join(ROOT, 'signalbox')]
    options.require('nginx', 'h2load' if chosen.case == 'h2' else 'wrk')
    chosen.jdk = options.required_jdk()
    chosen.files = options.open_files()
    chosen.connections, chosen.h2_connections, chosen.h2_streams = 64, 8, 16
    chosen.balancing, chosen.quick = 'round-robin', False
    return chosen
