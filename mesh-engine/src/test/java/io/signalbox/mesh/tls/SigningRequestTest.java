package io.signalbox.mesh.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a signing request may say, and what it may not. */
class SigningRequestTest {

    private static final SpiffeId CART = SpiffeId.ofService("shop.signalbox", "cart");

    static Stream<Arguments> honest() {
        return Stream.of(
                Arguments.of("nothing but a key", Csr.of("")),
                Arguments.of("its own name", Csr.of("CN=cart")),
                Arguments.of("its own id", Csr.of("").uri(CART.toString())),
                Arguments.of("P-384", Csr.of(Csr.ec("secp384r1"), "CN=cart").signature("SHA384withECDSA")),
                Arguments.of("RSA of 2048 bits", Csr.of(Csr.keys("RSA", 2_048), "CN=cart")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("honest")
    void anHonestOneIsRead(String what, Csr csr) {
        assertThat(SigningRequest.read(csr.pem(), CART).key())
                .isEqualTo(csr.keys().getPublic());
    }

    static Stream<Arguments> forged() {
        String uri = CART.toString();
        return Stream.of(
                Arguments.of("another service's name", Csr.of("CN=payment").pem(), "csr.subject: CN=payment"),
                Arguments.of("two names", Csr.of("CN=cart,CN=payment").pem(), "csr.subject"),
                Arguments.of(
                        "two names in one part", Csr.of("CN=cart+CN=payment").pem(), "csr.subject"),
                Arguments.of("an organization", Csr.of("CN=cart,O=Signalbox").pem(), "csr.subject"),
                Arguments.of(
                        "the authority's name", Csr.of("O=Signalbox,CN=Root").pem(), "csr.subject"),
                Arguments.of("upper case", Csr.of("CN=CART").pem(), "csr.subject"),
                Arguments.of(
                        "another service's id", Csr.of("CN=cart").uri(uri + "s").pem(), "csr.name: " + uri + "s"),
                Arguments.of(
                        "another trust domain's id",
                        Csr.of("").uri("spiffe://evil.example/service/cart").pem(),
                        "csr.name: spiffe://evil.example"),
                Arguments.of(
                        "the trust domain's own id",
                        Csr.of("").uri("spiffe://shop.signalbox").pem(),
                        "csr.name"),
                Arguments.of(
                        "an id that escapes",
                        Csr.of("").uri(uri + "/../payment").pem(),
                        "csr.name"),
                Arguments.of(
                        "a second id",
                        Csr.of("")
                                .names(
                                        new GeneralName(GeneralName.uniformResourceIdentifier, uri),
                                        new GeneralName(GeneralName.uniformResourceIdentifier, uri + "s"))
                                .pem(),
                        "csr.name: 2 names"),
                Arguments.of(
                        "a host name",
                        Csr.of("")
                                .names(new GeneralName(GeneralName.dNSName, "mesh.example"))
                                .pem(),
                        "csr.name: mesh.example"),
                Arguments.of(
                        "its id as a host name",
                        Csr.of("")
                                .names(new GeneralName(GeneralName.dNSName, uri))
                                .pem(),
                        "csr.name"),
                Arguments.of(
                        "an address",
                        Csr.of("")
                                .names(new GeneralName(GeneralName.iPAddress, "127.0.0.1"))
                                .pem(),
                        "csr.name"),
                Arguments.of(
                        "a mail address",
                        Csr.of("")
                                .names(new GeneralName(GeneralName.rfc822Name, "a@b.example"))
                                .pem(),
                        "csr.name"),
                Arguments.of("to be an authority", Csr.of("CN=cart").authority().pem(), "csr.extensions: 2.5.29.19"),
                Arguments.of(
                        "to sign certificates",
                        Csr.of("")
                                .extension(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign))
                                .pem(),
                        "csr.extensions: 2.5.29.15"),
                Arguments.of(
                        "to sign code",
                        Csr.of("")
                                .extension(
                                        Extension.extendedKeyUsage,
                                        new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
                                .pem(),
                        "csr.extensions: 2.5.29.37"),
                Arguments.of(
                        "a password",
                        Csr.of("")
                                .attribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String("x"))
                                .pem(),
                        "csr.attributes"),
                Arguments.of(
                        "two lists of extensions",
                        Csr.of("").uri(uri).authority().pem(),
                        "csr.attributes"),
                Arguments.of(
                        "another's key",
                        Csr.of("CN=cart").signedBy(Csr.ec("secp256r1")).pem(),
                        "csr.signature: not made"),
                Arguments.of(
                        "SHA-1", Csr.of("CN=cart").signature("SHA1withECDSA").pem(), "csr.signature: 1.2.840"),
                Arguments.of(
                        "MD5",
                        Csr.of(Csr.keys("RSA", 2_048), "CN=cart")
                                .signature("MD5withRSA")
                                .pem(),
                        "csr.signature: 1.2.840"),
                Arguments.of(
                        "RSA of 1024 bits",
                        Csr.of(Csr.keys("RSA", 1_024), "CN=cart").pem(),
                        "csr.key: RSA of 1024 bits"),
                Arguments.of("P-521", Csr.of(Csr.ec("secp521r1"), "").pem(), "csr.key: another curve"),
                Arguments.of(
                        "Ed25519",
                        Csr.of(Csr.keys("Ed25519", 255), "")
                                .signature("Ed25519")
                                .pem(),
                        "csr.key: 1.3.101.112"),
                Arguments.of("a flipped bit", flipped(Csr.of("CN=cart").der()), "csr"),
                Arguments.of(
                        "half of it", Csr.pem(Arrays.copyOf(Csr.of("CN=cart").der(), 100)), "csr"),
                Arguments.of(
                        "more behind it",
                        Csr.pem(Arrays.copyOf(Csr.of("CN=cart").der(), 2_000)),
                        "csr"),
                Arguments.of("two requests", Csr.of("").pem() + Csr.of("").pem(), "csr: something else"),
                Arguments.of("a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "csr"),
                Arguments.of("no text", "", "csr: something else"),
                Arguments.of("an empty block", Csr.pem(new byte[0]), "csr"),
                Arguments.of("17 KB", Csr.of("").pem() + " ".repeat(17_000), "csr: 17"),
                Arguments.of("a structure of its own", Csr.pem(new byte[] {0x30, 0x03, 0x02, 0x01, 0x00}), "csr"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void aForgedOneIsRefusedWithItsReason(String what, String pem, String reason) {
        assertThatThrownBy(() -> SigningRequest.read(pem, CART))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith(reason);
    }

    private static String flipped(byte[] der) {
        der[der.length - 1] ^= 1;
        return Csr.pem(der);
    }
}
