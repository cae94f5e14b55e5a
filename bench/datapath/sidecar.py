"""The sidecar as it is measured: everything on that a user has on."""

from . import identities
from .machine import fail
from .processes import await_port

WHAT_IS_ON = ('a rule on a header, a split of 90/10 over v1 and v2, {balancing} over two endpoints of each version,'
              ' a circuit breaker for each endpoint, retries with a budget and 64 KiB of replay, a deadline,'
              ' metrics, trace headers and spans, a request id; all threads that it starts by itself')


ALL_IS_ON = ('rules by expression, template and query, stickiness, peak-EWMA with slow start, zones and a panic threshold, a'
             ' window with slow calls, outlier detection, a rate limit, an adaptive concurrency limit with a queue, per-try'
             ' timeouts, hedging after p99.9, a fault that none of these requests matches, a mirror of 0.1 % with diff')


def start(bench, name, text, port):
    path = bench.file(name + '.yaml', 'apiVersion: signalbox.io/v1\nkind: Sidecar\n' + text)
    return run(bench, name, [path], [port])


def run(bench, name, files, ports):
    arguments = [word for path in files for word in ('-f', path)]
    child = bench.children.start(name, [*bench.options.command, 'sidecar', *arguments], stdout=bench.pipe)
    for _ in files:
        ready = child.stdout.readline().decode().strip()
        if not ready.startswith('ready '):
            fail(f'{name}: {ready or "said nothing"} (expected: ready ...)\n{bench.children.log(name)}')
    for port in ports:
        await_port(port, child, name, bench.children)
    return child


def caller(bench, name, listen, endpoints, more='', policy=None):
    """An outbound side in front of the service catalog, with all of its policies."""
    bench.file(f'{name}-policy.yaml', f'''
apiVersion: signalbox.io/v1
kind: TrafficPolicy
service: catalog
timeout: 15s
{policy or usual(bench)}
split: {{ v1: 90, v2: 10 }}
''')
    listed = ''.join(f'\n    - {endpoint}' for endpoint in endpoints)
    return start(bench, name, f'''
service: storefront
outbound: {{ port: {listen} }}
defaultService: catalog
policies: [ {name}-policy.yaml ]
services:
  catalog:{listed}
{more}''', listen)


def usual(bench):
    return f'''
loadBalancing: {{ strategy: {bench.options.balancing} }}
circuitBreaker: {{ failureThreshold: 5, openDuration: 60s }}
retry: {{ maxAttempts: 3, retryOn: [gateway-error, connect-failure, reset] }}
rules:
  - match: {{ headers: {{ X-User-Type: premium }} }}
    to: v2
'''


EVERYTHING = '''
loadBalancing: { strategy: peak-ewma, slowStart: 30s, zonePreference: { spillBelow: 70 }, panicThreshold: 50 }
circuitBreaker: { window: { type: time, size: 10s, slowCallDuration: 2s }, openDuration: 60s }
outlierDetection: { consecutiveFailures: 5, successRate: { interval: 10s } }
rateLimit: { requests: 1000000 }
concurrencyLimit: { maxInFlight: 1000, queue: 100, adaptive: { min: 200, initial: 500 } }
retry:
  maxAttempts: 3
  perTryTimeout: 5s
  retryOn: [5xx, timeout, connect-failure, reset, retriable-4xx, grpc-unavailable]
  hedge: { after: p99.9 }
stickiness: { header: X-User-ID }
rules:
  - match: { headers: { X-User-Type: premium } }
    to: v2
  - match: { headers: { X-Build: { regex: "v[0-9]+-canary" } }, pathPrefix: /tea }
    to: v2
  - match: { pathTemplate: "/users/{id}", query: { beta: "1" } }
    to: { v1: 50, v2: 50 }
faults:
  - { name: asked-for, match: { headers: { X-Chaos: "yes" } }, side: client, delay: 100ms }
mirror: { version: v2, share: 0.1, diff: {} }
'''


def endpoints(ports, more=''):
    """Two endpoints of v1, then two of v2."""
    return [f'{{ version: {"v1" if number < 2 else "v2"}, port: {port}{more} }}' for number, port in enumerate(ports)]


def receiver(bench, name, listen, app_port, more_app=''):
    """An inbound side that demands a certificate of the mesh."""
    return start(bench, name, f'''
service: catalog
app: {{ port: {app_port}{more_app} }}
inbound: {{ port: {listen} }}
{identity('catalog')}
''', listen)


def identity(name):
    return f'identity: {{ certificate: {name}.pem, key: {name}-key.pem, trust: root.pem }}'


def secured(port):
    """One endpoint of each version, behind one inbound side."""
    return [f'{{ version: {version}, port: {port}, spiffeId: "{identities.DOMAIN}catalog" }}' for version in ('v1', 'v2')]
