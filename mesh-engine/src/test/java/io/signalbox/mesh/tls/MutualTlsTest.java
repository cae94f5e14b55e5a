package io.signalbox.mesh.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.ManualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

class MutualTlsTest {

    private static final String DOMAIN = "corner-shop.signalbox";
    private static final SpiffeId CART = SpiffeId.ofService(DOMAIN, "cart");

    private final ManualTime time = new ManualTime();
    private final MeshCertificateAuthority authority = new MeshCertificateAuthority(DOMAIN, time, new SecureRandom());
    private final MeshTls checkout = member("checkout");
    private final MeshTls cart = member("cart");

    @Test
    void twoMembersLearnWhoTheOtherIs() throws Exception {
        SSLEngine client = checkout.client("127.0.0.1", 8081, CART);
        SSLEngine server = cart.server();
        new EnginePair(client, server).talk();

        assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(PeerIdentity.of(client.getSession()).id()).isEqualTo(CART);
        assertThat(PeerIdentity.of(server.getSession()).id()).isEqualTo(SpiffeId.ofService(DOMAIN, "checkout"));
        assertThat(PeerIdentity.of(server.getSession()).notAfter())
                .isEqualTo(checkout.identity().notAfter());
        PeerIdentity.of(client.getSession()).require(CART);
    }

    @Test
    void aServerOfAnotherServiceIsRefused() {
        SSLEngine client = checkout.client("127.0.0.1", 8081, CART);

        assertThatThrownBy(() -> new EnginePair(client, member("payment").server()).talk())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("/service/payment")
                .hasMessageContaining("expected: " + CART);
    }

    @Test
    void aContextForManyAddressesExpectsWhoIsRegisteredAtEach() throws Exception {
        Map<HostPort, SpiffeId> registered = Map.of(new HostPort("10.0.0.1", 8081), CART);
        Function<HostPort, Optional<SpiffeId>> expected = address -> Optional.ofNullable(registered.get(address));

        new EnginePair(clientOf(expected, 8081), cart.server()).talk();

        assertThatThrownBy(() -> new EnginePair(
                                clientOf(expected, 8081), member("payment").server())
                        .talk())
                .hasMessageContaining("expected: " + CART);
        assertThatThrownBy(() -> new EnginePair(clientOf(expected, 8082), cart.server()).talk())
                .hasMessageContaining("nobody is known to be there");
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        SSLContext bare = SSLContext.getInstance("TLSv1.3");
        bare.init(null, new TrustManager[] {checkout.clientTrustManager(_ -> Optional.of(CART))}, null);
        SSLEngine client = bare.createSSLEngine("127.0.0.1", 8081);
        client.setUseClientMode(true);

        assertThatThrownBy(() -> new EnginePair(client, cart.server()).talk())
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void anOlderProtocolIsRefused() {
        SSLEngine client = checkout.clientContext(CART).createSSLEngine("127.0.0.1", 8081);
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {"TLSv1.2"});

        assertThatThrownBy(() -> new EnginePair(client, cart.server()).talk()).isInstanceOf(SSLException.class);
    }

