"""The command line of bench/data-path."""

import argparse
import os
import resource
import shutil

from .machine import ROOT, UNAVAILABLE, fail, find_envoy, find_jdk

PEERS = ('nginx', 'haproxy', 'envoy')


def parse(doc, cases):
    parser = argparse.ArgumentParser(prog='bench/data-path', usage='bench/data-path [OPTIONS] [COMMAND...]', description=doc,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cases', help='of ' + ','.join(cases) + '; default: all')
    parser.add_argument('-n', dest='rounds', type=int, help='rounds; default 5')
    parser.add_argument('-d', dest='seconds', type=float, help='seconds of load for each proxy in each round; default 5')
    parser.add_argument('-c', dest='connections', type=int, default=64, help='connections of HTTP/1.1; default 64')
    parser.add_argument('--h2-connections', type=int, default=8, help='connections of HTTP/2; default 8')
    parser.add_argument('--h2-streams', type=int, default=16, help='streams on each of them; default 16')
    parser.add_argument('--warm-up', type=float, help='least seconds of load before a sidecar is measured; default 20')
    parser.add_argument('--balancing', default='round-robin', help="the sidecar's strategy; default round-robin")
    parser.add_argument('--peers', default=','.join(PEERS), help='default: ' + ','.join(PEERS))
    parser.add_argument('--quick', action='store_true', help='a look in a few minutes: short rounds, no system calls')
    parser.add_argument('--json', metavar='FILE', help='writes all figures of all rounds there as well')
    parser.add_argument('command', nargs=argparse.REMAINDER, help='the program under test; default ./signalbox')
    chosen = parser.parse_args()
    chosen.command = chosen.command or [os.path.join(ROOT, 'signalbox')]
    chosen.cases = names(parser, 'cases', chosen.cases, cases)
    chosen.peers = names(parser, 'peers', chosen.peers, PEERS)
    set_lengths(chosen)
    least = min(chosen.rounds, chosen.seconds, chosen.connections, chosen.warm_up, chosen.h2_connections, chosen.h2_streams)
    if least < 1:
        parser.error(f'rounds, seconds, connections, streams, warm-up: {least:g} (expected: at least 1)')
    require('nginx', 'wrk', 'openssl')
    chosen.jdk = required_jdk()
    chosen.envoy = find_envoy()
    chosen.files = open_files()
    return chosen


def names(parser, option, text, known):
    wanted = text.split(',') if text else list(known)
    for name in wanted:
        if name not in known:
            parser.error(f'{option}: {name} (expected: {" | ".join(known)})')
    return wanted


def set_lengths(chosen):
    quick = chosen.quick
    for name, long, short in (('rounds', 5, 1), ('seconds', 5, 1), ('warm_up', 20, 5)):
        if getattr(chosen, name) is None:
            setattr(chosen, name, short if quick else long)
    chosen.peer_warm_up = 1 if quick else 3
    chosen.pace_rounds = min(chosen.rounds, 5)
    chosen.pace_seconds = min(chosen.seconds, 5)


def require(*tools):
    for tool in tools:
        if not shutil.which(tool):
            package = {'h2load': 'nghttp2-client'}.get(tool, tool)
            fail(f'{tool}: not on the PATH (expected: installed; Debian: apt-get install {package})', UNAVAILABLE)


def required_jdk():
    jdk = find_jdk()
    if not jdk:
        fail('java: no JDK of 25 or newer', UNAVAILABLE)
    return jdk


def open_files():
    """As many as this user may have; what is started inherits it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = 65_536 if most == resource.RLIM_INFINITY else min(most, 65_536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    return most
