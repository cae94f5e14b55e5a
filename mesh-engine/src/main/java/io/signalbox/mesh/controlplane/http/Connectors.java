package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.tls.HostTls;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is spoken on a port: HTTP/1.1 in plain text, or HTTP/1.1 and HTTP/2 in TLS. */
final class Connectors {

    private static final Logger log = LoggerFactory.getLogger(Connectors.class);

    /** Jetty would keep a table of 90 KB beside each connection; registries have thousands of callers. */
    private static final int NO_HEADERS = 0;

    private Connectors() {}

    static ConnectionFactory[] factories(Listening listening) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setHeaderCacheSize(NO_HEADERS);
        return listening.tls().map(context -> secured(context, http)).orElseGet(() ->
                new ConnectionFactory[] {new HttpConnectionFactory(http)});
    }

    /** Tells why a handshake failed, which the caller is told by an alert alone. */
    static SslHandshakeListener failures() {
        return new SslHandshakeListener() {
            @Override
            public void handshakeFailed(Event event, Throwable failure) {
                log.info(
                        "A TLS handshake with {} failed: {}",
                        event.getEndPoint() == null
                                ? "somebody"
                                : event.getEndPoint().getRemoteSocketAddress(),
                        reason(failure));
            }
        };
    }

    private static ConnectionFactory[] secured(SSLContext context, HttpConfiguration http) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(context);
        tls.setIncludeProtocols(HostTls.PROTOCOLS.toArray(String[]::new));
        tls.setIncludeCipherSuites(HostTls.SUITES.toArray(String[]::new));
        tls.setUseCipherSuitesOrder(true);
        tls.setRenegotiationAllowed(false);
        tls.setWantClientAuth(true);
        // The guard compares the host with what is allowed, which is more than a name in a certificate.
        http.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[] {new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1};
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
