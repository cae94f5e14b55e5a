package io.signalbox.mesh.runtime;

import io.signalbox.mesh.config.AccessToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Texts that only holders of a token can read: AES-256 in GCM, by a key that HKDF (RFC 5869) makes of the token, with a
 * random number before each. Safe from any thread.
 */
final class Sealed {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final byte[] PURPOSE = "signalbox certificate authority 1".getBytes(StandardCharsets.UTF_8);

    private final SecretKey key;
    private final SecureRandom random;

    Sealed(AccessToken token, SecureRandom random) {
        this.random = random;
        try {
            key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(token.text().getBytes(StandardCharsets.UTF_8))
                                    .thenExpand(PURPOSE, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no HKDF", e);
        }
    }

    String seal(String text) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] hidden = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE + hidden.length);
            System.arraycopy(hidden, 0, all, NONCE, hidden.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no AES in GCM", e);
        }
    }

    /** Empty for what was sealed by another token, or is no such text. */
    Optional<String> open(String sealed) {
        try {
            byte[] all = Base64.getDecoder().decode(sealed);
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, all, 0, Math.min(NONCE, all.length)));
            return Optional.of(
                    new String(cipher.doFinal(all, NONCE, Math.max(0, all.length - NONCE)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
