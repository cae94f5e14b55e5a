"""HAProxy as a peer: one thread, round robin by weight, passive health checks, retries."""

from .processes import await_port


def start(bench, name, listen, servers, bind='', server=''):
    """bind and server are what is added to those lines, such as for TLS or HTTP/2."""
    members = '\n'.join(
        f'    server s{port} 127.0.0.1:{port} weight {weight} check inter 10s observe layer7 error-limit 5 on-error mark-down {server}'
        for port, weight in servers)
    config = bench.file(name + '.cfg', f'''
global
    nbthread 1
    maxconn {bench.options.files // 2 - 100}
defaults
    mode http
    timeout connect 1s
    timeout client 600s
    timeout server 15s
    option http-keep-alive
    http-reuse always
    retries 3
    retry-on conn-failure empty-response 502 503 504
frontend in
    bind 127.0.0.1:{listen} backlog 4096 {bind}
    default_backend catalog
backend catalog
    balance roundrobin
{members}
''')
    child = bench.children.start(name, ['haproxy', '-db', '-f', config])
    await_port(listen, child, name, bench.children)
    return child


def tls_server(bench):
    return f'ssl crt {bench.work}/catalog-both.pem ca-file {bench.work}/root.pem verify required ssl-min-ver TLSv1.3'


def tls_client(bench):
    return (f'ssl crt {bench.work}/storefront-both.pem ca-file {bench.work}/root.pem verify required ssl-min-ver TLSv1.3'
            ' no-check-ssl')
