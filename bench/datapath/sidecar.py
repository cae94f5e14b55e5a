"""The sidecar as it is measured: everything on that a user has on."""

from . import identities
from .machine import fail
from .processes import await_port

WHAT_IS_ON = ('a rule on a header, a split of 90/10 over v1 and v2, {balancing} over two endpoints of each version,'
              ' a circuit breaker for each endpoint, retries with a budget and 64 KiB of replay, a deadline,'
              ' metrics, trace headers and spans, a request id; all threads that it starts by itself')


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


def caller(bench, name, listen, endpoints, more=''):
    """An outbound side in front of the service catalog, with all of its policies."""
    bench.file('catalog-policy.yaml', f'''
apiVersion: signalbox.io/v1
kind: TrafficPolicy
service: catalog
timeout: 15s
loadBalancing: {{ strategy: {bench.options.balancing} }}
circuitBreaker: {{ failureThreshold: 5, openDuration: 60s }}
retry: {{ maxAttempts: 3, retryOn: [gateway-error, connect-failure, reset] }}
rules:
  - match: {{ headers: {{ X-User-Type: premium }} }}
    to: v2
split: {{ v1: 90, v2: 10 }}
''')
    listed = ''.join(f'\n    - {endpoint}' for endpoint in endpoints)
    return start(bench, name, f'''
service: storefront
outbound: {{ port: {listen} }}
defaultService: catalog
policies: [ catalog-policy.yaml ]
services:
  catalog:{listed}
{more}''', listen)


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
