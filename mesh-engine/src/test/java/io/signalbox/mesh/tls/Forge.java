package io.signalbox.mesh.tls;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority that signs whatever it is told to. */
final class Forge {

    private final KeyPair keys;
    private final X500Name name;
    private final X509Certificate root;
    private final Instant now;
    private long serial;

    Forge(String name, Instant now) throws Exception {
        this.now = now;
        this.name = new X500Name("CN=" + name);
        keys = newKeys("EC");
        root = sign(new Leaf(this.name.toString()).authority(), keys).certificate();
    }

    X509Certificate root() {
        return root;
    }

    Forged sign(Leaf leaf) throws Exception {
        return sign(leaf, newKeys(leaf.keyType));
    }

    private Forged sign(Leaf leaf, KeyPair leafKeys) throws Exception {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(++serial),
                Date.from(now.plus(leaf.begins)),
                Date.from(now.plus(leaf.ends)),
                new X500Name(leaf.subject),
                leafKeys.getPublic());
        if (!leaf.names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(leaf.names.toArray(GeneralName[]::new)));
        }
        if (leaf.purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(leaf.purpose));
        }
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(leaf.authority));
        for (Extension extension : leaf.extensions) {
            builder.addExtension(extension);
        }
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        return new Forged(certificate, leafKeys);
    }

    private static KeyPair newKeys(String type) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        generator.initialize(type.equals("RSA") ? 2_048 : 256);
        return generator.generateKeyPair();
    }

    record Forged(X509Certificate certificate, KeyPair keys) {}

    /** What to put into a certificate; valid for an hour around now, for any purpose. */
    static final class Leaf {
        private final String subject;
        private final List<GeneralName> names = new ArrayList<>();
        private Duration begins = Duration.ofHours(-1);
        private Duration ends = Duration.ofHours(1);
        private String keyType = "EC";
        private final List<Extension> extensions = new ArrayList<>();
        private boolean authority;
        private @Nullable KeyPurposeId purpose;

        Leaf(String subject) {
            this.subject = subject;
        }

        Leaf uri(String uri) {
            names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
            return this;
        }

        Leaf dns(String host) {
            names.add(new GeneralName(GeneralName.dNSName, host));
            return this;
        }

        Leaf valid(Duration from, Duration to) {
            begins = from;
            ends = to;
            return this;
        }

        Leaf purpose(KeyPurposeId only) {
            purpose = only;
            return this;
        }

        Leaf name(int kind, String value) {
            names.add(new GeneralName(kind, value));
            return this;
        }

        Leaf extension(Extension extension) {
            extensions.add(extension);
            return this;
        }

        Leaf rsa() {
            keyType = "RSA";
            return this;
        }

        Leaf authority() {
            authority = true;
            return this;
        }
    }
}
