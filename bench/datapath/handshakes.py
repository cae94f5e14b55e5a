"""The case handshakes: what a new TLS 1.3 connection with certificates on both sides costs the server."""

import contextlib
import socket
import ssl
import threading
import time

from . import haproxy, identities, load as loads, nginx, report, rounds, sidecar
from .machine import say
from .requests import ours, peers, upstreams

CLIENTS = 4
REQUEST = b'GET /tea HTTP/1.1\r\nHost: catalog\r\nConnection: close\r\n\r\n'


class Handshakes:
    """Clients that open connection after connection, each for one request; the load of this case."""

    def __init__(self, work, resumed):
        self.resumed = resumed
        self.lock = threading.Lock()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        # Nobody here has a host name: the chain is checked, and the sidecars' names are SPIFFE ids.
        self.context.check_hostname = False
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.context.load_verify_locations(f'{work}/root.pem')
        self.context.load_cert_chain(f'{work}/storefront.pem', f'{work}/storefront-key.pem')

    def run(self, target, seconds):
        """Connections that were as wanted and answered with 200, and the others."""
        self.counts, self.failure = [0, 0], None
        end = time.monotonic() + seconds
        clients = [threading.Thread(target=self.connect_until, args=(target.port, end), daemon=True) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join(seconds + 30)
        if self.counts[0] == 0 and self.failure:
            say(f'{target.name}: {self.failure}')
        return tuple(self.counts)

    def connect_until(self, port, end):
        good = bad = 0
        session = None
        while time.monotonic() < end:
            try:
                before, session, reused = session, *self.connect(port, session if self.resumed else None)
                # The first connection of a client has nothing to resume.
                wanted = not self.resumed or reused or before is None
            except OSError as error:
                self.failure, wanted = error, False
            good, bad = good + wanted, bad + (not wanted)
        with self.lock:
            self.counts = [self.counts[0] + good, self.counts[1] + bad]

    def connect(self, port, session):
        with socket.create_connection(('127.0.0.1', port), 10) as plain:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.context.wrap_socket(plain, session=session) as secured:
                secured.sendall(REQUEST)
                answer = b''
                with contextlib.suppress(ssl.SSLEOFError):
                    while part := secured.recv(16384):
                        answer += part
                if not answer.startswith(b'HTTP/1.1 200'):
                    raise OSError(f'answer: {answer[:60]!r} (expected: 200)')
                # The session is here only after something was read: tickets follow the handshake.
                return secured.session, secured.session_reused


def handshakes(bench):
    """client -> mutual TLS 1.3 -> proxy -> upstream: each connection carries one request."""
    identities.make(bench.work)
    app = upstreams(bench)[0]
    servers = [(app, 1)]
    targets = peers(bench, 'handshakes', {
        'nginx': lambda port: [nginx.proxy(bench, 'nginx', port, servers, tls_in=nginx.tls_server(bench))],
        'haproxy': lambda port: [haproxy.start(bench, 'haproxy', port, servers, bind=haproxy.tls_server(bench))]})
    targets.append(ours(lambda port: [sidecar.receiver(bench, 'signalbox', port, app)]))
    say(f'{CLIENTS} clients, P-256 certificates on both sides; the one request is part of the cost')
    raw = {}
    for kind in ('full', 'resumed'):
        load = Handshakes(bench.work, kind == 'resumed')
        for target in targets:
            target.figures, target.failed = {}, 0
            rounds.warm_up(bench, target, load)
        for target in rounds.in_turns(targets, bench.options.rounds):
            one = loads.measured(load, target, bench.options.seconds)
            target.add('CPU ms/handshake', one['cpu'] * 1000 / (one['requests'] + one['failed']))
            target.add('handshakes/s', one['requests'] / one['seconds'])
            target.failed += one['failed']
        report.table(kind, targets, ['CPU ms/handshake', 'handshakes/s'], ['CPU ms/handshake'], 'nginx')
        raw[kind] = report.raw(targets)
    return raw
