package io.signalbox.mesh.tls;

/** Which end of a connection a certificate is shown by. */
public enum Purpose {
    SERVER("1.3.6.1.5.5.7.3.1"),
    CLIENT("1.3.6.1.5.5.7.3.2");

    private final String extendedKeyUsage;

    Purpose(String extendedKeyUsage) {
        this.extendedKeyUsage = extendedKeyUsage;
    }

    /** The object identifier that an extended key usage must list (RFC 5280, 4.2.1.12). */
    String extendedKeyUsage() {
        return extendedKeyUsage;
    }
}
