"""nginx, as the upstream of every case and as a peer."""

import os

from .processes import await_port

BODY = 'x' * 1024
BIG = 1024 * 1024
FOREVER = 'keepalive_requests 1000000000; keepalive_timeout 600s;'


def start(bench, name, http, port):
    folder = os.path.join(bench.work, name)
    os.mkdir(folder)
    temp = ''.join(f'{kind}_temp_path {folder}/{kind};\n' for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
    config = bench.file(name + '.conf', f'''
        {'user root;' if os.geteuid() == 0 else ''}
        worker_processes 1; worker_rlimit_nofile {bench.options.files}; daemon off; pid {folder}/pid; error_log stderr error;
        events {{ worker_connections {bench.options.files - 100}; }}
        http {{
            {temp} access_log off; tcp_nodelay on; {FOREVER} client_max_body_size 0;
            {http}
        }}''')
    child = bench.children.start(name, ['nginx', '-e', 'stderr', '-p', folder, '-c', config])
    await_port(port, child, name, bench.children)
    return child


def upstream(bench, ports, h2=False):
    """Answers everything with 1 KiB in plain text; /big with 1 MiB; /upload when it has taken the whole body."""
    big = os.path.join(bench.work, 'upstream-big')
    with open(big, 'wb') as file:
        file.write(b'x' * BIG)
    # "return" alone answers before the body has come.
    servers = ''.join(f'''
        server {{
            listen 127.0.0.1:{port} {'http2' if h2 else ''} backlog=4096;
            location / {{ default_type text/plain; return 200 "{BODY}"; }}
            location = /big {{ default_type text/plain; sendfile on; alias {big}; }}
            location = /upload {{
                client_body_buffer_size 2m; proxy_pass_request_body off; proxy_set_header Content-Length "";
                proxy_set_header Connection ""; proxy_http_version 1.1; proxy_pass http://127.0.0.1:{ports[0]}/;
            }}
        }}''' for port in ports)
    return start(bench, 'upstream', servers, ports[0])


def proxy(bench, name, listen, servers, scheme='http', tls_in='', tls_out='', more=''):
    """A reverse proxy: balances by weight, leaves failing servers alone, tries again; scheme is http, https or grpc."""
    members = ''.join(f'server 127.0.0.1:{port} weight={weight} max_fails=5 fail_timeout=60s;' for port, weight in servers)
    word = 'grpc' if scheme == 'grpc' else 'proxy'
    pass_on = 'grpc_pass grpc://catalog;' if scheme == 'grpc' else (
        f'proxy_pass {scheme}://catalog; proxy_http_version 1.1; proxy_set_header Connection "";')
    kind = ' ssl' if tls_in else ' http2' if scheme == 'grpc' else ''
    return start(bench, name, f'''
        upstream catalog {{ {members} keepalive 128; {FOREVER} }}
        server {{
            listen 127.0.0.1:{listen}{kind} backlog=4096;
            {tls_in}
            location / {{
                {pass_on}
                {word}_next_upstream error timeout http_502 http_503 http_504; {word}_next_upstream_tries 3;
                {tls_out} {more}
            }}
        }}''', listen)


def tls_server(bench):
    return '''ssl_certificate %(w)s/catalog.pem; ssl_certificate_key %(w)s/catalog-key.pem; ssl_protocols TLSv1.3;
        ssl_client_certificate %(w)s/root.pem; ssl_verify_client on; ssl_session_cache shared:tls:10m;''' % {'w': bench.work}


def tls_client(bench):
    return '''proxy_ssl_certificate %(w)s/storefront.pem; proxy_ssl_certificate_key %(w)s/storefront-key.pem;
        proxy_ssl_protocols TLSv1.3; proxy_ssl_trusted_certificate %(w)s/root.pem; proxy_ssl_verify on;
        proxy_ssl_name catalog;''' % {'w': bench.work}
