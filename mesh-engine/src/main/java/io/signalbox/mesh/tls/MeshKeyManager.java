package io.signalbox.mesh.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows one identity, which may be renewed while connections come and go.
 *
 * <p>Safe to use from any thread. A handshake asks for the alias, the chain and the key in turn, so the identity before
 * the present one is still answered for.
 */
final class MeshKeyManager extends X509ExtendedKeyManager {

    private volatile Held held;

    MeshKeyManager(ServiceIdentity identity) {
        held = new Held(identity, identity);
    }

    ServiceIdentity current() {
        return held.current;
    }

    synchronized void renew(ServiceIdentity next) {
        held = new Held(next, held.current);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServiceIdentity identity = held.find(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServiceIdentity identity = held.find(alias);
        return identity == null ? null : identity.key();
    }

    private String @Nullable [] aliases(String keyType) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    private @Nullable String alias(String... keyTypes) {
        ServiceIdentity current = held.current;
        String algorithm = current.key().getAlgorithm();
        return Arrays.asList(keyTypes).contains(algorithm) ? aliasOf(current) : null;
    }

    private static String aliasOf(ServiceIdentity identity) {
        return identity.chain().getFirst().getSerialNumber().toString(16);
    }

    private record Held(ServiceIdentity current, ServiceIdentity previous) {

        @Nullable
        ServiceIdentity find(String alias) {
            if (aliasOf(current).equals(alias)) {
                return current;
            }
            return aliasOf(previous).equals(alias) ? previous : null;
        }
    }
}
