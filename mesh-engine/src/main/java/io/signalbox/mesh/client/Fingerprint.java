package io.signalbox.mesh.client;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.tls.CertificateHash;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The SHA-256 of a certificate, by which two people compare it.
 *
 * @param hex 64 hexadecimal digits, upper case
 */
public record Fingerprint(String hex) {

    /** In how many groups it is read out. */
    public static final int GROUPS = 8;

    private static final int DIGITS = 64;
    private static final int GROUP = DIGITS / GROUPS;

    public Fingerprint {
        InvalidValueException.unless(
                hex.matches("[0-9A-F]{" + DIGITS + "}"), "fingerprint", hex, DIGITS + " hexadecimal digits");
    }

    public static Fingerprint of(X509Certificate certificate) {
        return parse(CertificateHash.of(certificate));
    }

    /** Reads digits of either case, with or without colons, as {@code openssl x509 -fingerprint -sha256} writes them. */
    public static Fingerprint parse(String text) {
        return new Fingerprint(text.strip().replace(":", "").toUpperCase(Locale.ROOT));
    }

    /** Eight groups of four bytes, such as {@code 9C:41:7E:02}. */
    public List<String> groups() {
        return IntStream.range(0, GROUPS)
                .mapToObj(i -> colons(hex.substring(i * GROUP, (i + 1) * GROUP)))
                .toList();
    }

    /** With colons, as OpenSSL prints it. */
    @Override
    public String toString() {
        return colons(hex);
    }

    private static String colons(String digits) {
        return digits.replaceAll("..(?=.)", "$0:");
    }
}
