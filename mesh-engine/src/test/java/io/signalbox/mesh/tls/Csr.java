package io.signalbox.mesh.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Signing requests, honest and forged. */
public final class Csr {

    private final KeyPair keys;
    private final PKCS10CertificationRequestBuilder builder;
    private String signature = "SHA256withECDSA";
    private KeyPair signer;

    private Csr(KeyPair keys, String subject) {
        this.keys = keys;
        this.signer = keys;
        builder = new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic());
        if (keys.getPublic().getAlgorithm().equals("RSA")) {
            signature = "SHA256withRSA";
        }
    }

    /** An honest one, for a new key. */
    public static Csr of(String subject) {
        return of(ec("secp256r1"), subject);
    }

    public static Csr of(KeyPair keys, String subject) {
        return new Csr(keys, subject);
    }

    public static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks for names beside the subject. */
    public Csr names(GeneralName... names) {
        return extension(Extension.subjectAlternativeName, new GeneralNames(names));
    }

    public Csr uri(String uri) {
        return names(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    }

    public Csr authority() {
        return extension(Extension.basicConstraints, new BasicConstraints(true));
    }

    public Csr extension(ASN1ObjectIdentifier type, ASN1Encodable value) {
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(type, true, value);
            return attribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public Csr attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        builder.addAttribute(type, value);
        return this;
    }

    public Csr signature(String algorithm) {
        signature = algorithm;
        return this;
    }

    /** Signs with another key than that of the request. */
    public Csr signedBy(KeyPair other) {
        signer = other;
        return this;
    }

    public KeyPair keys() {
        return keys;
    }

    public byte[] der() {
        try {
            return builder.build(new JcaContentSignerBuilder(signature).build(signer.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    public String pem() {
        return pem(der());
    }

    public static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }
}
