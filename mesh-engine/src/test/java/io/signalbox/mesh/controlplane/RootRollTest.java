package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.AuthorityInfo;
import io.signalbox.mesh.client.AuthorityInfo.Phase;
import io.signalbox.mesh.client.SignedCertificate;
import io.signalbox.mesh.client.attach.Acknowledgement;
import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.IdentityReport;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.http.FixedKeys;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.tls.Csr;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One root takes another's place; certificates live an hour, and a restart keeps nothing but the store and the keys. */
class RootRollTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final Store store = LocalStore.inMemory(time, time);
    private final MeshCertificateAuthority first = authority();
    private final FixedKeys keys = new FixedKeys(first, this::authority);
    private AttachedSidecars attached = Attached.on(time);
    private Scheduler.Cancellable following = () -> {};
    private Identities identities = start();

    @Test
    void withoutARollOneRootSignsAndIsBelieved() {
        AuthorityInfo info = identities.roll().info();

        assertThat(info.phase()).isEqualTo(Phase.STEADY);
        assertThat(info.roots())
                .containsExactly(new AuthorityInfo.Root(
                        first.fingerprint(), first.root().getNotAfter().toInstant(), AuthorityInfo.Role.SIGNS));
        assertThat(keys.published()).isEqualTo(first.rootPem());
    }

    @Test
    void theNewOneSignsOnceNobodyIsLeftWhoMayNotKnowOfIt() throws Exception {
        sign("cart", "cart-1");
        sign("stock", "stock-1");

        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        time.advance(SOON);
        assertThat(identities.roll().info().waitingFor()).isEqualTo(2);
        assertThat(signer(sign("cart", "cart-1"))).as("still the old one").isEqualTo(first);
        time.advance(SOON);
        assertThat(identities.roll().info().waitingFor()).isEqualTo(1);
        sign("stock", "stock-1");
        time.advance(SOON);

        assertThat(identities.roll().info().phase()).isEqualTo(Phase.SIGNING);
        assertThat(signer(sign("cart", "cart-1"))).isEqualTo(next());
    }

    @Test
    void whoHasGoneIsWaitedForUntilItsCertificateEnds() {
        sign("cart", "cart-1");
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);

        time.advance(Duration.ofMinutes(59));
        assertThat(identities.roll().info().phase()).isEqualTo(Phase.TELLING);
        time.advance(Duration.ofMinutes(2));

        assertThat(identities.roll().info().phase()).isNotEqualTo(Phase.TELLING);
    }

    @Test
    void aSidecarIsToldAndOneThatSaysSoIsNotWaitedFor() throws InterruptedException {
        SignedCertificate cart = sign("cart", "cart-1");
        AttachedSidecar sidecar = attached.open("cart", "cart-1", ServiceKind.SERVICE, ChangeForm.SERVICES);
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);

        TrustUpdate told = lastTold(sidecar);
        assertThat(roots(told.trustBundle())).containsExactly(first.root(), next().root());
        attached.acknowledge(new Acknowledgement(
                "cart",
                "cart-1",
                1,
                List.of(),
                new IdentityReport(
                        cart.serial(), cart.notAfter(), List.of(first.fingerprint(), next().fingerprint()), null)));
        time.advance(SOON);

        assertThat(identities.roll().info().phase()).isEqualTo(Phase.SIGNING);
    }

    @Test
    void whatAnotherSaysOfACertificateDoesNotHurryIt() {
        SignedCertificate cart = sign("cart", "cart-1");
        attached.open("stock", "cart-1", ServiceKind.SERVICE, ChangeForm.SERVICES);
        attached.open("cart", "cart-2", ServiceKind.SERVICE, ChangeForm.SERVICES);
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);

        for (String[] liar : new String[][] {{"stock", "cart-1"}, {"cart", "cart-2"}}) {
            attached.acknowledge(new Acknowledgement(
                    liar[0],
                    liar[1],
                    1,
                    List.of(),
                    new IdentityReport(
                            cart.serial(), cart.notAfter(), List.of(first.fingerprint(), next().fingerprint()), null)));
        }
        time.advance(SOON);

        assertThat(identities.roll().info().phase()).isEqualTo(Phase.TELLING);
    }

    @Test
    void theOldOneGoesWhenAllThatItSignedHasEndedAndSidecarsAreTold() throws Exception {
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        sign("cart", "cart-1");
        time.advance(SOON);
        MeshCertificateAuthority next = next();
        assertThat(identities.roots().trust().roots()).containsExactly(first.root(), next.root());
        assertThat(identities.roots().host())
                .as("people have copies of the old one")
                .isEqualTo(first);

        time.advance(Duration.ofMinutes(59));
        assertThat(identities.roll().info().phase()).isEqualTo(Phase.SIGNING);
        AttachedSidecar sidecar = attached.open("cart", "cart-1", ServiceKind.SERVICE, ChangeForm.SERVICES);
        time.advance(Duration.ofMinutes(2));

        assertThat(identities.roll().info().phase()).isEqualTo(Phase.STEADY);
        assertThat(identities.roots().trust().roots()).containsExactly(next.root());
        assertThat(identities.roots().host()).isEqualTo(next);
        assertThat(keys.current()).isEqualTo(next);
        assertThat(keys.published()).isEqualTo(next.rootPem());
        TrustUpdate told = lastTold(sidecar);
        assertThat(told.trustBundle()).isEqualTo(next.rootPem());
        assertThat(told.revision()).isEqualTo(2);
    }

    @Test
    void theOldOneStaysAsLongAsWasAskedFor() {
        identities.roll().begin(Duration.ofHours(24), TestMesh.NOTE);

        time.advance(Duration.ofHours(23));
        assertThat(identities.roll().info().phase()).isEqualTo(Phase.SIGNING);
        time.advance(Duration.ofHours(2));

        assertThat(identities.roll().info().phase()).isEqualTo(Phase.STEADY);
    }

    @Test
    void oneRollAtATime() {
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);

        assertThatThrownBy(() -> identities.roll().begin(Duration.ZERO, TestMesh.NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("one is under way");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aRestartInAnyPhaseGoesOnWhereItWas(Phase phase) throws Exception {
        SignedCertificate before = sign("cart", "cart-1");
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        MeshCertificateAuthority next = next();
        if (phase != Phase.TELLING) {
            sign("cart", "cart-1");
            time.advance(SOON);
        }
        if (phase == Phase.STEADY) {
            time.advance(Duration.ofMinutes(61));
        }
        assertThat(identities.roll().info().phase()).isEqualTo(phase);
        AuthorityInfo info = identities.roll().info();

        identities = start();

        assertThat(identities.roll().info()).isEqualTo(info);
        assertThat(signer(sign("stock", "stock-1"))).isEqualTo(phase == Phase.TELLING ? first : next);
        if (phase == Phase.TELLING) {
            assertThat(before.trustRevision()).isZero();
        }
        time.advance(Duration.ofHours(3));
        assertThat(identities.roll().info().phase()).isEqualTo(Phase.STEADY);
        assertThat(identities.roots().trust().roots()).containsExactly(next.root());
    }

    @Test
    void killedBeforeTheNewKeyTookItsPlaceItDoesSoAtTheNextStart() {
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        MeshCertificateAuthority next = next();
        time.advance(SOON.dividedBy(4));
        keys.dieAtPromotion();
        assertThatThrownBy(() -> time.advance(SOON)).hasMessage("killed");
        assertThat(keys.current()).isEqualTo(first);

        identities = start();

        assertThat(keys.current()).isEqualTo(next);
        assertThat(identities.roots().trust().roots()).containsExactly(next.root());
    }

    @Test
    void aKeyThatCouldNotTakeItsPlaceDoesSoSoonAndSidecarsAreTold() throws Exception {
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        MeshCertificateAuthority next = next();
        AttachedSidecar sidecar = attached.open("cart", "cart-1", ServiceKind.SERVICE, ChangeForm.SERVICES);
        time.advance(SOON.dividedBy(4));
        keys.dieAtPromotion();
        assertThatThrownBy(() -> time.advance(SOON)).hasMessage("killed");
        assertThat(keys.current()).isEqualTo(first);

        time.advance(SOON);

        assertThat(keys.current()).isEqualTo(next);
        assertThat(lastTold(sidecar).trustBundle()).isEqualTo(next.rootPem());
    }

    @Test
    void anotherRollDoesNotOverwriteTheKeyThatSigns() {
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        MeshCertificateAuthority signs = next();
        time.advance(SOON.dividedBy(4));
        keys.dieAtPromotion();
        assertThatThrownBy(() -> time.advance(SOON)).hasMessage("killed");

        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);

        assertThat(keys.current()).isEqualTo(signs);
        assertThat(keys.next()).isPresent().isNotEqualTo(Optional.of(signs));
    }

    @Test
    void aNewKeyThatTheStoreDoesNotNameIsNobodys() {
        RootKeys.Made _ = keys.makeNext();

        identities = start();

        assertThat(identities.roots().trust().roots()).containsExactly(first.root());
    }

    @Test
    void aStoreThatNamesAKeyWhichIsNotThereIsRefused() {
        sign("cart", "cart-1");
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        following.cancel();

        assertThatThrownBy(() -> identities(new FixedKeys(first, this::authority)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("put copies of both there");
    }

    @Test
    void theMiddleOfARollWithNeitherOfItsKeysBeginsAnew() throws Exception {
        sign("cart", "cart-1");
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        following.cancel();
        MeshCertificateAuthority other = authority();

        identities = identities(new FixedKeys(other, this::authority));

        assertThat(identities.roll().info().phase()).isEqualTo(Phase.STEADY);
        assertThat(identities.roots().trust().roots()).containsExactly(other.root());
        identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        assertThat(identities.roll().info().phase()).isEqualTo(Phase.TELLING);
    }

    @Test
    void aRevokedServiceGetsNoCertificateUntilItIsRestored() throws Exception {
        AttachedSidecar sidecar = attached.open("stock", "stock-1", ServiceKind.SERVICE, ChangeForm.SERVICES);
        sign("cart", "cart-1");
        identities.revocations().revoke("cart", TestMesh.NOTE);

        assertThatThrownBy(() -> sign("cart", "cart-1"))
                .isInstanceOf(IdentityRevokedException.class)
                .hasMessageContaining("signalbox identity restore cart");
        assertThat(lastTold(sidecar).revoked()).containsExactly("cart");
        identities = start();
        assertThatThrownBy(() -> sign("cart", "cart-1")).isInstanceOf(IdentityRevokedException.class);
        identities.revocations().restore("cart", TestMesh.NOTE);

        assertThat(sign("cart", "cart-1").id()).endsWith("/service/cart");
    }

    private MeshCertificateAuthority authority() {
        return new MeshCertificateAuthority("test.signalbox", time, new SecureRandom());
    }

    private MeshCertificateAuthority next() {
        return keys.next().orElseThrow();
    }

    /** As after a kill: the one before does nothing any more. */
    private Identities start() {
        following.cancel();
        Identities started = identities(keys);
        attached = Attached.on(time);
        following = started.follow(attached, time);
        return started;
    }

    private Identities identities(FixedKeys kept) {
        Keeping keeping = Keeping.everything(store);
        AuditLog audit = new AuditLog(keeping, time);
        return new Identities(
                keeping,
                audit,
                new AccessTokens(keeping, audit, time, new Random(3)),
                new EventLog(time, 100),
                kept,
                time,
                Duration.ofHours(1));
    }

    private SignedCertificate sign(String service, String instance) {
        return identities.sign(
                new Caller.Owner(),
                new Identities.Request(Csr.of("").pem(), service, Optional.of(instance)),
                TestMesh.NOTE);
    }

    private MeshCertificateAuthority signer(SignedCertificate signed) throws GeneralSecurityException {
        X509Certificate leaf = certificates(signed.certificate()).getFirst();
        List<MeshCertificateAuthority> all = new ArrayList<>(List.of(first, keys.current()));
        keys.next().ifPresent(all::add);
        for (MeshCertificateAuthority authority : all) {
            try {
                leaf.verify(authority.root().getPublicKey());
                return authority;
            } catch (GeneralSecurityException e) {
                // Another one's.
            }
        }
        throw new AssertionError("signed by nobody");
    }

    private static List<X509Certificate> roots(String pem) {
        try {
            return certificates(pem);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static TrustUpdate lastTold(AttachedSidecar sidecar) throws InterruptedException {
        TrustUpdate last = null;
        for (Optional<AttachedSidecar.Sending> next = sidecar.next(Duration.ZERO);
                next.isPresent();
                next = sidecar.next(Duration.ZERO)) {
            if (next.get().event().equals(MeshUpdate.TRUST)) {
                last = Json.read(new String(next.get().data(), StandardCharsets.UTF_8), TrustUpdate.class);
            }
        }
        if (last == null) {
            throw new AssertionError("nothing was told");
        }
        return last;
    }
}
