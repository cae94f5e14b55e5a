package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Mutual TLS 1.3 as one service instance, on the JDK's own engine.
 *
 * <p>Two ways lead to the check of a server's identity. {@link #client} and {@link #clientContext(SpiffeId)} know whom
 * to expect from the start, and keep each expectation's sessions apart. A library that makes engines for many addresses
 * from one context takes {@link #clientContext(Function)}, which looks the expectation up by the engine's peer host and
 * port; since no trust manager is asked when a session is resumed, such a caller also checks
 * {@link PeerIdentity#of}{@code (session).require(expected)} after each handshake.
 *
 * <p>Whoever builds engines from the contexts must ask for client certificates ({@code setNeedClientAuth(true)}) and
 * must not turn on an endpoint identification algorithm. Safe to use from any thread.
 */
public final class MeshTls implements TlsEngines {

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    /** How long a session may be resumed: short beside a certificate's life, since resuming does not check it again. */
    private static final Duration SESSION_LIFETIME = Duration.ofHours(1);

    private final MeshTrust trust;
    private final InstantSource clock;
    private final MeshKeyManager keys;
    private final SSLContext server;
    private final Map<SpiffeId, SSLContext> clients = new ConcurrentHashMap<>();

    public MeshTls(ServiceIdentity identity, InstantSource clock) {
        this.clock = clock;
        trust = identity.trust();
        keys = new MeshKeyManager(identity);
        server = context(new MeshTrustManager(trust, clock, _ -> Optional.empty()));
        server.getServerSessionContext().setSessionTimeout((int) SESSION_LIFETIME.toSeconds());
    }

    public ServiceIdentity identity() {
        return keys.current();
    }

    /** Shows the renewed identity from the next handshake on; connections that are open stay. */
    public void renew(ServiceIdentity next) {
        SpiffeId id = keys.current().id();
        InvalidValueException.unless(next.id().equals(id), "identity", next.id(), id.toString());
        InvalidValueException.unless(next.root().equals(trust.root()), "identity.root", "another", "the same root");
        keys.renew(next);
    }

    @Override
    public SSLEngine server() {
        SSLEngine engine = server.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    @Override
    public SSLEngine client(String host, int port, SpiffeId expected) {
        SSLEngine engine = clientContext(expected).createSSLEngine(host, port);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    /** Lets in every member of the mesh. */
    public SSLContext serverContext() {
        return server;
    }

    /** Lets in the expected service alone; the same context each time. */
    public SSLContext clientContext(SpiffeId expected) {
        return clients.computeIfAbsent(
                expected, id -> clientContext(new MeshTrustManager(trust, clock, _ -> Optional.of(id))));
    }

    /**
     * A new context that lets in, at each address, whom the function expects there; nobody where it returns empty.
     *
     * @param expected is given the host and port that the engine was made with; an engine made without is refused
     */
    public SSLContext clientContext(Function<HostPort, Optional<SpiffeId>> expected) {
        return clientContext(clientTrustManager(expected));
    }

    /** The trust manager alone, for libraries that build their own context; see {@link #clientContext(Function)}. */
    public X509ExtendedTrustManager clientTrustManager(Function<HostPort, Optional<SpiffeId>> expected) {
        return new MeshTrustManager(
                trust, clock, address -> address == null ? Optional.empty() : expected.apply(address));
    }

    /** The key manager alone, for libraries that build their own context; renewed with this object. */
    public X509ExtendedKeyManager keyManager() {
        return keys;
    }

    private SSLContext clientContext(X509ExtendedTrustManager trustManager) {
        SSLContext context = context(trustManager);
        context.getClientSessionContext().setSessionTimeout((int) SESSION_LIFETIME.toSeconds());
        return context;
    }

    private SSLContext context(X509ExtendedTrustManager trustManager) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOLS[0]);
            context.init(new KeyManager[] {keys}, new TrustManager[] {trustManager}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no TLS 1.3", e);
        }
    }
}
