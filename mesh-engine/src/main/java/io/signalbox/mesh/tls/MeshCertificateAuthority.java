package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * Signs the certificates of one trust domain: P-256 keys, ECDSA with SHA-256.
 *
 * <p>The root is made anew with each authority, unless it is read from what {@link #toPem} wrote; otherwise its key never
 * leaves memory. Safe to use from any thread.
 */
public final class MeshCertificateAuthority {

    /** How long a service's certificate lasts from its issue. */
    public static final Duration LEAF_LIFETIME = Duration.ofHours(24);

    /** How far back a certificate begins, for clocks that are behind ours. */
    static final Duration BACK_DATING = Duration.ofMinutes(1);

    private static final Duration ROOT_LIFETIME = Duration.ofDays(365);

    /** A root that is kept is given to other machines, where changing it is work. */
    private static final Duration KEPT_ROOT_LIFETIME = Duration.ofDays(3_650);

    private static final int SERIAL_BITS = 127;
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    private final String trustDomain;
    private final InstantSource clock;
    private final SecureRandom random;
    private final KeyPair rootKeys;
    private final X500Name rootName;
    private final X509Certificate root;

    /** @param trustDomain such as {@code corner-shop.signalbox} */
    public MeshCertificateAuthority(String trustDomain, InstantSource clock, SecureRandom random) {
        this(trustDomain, clock, random, ROOT_LIFETIME);
    }

    private MeshCertificateAuthority(
            String trustDomain, InstantSource clock, SecureRandom random, Duration rootLifetime) {
        this.trustDomain = SpiffeId.trustDomain(trustDomain);
        this.clock = clock;
        this.random = random;
        rootName = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Signalbox")
                .addRDN(BCStyle.CN, "Root of " + trustDomain)
                .build();
        rootKeys = newKeys();
        root = selfSigned(rootLifetime);
    }

    private MeshCertificateAuthority(
            InstantSource clock, SecureRandom random, PrivateKey key, X509Certificate root, String trustDomain)
            throws CertificateEncodingException {
        this.trustDomain = trustDomain;
        this.clock = clock;
        this.random = random;
        this.root = root;
        rootName = new JcaX509CertificateHolder(root).getSubject();
        rootKeys = new KeyPair(root.getPublicKey(), key);
    }

    /** A new authority whose root lasts ten years, to be kept. */
    public static MeshCertificateAuthority toKeep(String trustDomain, InstantSource clock, SecureRandom random) {
        return new MeshCertificateAuthority(trustDomain, clock, random, KEPT_ROOT_LIFETIME);
    }

    /**
     * Reads what {@link #toPem} wrote.
     *
     * @throws InvalidValueException when it is something else, or the key is not the root's
     */
    public static MeshCertificateAuthority fromPem(String pem, InstantSource clock, SecureRandom random) {
        List<X509Certificate> certificates = Pem.certificates("ca", pem.substring(Math.max(0, pem.indexOf(BEGIN))));
        X509Certificate root = certificates.getFirst();
        InvalidValueException.unless(
                certificates.size() == 1 && root.getBasicConstraints() >= 0, "ca", "others", "one root");
        PrivateKey key = Pem.privateKey("ca", pem);
        KeyMatch.require(key, root);
        try {
            return new MeshCertificateAuthority(
                    clock, random, key, root, SubjectName.of(root).trustDomain());
        } catch (CertificateException e) {
            throw new InvalidValueException("ca", String.valueOf(e.getMessage()), "the root of a trust domain");
        }
    }

    /** The root and the key to it: whoever reads this is the authority. */
    public String toPem() {
        return Pem.of(rootKeys.getPrivate()) + Pem.of(root);
    }

    /** The root alone, which is no secret. */
    public String rootPem() {
        return Pem.of(root);
    }

    /** Of the root: SHA-256 of it, in hexadecimal. */
    public String fingerprint() {
        return CertificateHash.of(root);
    }

    public String trustDomain() {
        return trustDomain;
    }

    public X509Certificate root() {
        return root;
    }

    public MeshTrust trust() {
        return new MeshTrust(trustDomain, List.of(root));
    }

    /** A new key and certificate for one instance; its identity is its service's, the instance is noted beside it. */
    public ServiceIdentity issue(String service, String instanceId) {
        SpiffeId id = SpiffeId.ofService(trustDomain, service);
        KeyPair keys = newKeys();
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, service)
                .addRDN(BCStyle.UID, instanceId)
                .build();
        X509Certificate leaf = leaf(id, subject, keys.getPublic(), LEAF_LIFETIME);
        return new ServiceIdentity(id, keys.getPrivate(), List.of(leaf), List.of(root));
    }

    /**
     * A certificate for a key that somebody else holds.
     *
     * <p>It has no common name: clients that find no host name among the others take that one for it, and a service may
     * be called like a host.
     */
    public X509Certificate sign(SigningRequest request, SpiffeId id, Duration lifetime) {
        InvalidValueException.unless(
                id.trustDomain().equals(trustDomain), "spiffe_id", id, "a name in the trust domain " + trustDomain);
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Signalbox")
                .addRDN(BCStyle.OU, id.service().orElse("workload"))
                .build();
        return leaf(id, subject, request.key(), lifetime);
    }

    /**
     * A new key and certificate for a server that is known by its host names and addresses, and is no member of the mesh.
     * The root comes along, so that who does not know it yet can compare it.
     *
     * @param hosts names and addresses, IPv6 without brackets
     */
    public HostCertificate issueHost(List<String> hosts, Duration lifetime) {
        KeyPair keys = newKeys();
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Signalbox")
                .addRDN(BCStyle.OU, "control plane")
                .build();
        GeneralName[] names = hosts.stream()
                .map(host ->
                        new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        X509Certificate certificate = signed(
                subject,
                keys.getPublic(),
                lifetime,
                (builder, extensions) -> builder.addExtension(
                                Extension.basicConstraints, true, new BasicConstraints(false))
                        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                        .addExtension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                        .addExtension(
                                Extension.authorityKeyIdentifier,
                                false,
                                extensions.createAuthorityKeyIdentifier(rootKeys.getPublic())));
        return new HostCertificate(keys.getPrivate(), List.of(certificate, root));
    }

    private X509Certificate leaf(SpiffeId id, X500Name subject, PublicKey key, Duration lifetime) {
        return signed(
                subject,
                key,
                lifetime,
                (builder, extensions) -> builder.addExtension(
                                Extension.basicConstraints, true, new BasicConstraints(false))
                        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                        .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                        }))
                        .addExtension(Extension.subjectAlternativeName, false, uri(id))
                        .addExtension(
                                Extension.authorityKeyIdentifier,
                                false,
                                extensions.createAuthorityKeyIdentifier(rootKeys.getPublic())));
    }

    private X509Certificate selfSigned(Duration lifetime) {
        return signed(
                rootName,
                rootKeys.getPublic(),
                lifetime,
                (builder, extensions) -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                        .addExtension(Extension.subjectAlternativeName, false, uri(new SpiffeId(trustDomain, ""))));
    }

    private X509Certificate signed(X500Name subject, PublicKey key, Duration lifetime, Extensions extensions) {
        Instant now = clock.instant();
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            rootName,
                            newSerial(),
                            Date.from(now.minus(BACK_DATING)),
                            Date.from(now.plus(lifetime)),
                            subject,
                            key)
                    .addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            extensions.add(builder, identifiers);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(rootKeys.getPrivate())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("This Java runtime cannot sign a certificate for " + subject, e);
        }
    }

    private ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA")
                .setSecureRandom(random)
                .build(key);
    }

    private BigInteger newSerial() {
        return new BigInteger(SERIAL_BITS, random).setBit(0);
    }

    private KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot make P-256 keys (module jdk.crypto.ec)", e);
        }
    }

    private static GeneralNames uri(SpiffeId id) {
        return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, id.toString()));
    }

    @FunctionalInterface
    private interface Extensions {
        X509v3CertificateBuilder add(X509v3CertificateBuilder builder, JcaX509ExtensionUtils identifiers)
                throws CertIOException;
    }
}
