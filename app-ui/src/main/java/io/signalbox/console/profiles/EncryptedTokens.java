package io.signalbox.console.profiles;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tokens in a file of the console's own, for where there is no keyring: AES-256-GCM, with a key that PBKDF2 makes of a
 * passphrase. The passphrase is asked once a run and kept nowhere. Safe from any thread.
 */
public final class EncryptedTokens {

    /** Of the file's format. */
    static final int VERSION = 1;

    /** Every new file; what OWASP asks of HMAC-SHA256 since 2023. */
    static final int ITERATIONS = 600_000;

    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int SALT = 16;

    /** Sealed beside the tokens, so that a wrong passphrase is known before anything is written with it. */
    private static final String CHECK = " check";

    private final Path file;
    private final SecureRandom random;

    @GuardedBy("this")
    private Optional<TokenCipher> open = Optional.empty();

    public EncryptedTokens(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    /** Whether the passphrase was given already in this run. */
    public synchronized boolean isOpen() {
        return open.isPresent();
    }

    /**
     * Opens the file, or begins it with this passphrase.
     *
     * @throws InvalidValueException when it is another one; the message does not repeat it
     */
    public synchronized void open(String passphrase) {
        InvalidValueException.unless(passphrase.length() >= 8, "passphrase", "too short", "at least 8 characters");
        Document document = read().orElseGet(this::begun);
        TokenCipher cipher = TokenCipher.of(passphrase, salt(document), document.iterations(), random);
        String closed = document.tokens().get(CHECK);
        if (closed == null) {
            write(document, CHECK, Optional.of(cipher.seal(CHECK, CHECK)));
        } else if (cipher.open(CHECK, closed).isEmpty()) {
            throw new InvalidValueException("passphrase", "…", "the one with which " + file + " was begun");
        }
        open = Optional.of(cipher);
    }

    public synchronized Optional<String> read(String profile) {
        TokenCipher cipher = cipher();
        return read().map(document -> document.tokens().get(profile))
                .map(kept -> cipher.open(profile, kept)
                        .orElseThrow(() -> new InvalidValueException(
                                file.toString(), profile + " was changed", "what Signalbox wrote")));
    }

    public synchronized void write(String profile, String token) {
        String closed = cipher().seal(profile, token);
        write(read().orElseGet(this::begun), profile, Optional.of(closed));
    }

    /** Needs no passphrase. */
    public synchronized void delete(String profile) {
        read().ifPresent(document -> write(document, profile, Optional.empty()));
    }

    @GuardedBy("this")
    private TokenCipher cipher() {
        return open.orElseThrow(() -> new MeshException(
                MeshException.Kind.FORBIDDEN, "passphrase: none (expected: the one of " + file + ")"));
    }

    private Document begun() {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return new Document(
                VERSION, "PBKDF2WithHmacSHA256", ITERATIONS, Base64.getEncoder().encodeToString(salt), Map.of());
    }

    private byte[] salt(Document document) {
        try {
            return Base64.getDecoder().decode(document.salt());
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(file.toString(), "salt is no Base64", "what Signalbox wrote");
        }
    }

    private void write(Document before, String profile, Optional<String> closed) {
        Map<String, String> tokens = new TreeMap<>(before.tokens());
        closed.ifPresentOrElse(text -> tokens.put(profile, text), () -> tokens.remove(profile));
        Document after = new Document(VERSION, before.kdf(), before.iterations(), before.salt(), tokens);
        PrivateFile.write(file, Json.pretty(after) + "\n");
    }

    private Optional<Document> read() {
        try {
            Document document = Json.read(Files.readString(file, StandardCharsets.UTF_8), Document.class);
            boolean known = document.version() == VERSION
                    && document.tokens() != null
                    && document.salt() != null
                    && document.iterations() > 0
                    && document.iterations() <= MOST_ITERATIONS;
            InvalidValueException.unless(known, file.toString(), "another format", "version " + VERSION);
            return Optional.of(document);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MalformedJsonException e) {
            throw new InvalidValueException(file.toString(), e.getMessage(), "what Signalbox wrote");
        }
    }

    /**
     * @param salt in Base64
     * @param tokens sealed, by profile, in Base64
     */
    record Document(int version, String kdf, int iterations, String salt, Map<String, String> tokens) {}
}
