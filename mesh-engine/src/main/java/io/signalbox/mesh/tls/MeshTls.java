package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Mutual TLS 1.3 as one service instance, on the JDK's own engine.
 *
 * <p>Two ways lead to the check of a server's identity. {@link #client} and {@link #clientContext(SpiffeId)} know whom
 * to expect from the start, and keep each expectation's sessions apart. A library that makes engines for many addresses
 * from one context takes {@link #clientContext(Function)}, which looks the expectation up by the engine's peer host and
 * port; since no trust manager is asked when a session is resumed, such a caller also checks
 * {@link #peer}{@code (session).require(expected)} after each handshake.
 *
 * <p>Sessions go with the certificate under which they were made: after {@link #renew} neither side offers or takes up one
 * from before, so a session that is resumed never rests on a certificate, or a root, that both sides have replaced.
 *
 * <p>Whoever builds engines from the contexts must ask for client certificates ({@code setNeedClientAuth(true)}) and
 * must not turn on an endpoint identification algorithm. Safe to use from any thread.
 */
public final class MeshTls implements TlsEngines {

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    /** How long a session may be resumed at most. */
    private static final Duration SESSION_LIFETIME = Duration.ofHours(1);

    private final InstantSource clock;
    private final MeshKeyManager keys;
    private volatile MeshTrust trust;
    private volatile Sessions sessions;

    public MeshTls(ServiceIdentity identity, InstantSource clock) {
        this.clock = clock;
        trust = identity.trust();
        keys = new MeshKeyManager(identity);
        sessions = new Sessions();
    }

    public ServiceIdentity identity() {
        return keys.current();
    }

    /** Shows the renewed identity and believes its roots from the next handshake on; connections that are open stay. */
    public synchronized void renew(ServiceIdentity next) {
        SpiffeId id = keys.current().id();
        InvalidValueException.unless(next.id().equals(id), "identity", next.id(), id.toString());
        trust = new MeshTrust(id.trustDomain(), next.roots(), trust.revoked());
        keys.renew(next);
        sessions = new Sessions();
    }

    /** Believes some services no more from the next handshake on; connections that are open stay. */
    public synchronized void revoke(Set<String> services) {
        String domain = trust.trustDomain();
        trust = new MeshTrust(
                domain,
                trust.roots(),
                services.stream().map(name -> SpiffeId.ofService(domain, name)).collect(Collectors.toSet()));
        sessions = new Sessions();
    }

    @Override
    public SSLEngine server() {
        SSLEngine engine = sessions.server.createSSLEngine();
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

    @Override
    public PeerIdentity peer(SSLSession session) throws SSLPeerUnverifiedException {
        return PeerIdentity.of(session).stillGood(trust, clock.instant());
    }

    /** Lets in every member of the mesh; another one after each renewal. */
    public SSLContext serverContext() {
        return sessions.server;
    }

    /** Lets in the expected service alone; the same context each time, until a renewal. */
    public SSLContext clientContext(SpiffeId expected) {
        return sessions.clients.computeIfAbsent(expected, id -> clientContext(trustManager(_ -> Optional.of(id))));
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
        return trustManager(address -> address == null ? Optional.empty() : expected.apply(address));
    }

    /** The key manager alone, for libraries that build their own context; renewed with this object. */
    public X509ExtendedKeyManager keyManager() {
        return keys;
    }

    private X509ExtendedTrustManager trustManager(Function<@Nullable HostPort, Optional<SpiffeId>> expected) {
        return new MeshTrustManager(() -> trust, clock, expected);
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

    /** Contexts, which keep the sessions that were made under one identity and one trust. */
    private final class Sessions {
        private final SSLContext server = context(trustManager(_ -> Optional.empty()));
        private final Map<SpiffeId, SSLContext> clients = new ConcurrentHashMap<>();

        Sessions() {
            server.getServerSessionContext().setSessionTimeout((int) SESSION_LIFETIME.toSeconds());
        }
    }
}
