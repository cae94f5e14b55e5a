"""Runs the chosen cases one after the other, each with processes and files of its own."""

import json
import os
import signal
import subprocess
import sys
import tempfile

from . import options
from .bodies import bodies
from .footprint import memory, sidecars
from .handshakes import handshakes
from .machine import Failure, fail, machine, output, peers, say
from .overload import overload
from .processes import Children
from .requests import h1, h2, mtls, policies

CASES = {case.__name__: case for case in (h1, policies, h2, mtls, bodies, handshakes, overload, sidecars, memory)}


class Bench:
    """What a case works with: the options, a folder of its own, and the processes it starts."""

    pipe = subprocess.PIPE

    def __init__(self, chosen, work):
        self.options, self.work = chosen, work
        self.children = Children(work)

    def file(self, name, text):
        path = os.path.join(self.work, name)
        with open(path, 'w') as file:
            file.write(text)
        return path


def main(doc):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = options.parse(doc, CASES)
    # Building is not starting.
    program = output(*chosen.command, 'version')
    about = {'machine': machine(), 'program': f'{" ".join(chosen.command)} · {program}',
             'SIGNALBOX_JAVA_OPTS': os.environ.get('SIGNALBOX_JAVA_OPTS', ''), 'peers': peers(chosen.envoy),
             'rounds': chosen.rounds, 'seconds': chosen.seconds, 'connections': chosen.connections,
             'warm-up': chosen.warm_up, 'quick': chosen.quick}
    for key, value in about.items():
        say(f'{key}: {value!r}' if key.isupper() else f'{key}: {value}')
    if chosen.quick:
        say('a quick run: good for a look, too short for a claim')
    found = {}
    for case in chosen.cases:
        say(f'\n== {case}: {CASES[case].__doc__.strip()}')
        with tempfile.TemporaryDirectory(prefix='data-path-') as work:
            bench = Bench(chosen, work)
            try:
                found[case] = CASES[case](bench)
            except Failure as failure:
                # The other cases may well hold.
                found[case] = {'failure': str(failure)}
                print(f'data-path: {case}: {failure}', file=sys.stderr)
            finally:
                bench.children.end()
        if chosen.json:
            write(chosen.json, {'about': about, 'cases': found})
    failed = [case for case in found if 'failure' in found[case]]
    if failed:
        say()
        fail(f'not measured: {", ".join(failed)} (expected: all of {", ".join(chosen.cases)})')


def write(path, value):
    try:
        with open(path, 'w') as file:
            json.dump(value, file, indent=1, ensure_ascii=False)
    except OSError as error:
        fail(f'json: {path}: {error.strerror} (expected: a file that can be written)')
