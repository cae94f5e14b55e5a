package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A new P-256 key that waits for its certificate. */
public final class PendingIdentity {

    private static final int LINE = 64;

    private final KeyPair keys;
    private final SecureRandom random;

    private PendingIdentity(KeyPair keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    public static PendingIdentity generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return new PendingIdentity(generator.generateKeyPair(), random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot make P-256 keys (module jdk.crypto.ec)", e);
        }
    }

    /** A signing request in PEM (PKCS #10) that claims no name: the authority knows whose key it is. */
    public String request() {
        try {
            byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Name(""), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setSecureRandom(random)
                            .build(keys.getPrivate()))
                    .getEncoded();
            return "-----BEGIN CERTIFICATE REQUEST-----\n"
                    + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(request)
                    + "\n-----END CERTIFICATE REQUEST-----\n";
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("This Java runtime cannot sign a request for a certificate", e);
        }
    }

    /**
     * The identity, now that there is a certificate.
     *
     * @param certificate PEM, the leaf first
     * @param roots PEM, to believe
     * @throws InvalidValueException when the certificate is for another key, or cannot be read
     */
    public ServiceIdentity certified(String certificate, String roots) {
        return ServiceIdentity.fromPem(certificate, Pem.of(keys.getPrivate()), roots);
    }
}
