package io.signalbox.mesh.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.ManualTime;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PendingIdentityTest {

    private static final SpiffeId CART = SpiffeId.ofService("shop.signalbox", "cart");

    private final MeshCertificateAuthority authority =
            new MeshCertificateAuthority("shop.signalbox", new ManualTime(), new SecureRandom());

    @Test
    void itsRequestIsSignedAndTheCertificateIsForItsKeyAlone() {
        PendingIdentity pending = PendingIdentity.generate(new SecureRandom());
        X509Certificate leaf =
                authority.sign(SigningRequest.read(pending.request(), CART), CART, Duration.ofMinutes(5));

        ServiceIdentity identity = pending.certified(ServiceIdentity.pem(leaf), authority.rootPem());

        assertThat(identity.id()).isEqualTo(CART);
        assertThatThrownBy(() -> PendingIdentity.generate(new SecureRandom())
                        .certified(ServiceIdentity.pem(leaf), authority.rootPem()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("the key of the certificate");
    }
}
