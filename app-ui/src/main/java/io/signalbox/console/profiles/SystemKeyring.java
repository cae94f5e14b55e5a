package io.signalbox.console.profiles;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.KeyringStorageType;
import com.github.javakeyring.PasswordAccessException;
import io.signalbox.mesh.client.MeshException;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Secret Service or KWallet on Linux, the Keychain on macOS, the Credential Manager on Windows, through java-keyring.
 * Opened for each call, as a session may lock it at any time. Safe from any thread.
 */
public final class SystemKeyring implements Keyring {

    private static final Logger log = LoggerFactory.getLogger(SystemKeyring.class);
    private static final String SERVICE = "signalbox";

    @Override
    public Optional<String> name() {
        try (com.github.javakeyring.Keyring keyring = com.github.javakeyring.Keyring.create()) {
            return Optional.of(named(keyring.getKeyringStorageType()));
        } catch (BackendNotSupportedException e) {
            log.debug("No keyring", e);
            return Optional.empty();
        } catch (Exception | LinkageError e) {
            log.info("The keyring does not open: {}", e.toString());
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> read(String profile) {
        return asked(keyring -> {
            try {
                return Optional.of(keyring.getPassword(SERVICE, profile));
            } catch (PasswordAccessException none) {
                log.debug("Not in the keyring", none);
                return Optional.empty();
            }
        });
    }

    @Override
    public void write(String profile, String token) {
        asked(keyring -> {
            keyring.setPassword(SERVICE, profile, token);
            return true;
        });
    }

    @Override
    public void delete(String profile) {
        asked(keyring -> {
            try {
                keyring.deletePassword(SERVICE, profile);
            } catch (PasswordAccessException none) {
                log.debug("Not in the keyring", none);
            }
            return true;
        });
    }

    private static <T> T asked(Call<T> call) {
        try (com.github.javakeyring.Keyring keyring = com.github.javakeyring.Keyring.create()) {
            return call.on(keyring);
        } catch (BackendNotSupportedException e) {
            throw new MeshException(
                    MeshException.Kind.UNAVAILABLE,
                    "keyring: none (expected: the Secret Service of a desktop session, the Keychain, or the"
                            + " Credential Manager)");
        } catch (Exception | LinkageError e) {
            throw new MeshException(
                    MeshException.Kind.UNAVAILABLE,
                    "keyring: " + e.getMessage() + " (expected: a keyring that is unlocked)");
        }
    }

    private static String named(KeyringStorageType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private interface Call<T> {

        T on(com.github.javakeyring.Keyring keyring) throws PasswordAccessException;
    }
}
