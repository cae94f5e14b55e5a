"""The cases that ask what one request costs: h1, policies, h2 and mtls."""

import shutil

from . import envoy, haproxy, identities, nginx, report, rounds, sidecar
from .load import H2load, Wrk
from .machine import free_port, say
from .options import require
from .processes import Target

COLUMNS = ['CPU s/100k', 'req/s', 'p50 added µs', 'p99 added µs', 'RSS MB', 'calls']
RATIOS = ['CPU s/100k', 'p50 added µs']
# Both versions have two endpoints of equal weight.
SHARES = (45, 45, 5, 5)


def h1(bench):
    """client -> proxy -> upstream: HTTP/1.1 in plain text."""
    ports = upstreams(bench)
    servers = list(zip(ports, SHARES))
    targets = peers(bench, 'h1', {
        'nginx': lambda port: [nginx.proxy(bench, 'nginx', port, servers)],
        'haproxy': lambda port: [haproxy.start(bench, 'haproxy', port, servers)],
        'envoy': lambda port: [envoy.start(bench, 'envoy', port, servers)]})
    targets.append(caller(bench, ports))
    say('on in signalbox: ' + sidecar.WHAT_IS_ON.format(balancing=bench.options.balancing))
    say('on in the peers: balancing by weight over the same four endpoints, passive health checks, retries; no counts, no traces')
    return finish(bench, 'h1', targets, Wrk(bench.options), ports[0], 'haproxy')


def policies(bench):
    """As h1: the policies of h1 beside all that a policy can hold."""
    ports = upstreams(bench)
    servers = list(zip(ports, SHARES))
    targets = peers(bench, 'policies', {'haproxy': lambda port: [haproxy.start(bench, 'haproxy', port, servers)]})
    targets.append(caller(bench, ports))
    everything = ours(lambda port: [sidecar.caller(
        bench, 'everything', port, sidecar.endpoints(ports), policy=sidecar.EVERYTHING)], 'everything')
    targets.append(everything)
    say('on in signalbox: ' + sidecar.WHAT_IS_ON.format(balancing=bench.options.balancing))
    say('on in everything: the same, and ' + sidecar.ALL_IS_ON)
    return finish(bench, 'policies', targets, Wrk(bench.options), ports[0], 'signalbox')


def h2(bench):
    """client -> proxy -> upstream: HTTP/2 in plain text on both sides, by prior knowledge."""
    require('h2load')
    ports = upstreams(bench, h2=True)
    servers = list(zip(ports, SHARES))
    targets = peers(bench, 'h2', {
        'nginx': lambda port: [nginx.proxy(bench, 'nginx', port, servers, scheme='grpc')],
        'haproxy': lambda port: [haproxy.start(bench, 'haproxy', port, servers, bind='proto h2', server='proto h2')],
        'envoy': lambda port: [envoy.start(bench, 'envoy', port, servers, h2=True)]})
    targets.append(caller(bench, ports, ', protocol: h2c'))
    say('on in signalbox: ' + sidecar.WHAT_IS_ON.format(balancing=bench.options.balancing))
    say("nginx passes on with grpc_pass, which opens one stream a connection; the others put many streams on one connection")
    say(f'{bench.options.h2_connections} connections of {bench.options.h2_streams} streams')
    return finish(bench, 'h2', targets, H2load(bench.options, bench.work), ports[0], 'haproxy')


def mtls(bench):
    """client -> proxy A -> mutual TLS 1.3 -> proxy B -> upstream: both processes' cost together."""
    identities.make(bench.work)
    port = upstreams(bench)[0]
    app = [(port, 1)]

    def nginx_pair(front):
        back = free_port()
        return [nginx.proxy(bench, 'nginx-b', back, app, tls_in=nginx.tls_server(bench)),
                nginx.proxy(bench, 'nginx-a', front, [(back, 1)], scheme='https', tls_out=nginx.tls_client(bench))]

    def haproxy_pair(front):
        back = free_port()
        return [haproxy.start(bench, 'haproxy-b', back, app, bind=haproxy.tls_server(bench)),
                haproxy.start(bench, 'haproxy-a', front, [(back, 1)], server=haproxy.tls_client(bench))]

    def envoy_pair(front):
        back = free_port()
        return [envoy.start(bench, 'envoy-b', back, app, tls_in=envoy.tls_server(bench)),
                envoy.start(bench, 'envoy-a', front, [(back, 1)], tls_out=envoy.tls_client(bench))]

    def sidecar_pair(front):
        back = free_port()
        return [sidecar.receiver(bench, 'signalbox-b', back, port),
                sidecar.caller(bench, 'signalbox-a', front, sidecar.secured(back), sidecar.identity('storefront'))]

    targets = peers(bench, 'mtls', {'nginx': nginx_pair, 'haproxy': haproxy_pair, 'envoy': envoy_pair})
    targets.append(ours(sidecar_pair))
    say('on in signalbox: ' + sidecar.WHAT_IS_ON.format(balancing=bench.options.balancing) + '; each proves its SPIFFE id')
    return finish(bench, 'mtls', targets, Wrk(bench.options), port, 'nginx')


def upstreams(bench, h2=False):
    ports = [free_port() for _ in SHARES]
    nginx.upstream(bench, ports, h2)
    return ports


def peers(bench, case, starts):
    """Those that are installed, and were not left out."""
    targets = []
    for name, start in starts.items():
        if name not in bench.options.peers:
            continue
        if not (bench.options.envoy if name == 'envoy' else shutil.which(name)):
            say(f'{case}: without {name}, which is not on the PATH')
            continue
        port = free_port()
        targets.append(Target(name, port, start(port)))
    return targets


def alone(bench, case):
    """The sidecar and the load of the cases h1 or h2, without peers."""
    if case == 'h2':
        return caller(bench, upstreams(bench, h2=True), ', protocol: h2c'), H2load(bench.options, bench.work)
    return caller(bench, upstreams(bench)), Wrk(bench.options)


def caller(bench, ports, more=''):
    return ours(lambda port: [sidecar.caller(bench, 'signalbox', port, sidecar.endpoints(ports, more))])


def ours(start, name='signalbox'):
    port = free_port()
    return Target(name, port, start(port), is_sidecar=True)


def finish(bench, case, targets, load, upstream, base):
    direct = rounds.requests_case(bench, targets, load, upstream)
    report.table(case, targets, COLUMNS, RATIOS, base)
    say(f'a direct call at 1,000 req/s: p50 {direct[0]:.0f} µs, p99 {direct[1]:.0f} µs')
    return report.raw(targets, direct={'p50': direct[0], 'p99': direct[1]})
