"""Envoy as a peer: one worker, round robin by weight, outlier detection, retries."""

import json

from . import identities
from .processes import await_port

API = 'type.googleapis.com/envoy.extensions.'


def start(bench, name, listen, servers, h2=False, tls_in=None, tls_out=None):
    endpoints = [{'endpoint': {'address': address(port)}, 'load_balancing_weight': weight} for port, weight in servers]
    route = {'cluster': 'catalog', 'retry_policy': {'retry_on': '5xx,connect-failure,reset', 'num_retries': 2}}
    manager = {
        '@type': API + 'filters.network.http_connection_manager.v3.HttpConnectionManager', 'stat_prefix': 'in',
        'codec_type': 'HTTP2' if h2 else 'AUTO',
        'http_filters': [{'name': 'router', 'typed_config': {'@type': API + 'filters.http.router.v3.Router'}}],
        'route_config': {'virtual_hosts': [{'name': 'all', 'domains': ['*'],
                                            'routes': [{'match': {'prefix': '/'}, 'route': route}]}]}}
    chain = {'filters': [{'name': 'http', 'typed_config': manager}]}
    cluster = {'name': 'catalog', 'type': 'STATIC', 'connect_timeout': '1s', 'outlier_detection': {'consecutive_5xx': 5},
               'load_assignment': {'cluster_name': 'catalog', 'endpoints': [{'lb_endpoints': endpoints}]},
               'circuit_breakers': {'thresholds': [{'max_connections': 100000, 'max_pending_requests': 100000,
                                                    'max_requests': 100000}]}}
    if h2:
        cluster['typed_extension_protocol_options'] = {'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
            '@type': API + 'upstreams.http.v3.HttpProtocolOptions',
            'explicit_http_config': {'http2_protocol_options': {}}}}
    if tls_in:
        chain['transport_socket'] = tls_in
    if tls_out:
        cluster['transport_socket'] = tls_out
    config = bench.file(name + '.json', json.dumps({'static_resources': {
        'listeners': [{'address': address(listen), 'filter_chains': [chain]}], 'clusters': [cluster]}}))
    child = bench.children.start(name, [bench.options.envoy, '--concurrency', '1', '--disable-hot-restart', '-c', config])
    await_port(listen, child, name, bench.children)
    return child


def tls_server(bench):
    return {'name': 'tls', 'typed_config': {
        '@type': API + 'transport_sockets.tls.v3.DownstreamTlsContext', 'require_client_certificate': True,
        'common_tls_context': common(bench, 'catalog', None)}}


def tls_client(bench):
    return {'name': 'tls', 'typed_config': {
        '@type': API + 'transport_sockets.tls.v3.UpstreamTlsContext',
        'common_tls_context': common(bench, 'storefront', 'catalog')}}


def common(bench, own, peer):
    validation = {'trusted_ca': {'filename': f'{bench.work}/root.pem'}}
    if peer:
        validation['match_typed_subject_alt_names'] = [
            {'san_type': 'URI', 'matcher': {'exact': identities.DOMAIN + peer}}]
    return {'tls_params': {'tls_minimum_protocol_version': 'TLSv1_3', 'tls_maximum_protocol_version': 'TLSv1_3'},
            'tls_certificates': [{'certificate_chain': {'filename': f'{bench.work}/{own}.pem'},
                                  'private_key': {'filename': f'{bench.work}/{own}-key.pem'}}],
            'validation_context': validation}


def address(port):
    return {'socket_address': {'address': '127.0.0.1', 'port_value': port}}
