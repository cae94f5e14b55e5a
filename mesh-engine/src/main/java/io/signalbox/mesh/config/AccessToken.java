package io.signalbox.mesh.config;

import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** The secret that opens a control plane: 256 random bits, kept in a file that only its owner may read. */
public final class AccessToken {

    private static final int BYTES = 32;
    private static final int SHORTEST = 16;

    private final byte[] text;

    private AccessToken(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    /** @param random must be cryptographically strong */
    public static AccessToken generate(RandomGenerator random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new AccessToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    public static AccessToken read(Path file) {
        try {
            String text = Files.readString(file).strip();
            InvalidValueException.unless(
                    isToken(text), "token-file", file, "a file with one token of at least " + SHORTEST + " characters");
            return new AccessToken(text);
        } catch (IOException e) {
            throw new InvalidValueException("token-file", file, "a file that can be read");
        }
    }

    /** Takes over a secret that was kept elsewhere; a refusal does not repeat it. */
    public static AccessToken of(String text) {
        String stripped = text.strip();
        InvalidValueException.unless(
                isToken(stripped), "token", "…", "one word of at least " + SHORTEST + " visible ASCII characters");
        return new AccessToken(stripped);
    }

    private static boolean isToken(String text) {
        return text.length() >= SHORTEST && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    public void write(Path file) {
        PrivateFile.write(file, text() + "\n");
    }

    /** Compares in a time that does not depend on where the two differ. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(text, presented.getBytes(StandardCharsets.UTF_8));
    }

    /** The secret itself, for an {@code Authorization} field. */
    public String text() {
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "AccessToken[…]";
    }
}
