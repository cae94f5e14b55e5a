package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Checks that a private key belongs to a certificate, by signing with one and verifying with the other. */
final class KeyMatch {

    private static final byte[] SAMPLE = "signalbox".getBytes(StandardCharsets.US_ASCII);

    private KeyMatch() {}

    static void require(PrivateKey key, X509Certificate certificate) {
        InvalidValueException.unless(
                matches(key, certificate), "key", key.getAlgorithm() + " key", "the key of the certificate");
    }

    private static boolean matches(PrivateKey key, X509Certificate certificate) {
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            throw new InvalidValueException("key", e.getMessage(), "an EC, RSA or Ed25519 key");
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }
}