    @Test
    void aMemberOfAnotherMeshOfTheSameNameIsRefusedByBothSides() {
        MeshCertificateAuthority other = new MeshCertificateAuthority(DOMAIN, time, new SecureRandom());
        MeshTls stranger = new MeshTls(other.issue("cart", "cart-9"), time);

        assertThatThrownBy(() -> new EnginePair(checkout.client("h", 1, CART), stranger.server()).talk())
                .isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> new EnginePair(stranger.client("h", 1, CART), cart.server()).talk())
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void anExpiredCertificateIsRefusedByBothSides() {
        time.advance(MeshCertificateAuthority.LEAF_LIFETIME.plusSeconds(1));
        MeshTls fresh = member("checkout");
        MeshTls freshCart = member("cart");

        assertThatThrownBy(() -> new EnginePair(fresh.client("h", 1, CART), cart.server()).talk())
                .isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> new EnginePair(checkout.client("h", 1, CART), freshCart.server()).talk())
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aRenewedIdentityIsShownFromTheNextHandshakeOn() throws Exception {
        time.advance(Duration.ofHours(23));
        ServiceIdentity next = authority.issue("cart", "cart-1");
        cart.renew(next);
        time.advance(Duration.ofHours(2));
        MeshTls fresh = member("checkout");
        SSLEngine client = fresh.client("h", 1, CART);
        new EnginePair(client, cart.server()).talk();

        assertThat(client.getSession().getPeerCertificates()[0])
                .isEqualTo(next.chain().getFirst());
        assertThatThrownBy(() -> cart.renew(authority.issue("payment", "payment-1")))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aSecondConnectionResumesTheSessionAndStillTellsThePeer() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        InstantSource counting = () -> {
            checks.incrementAndGet();
            return time.instant();
        };
        MeshTls client = new MeshTls(authority.issue("checkout", "checkout-1"), counting);
        new EnginePair(client.client("h", 1, CART), cart.server()).talk();
        int afterFirst = checks.get();
        SSLEngine second = client.client("h", 1, CART);
        new EnginePair(second, cart.server()).talk();

        assertThat(afterFirst).isEqualTo(1);
        assertThat(checks).hasValue(1);
        assertThat(PeerIdentity.of(second.getSession()).id()).isEqualTo(CART);
        assertThatThrownBy(() -> PeerIdentity.of(second.getSession()).require(SpiffeId.ofService(DOMAIN, "bank")))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void afterARenewalOfEitherSideNoSessionFromBeforeIsResumed() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        InstantSource counting = () -> {
            checks.incrementAndGet();
            return time.instant();
        };
        MeshTls client = new MeshTls(authority.issue("checkout", "checkout-1"), counting);
        new EnginePair(client.client("h", 1, CART), cart.server()).talk();

        cart.renew(authority.issue("cart", "cart-1"));
        new EnginePair(client.client("h", 1, CART), cart.server()).talk();
        assertThat(checks).as("the server had a new certificate").hasValue(2);

        client.renew(authority.issue("checkout", "checkout-1"));
        new EnginePair(client.client("h", 1, CART), cart.server()).talk();
        assertThat(checks).as("the client had a new certificate").hasValue(3);
    }

    @Test
    void aConnectionOutlivesTheRenewalOfBothSides() throws Exception {
        EnginePair open = new EnginePair(checkout.client("h", 1, CART), cart.server());
        open.talk();
        MeshCertificateAuthority other = new MeshCertificateAuthority(DOMAIN, time, new SecureRandom());
        checkout.renew(other.issue("checkout", "checkout-1"));
        cart.renew(other.issue("cart", "cart-1"));

        open.talkAgain();
    }

    @Test
    void aPeerWhoseCertificateHasEndedIsRefusedThoughItsSessionIsResumed() throws Exception {
        SSLEngine first = checkout.client("h", 1, CART);
        new EnginePair(first, cart.server()).talk();
        assertThat(checkout.peer(first.getSession()).id()).isEqualTo(CART);

        time.advance(MeshCertificateAuthority.LEAF_LIFETIME.plusSeconds(1));
        SSLEngine resumed = checkout.client("h", 1, CART);
        new EnginePair(resumed, cart.server()).talk();

        assertThatThrownBy(() -> checkout.peer(resumed.getSession()))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("ended at");
    }

    @Test
    void twoRootsAreBelievedWhileOneTakesTheOthersPlace() throws Exception {
        MeshCertificateAuthority next = new MeshCertificateAuthority(DOMAIN, time, new SecureRandom());
        checkout.renew(checkout.identity().believing(List.of(authority.root(), next.root())));
        MeshTls ofNext =
                new MeshTls(next.issue("cart", "cart-2").believing(List.of(authority.root(), next.root())), time);

        new EnginePair(checkout.client("h", 1, CART), ofNext.server()).talk();
        new EnginePair(checkout.client("h", 2, CART), cart.server()).talk();

        checkout.renew(checkout.identity().believing(List.of(next.root())));
        assertThatThrownBy(() -> new EnginePair(checkout.client("h", 2, CART), cart.server()).talk())
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void whoIsRevokedIsRefusedByBothSidesInNewConnections() throws Exception {
        new EnginePair(checkout.client("h", 1, CART), cart.server()).talk();
        checkout.revoke(Set.of("cart"));
        cart.revoke(Set.of("checkout"));

        assertThatThrownBy(() -> new EnginePair(
                                checkout.client("h", 1, CART), member("cart").server())
                        .talk())
                .hasMessageContaining("not revoked");
        assertThatThrownBy(() -> new EnginePair(member("checkout").client("h", 1, CART), cart.server()).talk())
                .isInstanceOf(SSLException.class);
        new EnginePair(member("payment").client("h", 1, CART), cart.server()).talk();
    }

    private SSLEngine clientOf(Function<HostPort, Optional<SpiffeId>> expected, int port) {
        SSLEngine engine = checkout.clientContext(expected).createSSLEngine("10.0.0.1", port);
        engine.setUseClientMode(true);
        return engine;
    }

    private MeshTls member(String service) {
        return new MeshTls(authority.issue(service, service + "-1"), time);
    }
}
