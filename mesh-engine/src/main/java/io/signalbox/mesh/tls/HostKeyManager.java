package io.signalbox.mesh.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows a server's certificate, which may be another one at each handshake.
 *
 * <p>Safe from any thread. A handshake asks for the alias, the chain and the key in turn, so the certificate before the
 * present one is still answered for.
 */
final class HostKeyManager extends X509ExtendedKeyManager {

    private final Supplier<HostCertificate> source;
    private volatile Held held;

    HostKeyManager(Supplier<HostCertificate> source) {
        this.source = source;
        HostCertificate first = source.get();
        held = new Held(first, first);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        HostCertificate current = current();
        return current.key().getAlgorithm().equals(keyType) ? alias(current) : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        HostCertificate found = held.find(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        HostCertificate found = held.find(alias);
        return found == null ? null : found.key();
    }

    private synchronized HostCertificate current() {
        HostCertificate next = source.get();
        if (!next.equals(held.current)) {
            held = new Held(next, held.current);
        }
        return next;
    }

    private static String alias(HostCertificate certificate) {
        return certificate.chain().getFirst().getSerialNumber().toString(16);
    }

    private record Held(HostCertificate current, HostCertificate previous) {

        @Nullable
        HostCertificate find(String alias) {
            if (alias(current).equals(alias)) {
                return current;
            }
            return alias(previous).equals(alias) ? previous : null;
        }
    }
}
