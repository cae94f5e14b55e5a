package io.signalbox.mesh.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.tls.Forge.Forged;
import io.signalbox.mesh.tls.Forge.Leaf;
import java.io.IOException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForgedCertificateTest {

    private static final String DOMAIN = "corner-shop.signalbox";
    private static final SpiffeId CART = SpiffeId.ofService(DOMAIN, "cart");

    private final ManualTime time = new ManualTime();
    private Forge authority;
    private MeshTls honest;

    @BeforeEach
    void setUp() throws Exception {
        authority = new Forge("mesh", time.instant());
        Forged leaf = authority.sign(new Leaf("CN=checkout").uri("spiffe://" + DOMAIN + "/service/checkout"));
        honest = new MeshTls(
                new ServiceIdentity(
                        SpiffeId.ofService(DOMAIN, "checkout"),
                        leaf.keys().getPrivate(),
                        List.of(leaf.certificate()),
                        List.of(authority.root())),
                time);
    }

    @Test
    void theHarnessLetsAGoodCertificateThrough() throws Exception {
        Forged good = authority.sign(new Leaf("CN=cart").uri(CART.toString()).dns("cart.example"));
        SSLEngine server = engine(good, false);
        new EnginePair(honest.client("h", 1, CART), server).talk();
        new EnginePair(engine(good, true), honest.server()).talk();

        assertThat(PeerIdentity.of(server.getSession()).id().service()).contains("checkout");
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                Arguments.of("scheme in upper case", uri("SPIFFE://" + DOMAIN + "/service/cart"), "spiffe://"),
                Arguments.of(
                        "trust domain in upper case",
                        uri("spiffe://Corner-Shop.signalbox/service/cart"),
                        "trust_domain"),
                Arguments.of(
                        "trust domain that goes on",
                        uri("spiffe://" + DOMAIN + ".evil/service/cart"),
                        "trust domain " + DOMAIN),
                Arguments.of("no trust domain", uri("spiffe:///service/cart"), "trust_domain"),
                Arguments.of("a port", uri("spiffe://" + DOMAIN + ":443/service/cart"), "trust_domain"),
                Arguments.of("a user", uri("spiffe://a@" + DOMAIN + "/service/cart"), "trust_domain"),
                Arguments.of("a query", uri(CART + "?a=b"), "spiffe_id.path"),
                Arguments.of("a fragment", uri(CART + "#a"), "spiffe_id.path"),
                Arguments.of("a slash at the end", uri(CART + "/"), "spiffe_id.path"),
                Arguments.of("a way up", uri("spiffe://" + DOMAIN + "/service/x/../cart"), "spiffe_id.path"),
                Arguments.of("an empty segment", uri("spiffe://" + DOMAIN + "/service//cart"), "spiffe_id.path"),
                Arguments.of("percent signs", uri("spiffe://" + DOMAIN + "/service/c%61rt"), "spiffe_id.path"),
                Arguments.of(
                        "an address alone",
                        new Leaf("CN=cart").name(GeneralName.iPAddress, "127.0.0.1"),
                        "0 URI names"),
                Arguments.of(
                        "a mail address alone",
                        new Leaf("CN=cart").name(GeneralName.rfc822Name, "cart@x.example"),
                        "0 URI names"),
                Arguments.of("id as a host name", new Leaf("CN=cart").dns(CART.toString()), "0 URI names"),
                Arguments.of(
                        "a key for encipherment alone",
                        uri(CART.toString())
                                .extension(critical(Extension.keyUsage, new KeyUsage(KeyUsage.keyEncipherment))),
                        "key usage"),
                Arguments.of(
                        "a critical extension of its own",
                        uri(CART.toString())
                                .extension(critical(
                                        new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), new DERUTF8String("x"))),
                        "critical extension"),
                Arguments.of(
                        "a life that ends before it begins",
                        uri(CART.toString()).valid(Duration.ofMinutes(5), Duration.ofMinutes(-5)),
                        "valid now"),
                Arguments.of(
                        "for mail alone",
                        uri(CART.toString()).purpose(KeyPurposeId.id_kp_emailProtection),
                        "extended key usage"),
                Arguments.of("no names at all", new Leaf("CN=cart"), "0 URI names"),
                Arguments.of("id in the common name alone", new Leaf("CN=" + CART), "0 URI names"),
                Arguments.of("host name alone", new Leaf("CN=cart").dns("cart"), "0 URI names"),
                Arguments.of(
                        "two URI names",
                        new Leaf("CN=cart").uri(CART.toString()).uri("spiffe://" + DOMAIN + "/service/admin"),
                        "2 URI names"),
                Arguments.of(
                        "same URI name twice",
                        new Leaf("CN=cart").uri(CART.toString()).uri(CART.toString()),
                        "2 URI names"),
                Arguments.of("URI that is no SPIFFE id", new Leaf("CN=cart").uri("https://cart/"), "spiffe://"),
                Arguments.of(
                        "other trust domain",
                        new Leaf("CN=cart").uri("spiffe://evil.example/service/cart"),
                        "trust domain " + DOMAIN),
                Arguments.of(
                        "expired",
                        new Leaf("CN=cart").uri(CART.toString()).valid(Duration.ofHours(-2), Duration.ofMinutes(-1)),
                        "valid now"),
                Arguments.of(
                        "not yet valid",
                        new Leaf("CN=cart").uri(CART.toString()).valid(Duration.ofMinutes(5), Duration.ofHours(2)),
                        "valid now"),
                Arguments.of(
                        "an authority's certificate",
                        new Leaf("CN=cart").uri(CART.toString()).authority(),
                        "an authority's"),
                Arguments.of(
                        "for signing code alone",
                        new Leaf("CN=cart").uri(CART.toString()).purpose(KeyPurposeId.id_kp_codeSigning),
                        "extended key usage"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void isRefusedFromAServerAndFromAClient(String what, Leaf leaf, String reason) throws Exception {
        Forged forged = authority.sign(leaf);

        assertThatThrownBy(() -> new EnginePair(honest.client("h", 1, CART), engine(forged, false)).talk())
                .isInstanceOf(SSLHandshakeException.class)
                .hasStackTraceContaining(reason);
        assertThatThrownBy(() -> new EnginePair(engine(forged, true), honest.server()).talk())
                .isInstanceOf(SSLHandshakeException.class)
                .hasStackTraceContaining(reason);
    }

    @Test
    void atLeast25KindsAreTriedInBothDirections() {
        assertThat(forgeries().count()).isGreaterThanOrEqualTo(25);
    }

    @Test
    void aKeyThatIsNotTheCertificatesProvesNothing() throws Exception {
        Forged good = authority.sign(uri(CART.toString()));
        Forged other = authority.sign(uri(CART.toString()));
        Forged stolen = new Forged(good.certificate(), other.keys());

        assertThatThrownBy(() -> new EnginePair(honest.client("h", 1, CART), engine(stolen, false)).talk())
                .isInstanceOf(SSLHandshakeException.class)
                .hasStackTraceContaining("signature");
        assertThatThrownBy(() -> new EnginePair(engine(stolen, true), honest.server()).talk())
                .isInstanceOf(SSLHandshakeException.class)
                .hasStackTraceContaining("signature");
    }

    @Test
    void aCertificateSignedByAnotherAuthorityIsRefused() throws Exception {
        Forged forged = new Forge("mesh", time.instant()).sign(new Leaf("CN=cart").uri(CART.toString()));

        assertThatThrownBy(() -> new EnginePair(honest.client("h", 1, CART), engine(forged, false)).talk())
                .isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> new EnginePair(engine(forged, true), honest.server()).talk())
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aCertificateOfOnePurposeDoesNotServeTheOther() throws Exception {
        Forged clientOnly =
                authority.sign(new Leaf("CN=cart").uri(CART.toString()).purpose(KeyPurposeId.id_kp_clientAuth));

        new EnginePair(engine(clientOnly, true), honest.server()).talk();
        assertThatThrownBy(() -> new EnginePair(honest.client("h", 1, CART), engine(clientOnly, false)).talk())
                .hasStackTraceContaining("expected: SERVER");
    }

    @Test
    void aLeafSignedByAnotherLeafIsRefused() throws Exception {
        Forged leaf = authority.sign(new Leaf("CN=mesh").uri("spiffe://" + DOMAIN + "/service/checkout"));
        Forge minion = new Forge("mesh", time.instant());
        Forged forged = minion.sign(new Leaf("CN=cart").uri(CART.toString()));

        assertThatThrownBy(() -> honest.identity()
                        .trust()
                        .verify(
                                new X509Certificate[] {forged.certificate(), leaf.certificate()},
                                Purpose.SERVER,
                                time.instant()))
                .hasMessageContaining("the mesh's root signed");
    }

    @Test
    void theRootItselfIsNoIdentity() {
        assertThatThrownBy(() -> honest.identity()
                        .trust()
                        .verify(new X509Certificate[] {authority.root()}, Purpose.CLIENT, time.instant()))
                .hasMessageContaining("the mesh's root");
        assertThatThrownBy(
                        () -> honest.identity().trust().verify(new X509Certificate[0], Purpose.CLIENT, time.instant()))
                .hasMessageContaining("none was shown");
    }

    private static Leaf uri(String uri) {
        return new Leaf("CN=cart").uri(uri);
    }

    private static Extension critical(ASN1ObjectIdentifier type, ASN1Encodable value) {
        try {
            return new Extension(type, true, value.toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An engine that shows the certificate whatever is wrong with it, and believes the honest side. */
    private SSLEngine engine(Forged forged, boolean client) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                keyManagers(forged.keys().getPrivate(), forged.certificate()),
                new TrustManager[] {honest.clientTrustManager(_ -> Optional.of(SpiffeId.ofService(DOMAIN, "checkout")))
                },
                null);
        SSLEngine engine = client ? context.createSSLEngine("h", 2) : context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setNeedClientAuth(!client);
        return engine;
    }

    private static KeyManager[] keyManagers(PrivateKey key, X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("forged", key, new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }
}
