package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A public key that somebody wants a certificate for, and has proven to hold the private key of (PKCS #10, RFC 2986).
 *
 * <p>Nothing but the key is taken from the request. What else it claims must be the name that is given anyhow, or
 * nothing: a request that asks for more is refused and not quietly given less.
 */
public record SigningRequest(PublicKey key) {

    private static final int LONGEST = 16 * 1_024;
    private static final int FEWEST_RSA_BITS = 2_048;
    private static final int MOST_RSA_BITS = 4_096;
    private static final String FIELD = "csr";
    private static final String PEM = "one PEM block, -----BEGIN CERTIFICATE REQUEST-----";
    private static final Pattern BLOCK = Pattern.compile(
            "\\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----\\s([A-Za-z0-9+/=\\s]*+)-----END (?:NEW )?CERTIFICATE"
                    + " REQUEST-----\\s*");
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);
    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512,
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption);

    /**
     * Reads a request and checks it whole.
     *
     * @param id the name that the certificate is going to have
     * @throws InvalidValueException with the reason, if it is malformed, unproven, weak, or claims another name
     */
    public static SigningRequest read(String pem, SpiffeId id) {
        InvalidValueException.unless(
                pem.length() <= LONGEST, FIELD, pem.length() + " characters", "at most " + LONGEST);
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(decoded(pem));
            PublicKey key = strongKey(request.getSubjectPublicKeyInfo());
            requireProof(request);
            requireSubject(request, id);
            requireAttributes(request, id);
            return new SigningRequest(key);
        } catch (InvalidValueException e) {
            throw e;
        } catch (IOException | GeneralSecurityException | PKCSException | OperatorCreationException e) {
            throw new InvalidValueException(FIELD, String.valueOf(e.getMessage()), "a request of PKCS #10");
        } catch (RuntimeException e) {
            // What the ASN.1 reader throws for what is no such structure is of many kinds.
            throw new InvalidValueException(FIELD, "malformed", "a request of PKCS #10");
        }
    }

    private static byte[] decoded(String pem) {
        Matcher block = BLOCK.matcher(pem);
        InvalidValueException.unless(block.matches(), FIELD, "something else", PEM);
        return Base64.getMimeDecoder().decode(block.group(1));
    }

    private static PublicKey strongKey(SubjectPublicKeyInfo info) throws IOException, GeneralSecurityException {
        ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
        String expected = "P-256, P-384, or RSA of " + FEWEST_RSA_BITS + " to " + MOST_RSA_BITS + " bits";
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            ASN1Encodable curve = info.getAlgorithm().getParameters();
            InvalidValueException.unless(
                    curve instanceof ASN1ObjectIdentifier named && CURVES.contains(named),
                    FIELD + ".key",
                    "another curve",
                    expected);
            // It refuses a point that is not on the curve, where the JDK's own reader takes any.
            PublicKeyFactory.createKey(info);
            return new JcaPEMKeyConverter().getPublicKey(info);
        }
        InvalidValueException.unless(
                algorithm.equals(PKCSObjectIdentifiers.rsaEncryption), FIELD + ".key", algorithm.getId(), expected);
        RSAPublicKey key = (RSAPublicKey) new JcaPEMKeyConverter().getPublicKey(info);
        int bits = key.getModulus().bitLength();
        InvalidValueException.unless(
                bits >= FEWEST_RSA_BITS && bits <= MOST_RSA_BITS, FIELD + ".key", "RSA of " + bits + " bits", expected);
        InvalidValueException.unless(
                key.getPublicExponent().testBit(0) && key.getPublicExponent().bitLength() > 16,
                FIELD + ".key",
                "RSA with the exponent " + key.getPublicExponent(),
                "an odd one of 65537 or more");
        return key;
    }

    private static void requireProof(PKCS10CertificationRequest request)
            throws PKCSException, OperatorCreationException {
        ASN1ObjectIdentifier signature = request.getSignatureAlgorithm().getAlgorithm();
        InvalidValueException.unless(
                SIGNATURES.contains(signature),
                FIELD + ".signature",
                signature.getId(),
                "ECDSA or RSA (PKCS #1) with SHA-256, SHA-384 or SHA-512");
        InvalidValueException.unless(
                request.isSignatureValid(
                        new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo())),
                FIELD + ".signature",
                "not made with the key of the request",
                "one that proves the private key");
    }

    private static void requireSubject(PKCS10CertificationRequest request, SpiffeId id) {
        String service = id.service().orElse("");
        RDN[] parts = request.getSubject().getRDNs();
        boolean honest = parts.length == 0
                || (parts.length == 1
                        && !parts[0].isMultiValued()
                        && parts[0].getFirst().getType().equals(BCStyle.CN)
                        && IETFUtils.valueToString(parts[0].getFirst().getValue())
                                .equals(service));
        InvalidValueException.unless(
                honest, FIELD + ".subject", request.getSubject().toString(), "empty, or CN=" + service);
    }

    private static void requireAttributes(PKCS10CertificationRequest request, SpiffeId id) {
        Attribute[] attributes = request.getAttributes();
        for (Attribute attribute : attributes) {
            InvalidValueException.unless(
                    attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)
                            && attributes.length == 1
                            && attribute.getAttrValues().size() == 1,
                    FIELD + ".attributes",
                    attributes.length + ", of type " + attribute.getAttrType().getId(),
                    "none, or one request for extensions");
            requireExtensions(Extensions.getInstance(attribute.getAttrValues().getObjectAt(0)), id);
        }
    }

    private static void requireExtensions(Extensions extensions, SpiffeId id) {
        for (ASN1ObjectIdentifier type : extensions.getExtensionOIDs()) {
            InvalidValueException.unless(
                    type.equals(Extension.subjectAlternativeName),
                    FIELD + ".extensions",
                    type.getId(),
                    "none but the subject's alternative name; the control plane sets the others");
        }
        List<GeneralName> names = List.of(GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName)
                .getNames());
        for (GeneralName name : names) {
            InvalidValueException.unless(
                    names.size() == 1
                            && name.getTagNo() == GeneralName.uniformResourceIdentifier
                            && name.getName().toString().equals(id.toString()),
                    FIELD + ".name",
                    names.size() == 1 ? name.getName().toString() : names.size() + " names",
                    id + " and no other");
        }
    }
}
