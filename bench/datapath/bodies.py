"""The case bodies: what passing on a gigabyte costs, down and up, in messages of 1 MiB over HTTP/1.1."""

from . import haproxy, load as loads, nginx, report, rounds
from .load import Wrk
from .machine import say
from .requests import caller, peers, upstreams

CONNECTIONS = 16
GB = 1e9
UNBUFFERED = 'proxy_buffering off; proxy_request_buffering off;'


def bodies(bench):
    """client -> proxy -> upstream: answers of 1 MiB, then requests of 1 MiB."""
    ports = upstreams(bench)
    servers = [(port, 1) for port in ports[:2]]
    targets = peers(bench, 'bodies', {
        'nginx': lambda port: [nginx.proxy(bench, 'nginx', port, servers, more=UNBUFFERED)],
        'haproxy': lambda port: [haproxy.start(bench, 'haproxy', port, servers)]})
    targets.append(caller(bench, ports))
    say(f'{CONNECTIONS} connections; nginx with {UNBUFFERED} HAProxy with its own defaults')
    script = bench.file('upload.lua', f'wrk.method = "POST"\nwrk.body = string.rep("x", {nginx.BIG})\n')
    raw = {}
    for way, load in (('down', Wrk(bench.options, '/big', connections=CONNECTIONS)),
                      ('up', Wrk(bench.options, '/upload', script=script, connections=CONNECTIONS))):
        for target in targets:
            target.figures, target.failed = {}, 0
            rounds.warm_up(bench, target, load)
        for target in rounds.in_turns(targets, bench.options.rounds):
            one = loads.measured(load, target, bench.options.seconds)
            gigabytes = one['requests'] * nginx.BIG / GB
            target.add('CPU s/GB', one['cpu'] / gigabytes)
            target.add('MB/s', gigabytes * 1000 / one['seconds'])
            target.add('RSS MB', one['rss'])
            target.failed += one['failed']
        report.table(f'bodies {way}', targets, ['CPU s/GB', 'MB/s', 'RSS MB'], ['CPU s/GB'], 'nginx')
        raw[way] = report.raw(targets)
    return raw
