package io.signalbox.console.profiles;

import java.nio.file.Path;

/** Where the token of a profile is. */
public sealed interface SecretPlace {

    /** The keyring of the operating system, open while its user is logged in. */
    record Keyring() implements SecretPlace {}

    /** The console's own file, opened by a passphrase. */
    record EncryptedFile() implements SecretPlace {}

    /** A file that somebody else made; the console only reads it. */
    record TokenFile(Path file) implements SecretPlace {}
}
