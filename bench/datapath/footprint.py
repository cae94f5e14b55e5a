"""The cases memory and sidecars: what a process takes, under load and for each sidecar in it."""

import os
import re
import statistics
import subprocess

from . import identities, load as loads, rounds, sidecar
from .machine import fail, free_port, read, say
from .processes import Target
from .requests import alone, upstreams

COUNTS = (1, 11, 101)
BAR_MB = 95


def memory(bench):
    """client -> sidecar -> upstream: HTTP/1.1, with the options that its launcher gives."""
    target, load = alone(bench, 'h1')
    idle = target.rss_mb()
    rounds.warm_up(bench, target, load)
    for _ in range(bench.options.rounds):
        one = loads.measured(load, target, bench.options.seconds)
        target.add('RSS MB', one['rss'])
        target.failed += one['failed']
    pid = jvm(target)
    options = jvm_options(pid)
    heap = heap_kb(bench, pid)
    loaded = statistics.median(target.figures['RSS MB'])
    say()
    say(f'memory: RSS {idle:.0f} MB at the start, {loaded:.0f} MB under load (bar: {BAR_MB}), highest {max(target.figures["RSS MB"]):.0f};'
        f' heap in use after a collection {heap} KB; {target.threads()} threads; {target.failed} failed')
    say(f'options of the JVM: {options}')
    return {'idle': idle, 'loaded': target.figures['RSS MB'], 'heap KB': heap, 'threads': target.threads(), 'options': options}


def sidecars(bench):
    """One process with 1, 11 and 101 sidecars, each with an inbound, an outbound and an admin listener, unused."""
    identities.make(bench.work)
    app = upstreams(bench)[0]
    rows = []
    for count in COUNTS:
        child = start(bench, count, app)
        target = Target('signalbox', 0, [child], is_sidecar=True)
        pid = jvm(target)
        heap = heap_kb(bench, pid)
        rows.append({'sidecars': count, 'rss KB': round(target.rss_mb() * 1024), 'heap KB': heap, 'threads': target.threads()})
        bench.children.end([child])
    say()
    say(f'{"sidecars":<12}{"RSS KB":>10}{"heap KB":>10}{"threads":>10}')
    for row in rows:
        say(f'{row["sidecars"]:<12}{row["rss KB"]:>10}{row["heap KB"]:>10}{row["threads"]:>10}')
    few, many = rows[1], rows[2]
    further = {key: (many[key] - few[key]) / (many['sidecars'] - few['sidecars']) for key in ('rss KB', 'heap KB', 'threads')}
    say(f'each further sidecar: RSS {further["rss KB"]:.0f} KB, heap {further["heap KB"]:.1f} KB, {further["threads"]:.2f} threads')
    return {'rows': rows, 'further': further}


def start(bench, count, app):
    files = []
    for number in range(1, count + 1):
        files.append(bench.file(f'many-{number}.yaml', f'''
apiVersion: signalbox.io/v1
kind: Sidecar
service: catalog
instance: catalog-{number}
app: {{ port: {app} }}
{sidecar.identity('catalog')}
defaultService: stock
services: {{ stock: [ {{ instance: stock-1, port: {free_port()}, spiffeId: "{identities.DOMAIN}stock" }} ] }}
'''))
    return sidecar.run(bench, f'signalbox-{count}', files, [])


def jvm(target):
    """The process that is the JVM; launchers may stay in front of it."""
    for pid in reversed(target.pids()):
        if 'libjvm' in read(f'/proc/{pid}/maps'):
            return pid
    return fail('signalbox: no JVM among its processes (expected: one)')


def jvm_options(pid):
    words = read(f'/proc/{pid}/cmdline').split('\0')
    return ' '.join(word for word in words if word.startswith('-X') or word.startswith('-D')) or 'none on its command line'


def heap_kb(bench, pid):
    """What lives on the heap: the sum of the histogram that is made after a full collection."""
    # What the first collection lets go of through references and cleaners, the second takes.
    jcmd(bench, pid, 'GC.run')
    found = re.search(r'^Total\s+\d+\s+(\d+)', jcmd(bench, pid, 'GC.class_histogram'), re.MULTILINE)
    if not found:
        fail('jcmd GC.class_histogram: no total (expected: one in the last line)')
    return round(int(found.group(1)) / 1024)


def jcmd(bench, pid, *words):
    done = subprocess.run([os.path.join(bench.options.jdk, 'bin', 'jcmd'), str(pid), *words], capture_output=True, text=True, timeout=60)
    if done.returncode:
        fail(f'jcmd {" ".join(words)}: {(done.stdout + done.stderr).strip()}')
    return done.stdout
