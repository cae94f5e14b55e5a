package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.profiles.Environment;
import io.signalbox.console.profiles.SecretPlace;
import io.signalbox.mesh.client.remote.ServerTrust;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a person typed about a profile.
 *
 * @param address of the control plane, or several with commas
 * @param ca a file of roots; empty for what was trusted before, or the roots of Java
 * @param token a new secret; empty to leave the old one
 * @param passphrase of the encrypted file; empty where it is open
 */
record Draft(
        String name,
        String address,
        Environment environment,
        String ca,
        Place place,
        String tokenFile,
        String token,
        String passphrase) {

    /** Where the token is to be kept. */
    enum Place {
        KEYRING,
        ENCRYPTED_FILE,
        TOKEN_FILE;

        static Place of(SecretPlace secret) {
            return switch (secret) {
                case SecretPlace.Keyring _ -> KEYRING;
                case SecretPlace.EncryptedFile _ -> ENCRYPTED_FILE;
                case SecretPlace.TokenFile _ -> TOKEN_FILE;
            };
        }
    }

    /** @param before the profile that is changed; what was compared stays believed at the same addresses alone */
    ConnectionProfile profile(Optional<ConnectionProfile> before) {
        List<URI> addresses = ConnectionProfile.addresses(address);
        ServerTrust kept = before.filter(old -> old.addresses().containsAll(addresses))
                .map(ConnectionProfile::trust)
                .filter(ServerTrust.Known.class::isInstance)
                .orElse(new ServerTrust.JavaRoots());
        ServerTrust trust = ca.isBlank() ? kept : new ServerTrust.Authorities(Path.of(ca.strip()));
        return new ConnectionProfile(name.strip(), addresses, environment, trust, secret());
    }

    private SecretPlace secret() {
        return switch (place) {
            case KEYRING -> new SecretPlace.Keyring();
            case ENCRYPTED_FILE -> new SecretPlace.EncryptedFile();
            case TOKEN_FILE -> new SecretPlace.TokenFile(Path.of(tokenFile.strip()));
        };
    }
}
