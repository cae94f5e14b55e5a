package io.signalbox.console.profiles;

import io.signalbox.mesh.config.AccessToken;
import java.nio.file.Path;
import java.util.Optional;

/** The tokens of all profiles, each where its profile says. Calls may block. Safe from any thread. */
public final class Secrets {

    private final Keyring keyring;
    private final EncryptedTokens encrypted;

    public Secrets(Keyring keyring, EncryptedTokens encrypted) {
        this.keyring = keyring;
        this.encrypted = encrypted;
    }

    public Keyring keyring() {
        return keyring;
    }

    public EncryptedTokens encrypted() {
        return encrypted;
    }

    /** The token of a profile, if there is one. */
    public Optional<AccessToken> token(ConnectionProfile profile) {
        return switch (profile.secret()) {
            case SecretPlace.Keyring _ -> keyring.read(profile.name()).map(AccessToken::of);
            case SecretPlace.EncryptedFile _ -> encrypted.read(profile.name()).map(AccessToken::of);
            case SecretPlace.TokenFile(Path file) -> Optional.of(AccessToken.read(file));
        };
    }

    /** Keeps a token where the profile says; a file that somebody else made is left as it is. */
    public void keep(ConnectionProfile profile, AccessToken token) {
        switch (profile.secret()) {
            case SecretPlace.Keyring _ -> keyring.write(profile.name(), token.text());
            case SecretPlace.EncryptedFile _ -> encrypted.write(profile.name(), token.text());
            case SecretPlace.TokenFile _ -> {}
        }
    }

    /** Forgets the token of a profile that is removed. */
    public void forget(ConnectionProfile profile) {
        switch (profile.secret()) {
            case SecretPlace.Keyring _ -> keyring.delete(profile.name());
            case SecretPlace.EncryptedFile _ -> encrypted.delete(profile.name());
            case SecretPlace.TokenFile _ -> {}
        }
    }
}
