package io.signalbox.mesh.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.tls.Forge.Forged;
import io.signalbox.mesh.tls.Forge.Leaf;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceIdentityTest {

    private final ManualTime time = new ManualTime();
    private final MeshCertificateAuthority authority =
            new MeshCertificateAuthority("corner-shop.signalbox", time, new SecureRandom());

    @TempDir
    private Path folder;

    @Test
    void anIssuedLeafNamesItsServiceForADay() throws Exception {
        ServiceIdentity identity = authority.issue("cart", "cart-1");
        X509Certificate leaf = identity.chain().getFirst();

        assertThat(leaf.getSubjectAlternativeNames())
                .singleElement()
                .isEqualTo(List.of(6, "spiffe://corner-shop.signalbox/service/cart"));
        assertThat(leaf.getNotBefore()).isEqualTo(time.instant().minusSeconds(60));
        assertThat(identity.notAfter()).isEqualTo(time.instant().plus(Duration.ofHours(24)));
        assertThat(leaf.getExtendedKeyUsage())
                .containsExactlyInAnyOrder(Purpose.SERVER.extendedKeyUsage(), Purpose.CLIENT.extendedKeyUsage());
        assertThat(leaf.getBasicConstraints()).isNegative();
        assertThat(leaf.getKeyUsage()).startsWith(true, false, false, false, false, false);
    }

    @Test
    void theRootMaySignLeavesAndNoOtherAuthority() {
        X509Certificate root = authority.root();

        assertThat(root.getBasicConstraints()).isZero();
        assertThat(root.getKeyUsage()[5]).isTrue();
        assertThat(root.getCriticalExtensionOIDs()).contains("2.5.29.19", "2.5.29.15");
    }

    @Test
    void serialsDoNotRepeat() {
        Set<Object> serials = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            serials.add(authority.issue("cart", "cart-1").chain().getFirst().getSerialNumber());
        }

        assertThat(serials).hasSize(100);
    }

    @Test
    void anIdentitySurvivesItsFiles() throws Exception {
        ServiceIdentity identity = authority.issue("cart", "cart-1");
        Path certificate = Files.writeString(folder.resolve("tls.crt"), identity.certificatePem());
        Path key = Files.writeString(folder.resolve("tls.key"), identity.keyPem());
        Path root = Files.writeString(folder.resolve("ca.crt"), identity.rootPem());

        assertThat(ServiceIdentity.fromFiles(certificate, key, root)).isEqualTo(identity);
        assertThatThrownBy(() -> ServiceIdentity.fromFiles(folder.resolve("none"), key, root))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void anRsaKeyIsReadAsWell() throws Exception {
        Forge forge = new Forge("mesh", time.instant());
        Forged forged = forge.sign(new Leaf("CN=a").uri("spiffe://m/service/a").rsa());
        ServiceIdentity read = ServiceIdentity.fromPem(
                pem(forged.certificate()), pem(forged.keys().getPrivate()), pem(forge.root()));

        assertThat(read.key()).isEqualTo(forged.keys().getPrivate());
        assertThat(read.id()).hasToString("spiffe://m/service/a");
    }

    @Test
    void eachPartThatCannotBeReadIsNamed() throws Exception {
        ServiceIdentity identity = authority.issue("cart", "cart-1");
        String certificate = identity.certificatePem();
        String key = identity.keyPem();
        String root = identity.rootPem();

        assertThatThrownBy(() -> ServiceIdentity.fromPem("", key, root)).hasMessageStartingWith("certificate: ");
        assertThatThrownBy(() -> ServiceIdentity.fromPem("nonsense", key, root))
                .hasMessageStartingWith("certificate: ");
        assertThatThrownBy(() -> ServiceIdentity.fromPem(certificate, "", root)).hasMessageStartingWith("key: no key");
        assertThatThrownBy(() -> ServiceIdentity.fromPem(certificate, certificate, root))
                .hasMessageStartingWith("key: no key");
        assertThatThrownBy(() -> ServiceIdentity.fromPem(
                        certificate, authority.issue("cart", "cart-2").keyPem(), root))
                .hasMessageContaining("the key of the certificate");
        assertThatThrownBy(() -> ServiceIdentity.fromPem(certificate, key, "x")).hasMessageStartingWith("ca: ");
    }

    @Test
    void aCertificateWithoutASpiffeIdIsRefusedWithTheReason() throws Exception {
        Forge forge = new Forge("mesh", time.instant());
        Forged forged = forge.sign(new Leaf("CN=user-service").dns("user-service"));

        assertThatThrownBy(() -> ServiceIdentity.fromPem(
                        pem(forged.certificate()), Pem.of(forged.keys().getPrivate()), pem(forge.root())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("0 URI names");
    }

    @Test
    void theKeyIsNotPrinted() throws Exception {
        ServiceIdentity identity = authority.issue("cart", "cart-1");

        assertThat(identity.toString())
                .isEqualTo("ServiceIdentity[spiffe://corner-shop.signalbox/service/cart until 2026-01-02T00:00:00Z]");
        assertThat(identity.keyStore("pw".toCharArray()).getKey("identity", "pw".toCharArray()))
                .isEqualTo(identity.key());
    }

    private static String pem(Object part) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        }
        return text.toString();
    }
}
