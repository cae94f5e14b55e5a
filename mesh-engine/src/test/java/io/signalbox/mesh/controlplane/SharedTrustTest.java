package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.AuthorityInfo;
import io.signalbox.mesh.client.AuthorityInfo.Phase;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.NewToken;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.tls.Csr;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens, certificates and roots of two control planes that share a store; the first of them leads. */
class SharedTrustTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final SharedMesh mesh = new SharedMesh();
    private final List<Runnable> toClose = new ArrayList<>();
    private final SharedKeys keys = new SharedKeys(mesh.a.time);
    private final Signer a = new Signer(mesh.a);
    private final Signer b = new Signer(mesh.b);

    /** The trust of one control plane. */
    private final class Signer {
        final AccessTokens tokens;
        final Identities identities;

        Signer(SharedMesh.Plane plane) {
            tokens = new AccessTokens(
                    plane.keeping, plane.controlPlane.audit(), plane.time, new Random(plane.hashCode()));
            identities = new Identities(
                    plane.keeping,
                    plane.controlPlane.audit(),
                    tokens,
                    plane.events,
                    keys.ofOne(),
                    plane.time,
                    Duration.ofHours(1));
            toClose.add(identities.follow(plane.controlPlane.attached(), plane.time)::cancel);
            toClose.add(identities.followOthers());
        }

        void sign(Caller caller) {
            identities.sign(
                    caller, new Identities.Request(Csr.of("").pem(), "cart", Optional.of("cart-1")), TestMesh.NOTE);
        }
    }

    @AfterEach
    void close() {
        toClose.reversed().forEach(Runnable::run);
        mesh.close();
    }

    @Test
    void aTokenOfOneOpensTheOtherUntilEitherRevokesIt() {
        NewToken made = a.tokens.create(request(TokenInfo.Uses.MANY), TestMesh.NOTE);

        await().until(() -> b.tokens.judge(made.token()) instanceof Doorkeeper.Verdict.Known);
        b.tokens.revoke("ci", TestMesh.NOTE);

        await().until(() -> a.tokens.judge(made.token()) instanceof Doorkeeper.Verdict.Ended);
    }

    @Test
    void aTokenForOneCertificateGetsOneOfBothTogether() {
        NewToken made = a.tokens.create(request(TokenInfo.Uses.ONCE), TestMesh.NOTE);
        await().until(() -> b.tokens.judge(made.token()) instanceof Doorkeeper.Verdict.Known);
        Caller holder = new Caller.Holder("ci", new TokenScope.Sidecar("cart"), TokenInfo.Uses.ONCE);

        List<Boolean> signed = List.of(a, b).stream()
                .map(one -> CompletableFuture.supplyAsync(() -> {
                    try {
                        one.sign(holder);
                        return true;
                    } catch (TokenEndedException e) {
                        return false;
                    }
                }))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(signed).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void bothSignAndNoNumberIsGivenTwice() {
        List<CompletableFuture<Void>> signers = List.of(a, b).stream()
                .map(one -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 20).forEach(_ -> one.sign(new Caller.Owner()))))
                .toList();
        signers.forEach(CompletableFuture::join);

        assertThat(a.identities.newestFirst(Long.MAX_VALUE, 100))
                .extracting(CertificateInfo::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 40).map(i -> 41 - i).boxed().toList());
    }

    @Test
    void whoIsRevokedByOneGetsNothingOfTheOtherAtOnce() {
        a.identities.revocations().revoke("cart", TestMesh.NOTE);

        assertThatThrownBy(() -> b.sign(new Caller.Owner())).isInstanceOf(IdentityRevokedException.class);
        b.identities.revocations().restore("cart", TestMesh.NOTE);
        await().untilAsserted(() ->
                assertThat(a.identities.revocations().contains("cart")).isFalse());
        a.sign(new Caller.Owner());
    }

    @Test
    void aRootIsRolledByTheLeaderThoughAFollowerWasAskedAndBothSignByTheNewOne() {
        b.sign(new Caller.Owner());
        await().until(() -> a.identities.newestFirst(Long.MAX_VALUE, 10).size() == 1);

        AuthorityInfo begun = b.identities.roll().begin(Duration.ZERO, TestMesh.NOTE);
        await().until(() -> a.identities.roll().info().phase() == Phase.TELLING);
        assertThat(a.identities.roll().info().roots()).isEqualTo(begun.roots());
        a.sign(new Caller.Owner());
        mesh.pass(SOON);
        await().until(() -> b.identities.roll().info().phase() == Phase.SIGNING);
        b.sign(new Caller.Owner());
        mesh.a.time.advance(Duration.ofHours(2));
        mesh.b.time.advance(Duration.ofHours(2));

        await().until(() -> {
            mesh.pass(SOON);
            return b.identities.roll().info().phase() == Phase.STEADY;
        });
        String newRoot = begun.roots().getLast().fingerprint();
        for (Signer one : List.of(a, b)) {
            await().untilAsserted(() -> assertThat(one.identities.roll().info().roots())
                    .extracting(AuthorityInfo.Root::fingerprint)
                    .containsExactly(newRoot));
        }
    }

    private static TokenRequest request(TokenInfo.Uses uses) {
        return new TokenRequest(Optional.of("ci"), new TokenScope.Sidecar("cart"), Duration.ofHours(8), uses);
    }

    /** Keys that both have, each knowing of them what it was told last. */
    private static final class SharedKeys {
        private final InstantSource clock;
        private MeshCertificateAuthority current;
        private Optional<MeshCertificateAuthority> next = Optional.empty();

        SharedKeys(InstantSource clock) {
            this.clock = clock;
            current = authority();
        }

        private MeshCertificateAuthority authority() {
            return MeshCertificateAuthority.toKeep("test", clock, new SecureRandom());
        }

        RootKeys ofOne() {
            return new RootKeys() {
                private MeshCertificateAuthority knownCurrent = current;
                private Optional<MeshCertificateAuthority> knownNext = next;

                @Override
                public MeshCertificateAuthority current() {
                    return knownCurrent;
                }

                @Override
                public Optional<MeshCertificateAuthority> next() {
                    return knownNext;
                }

                @Override
                public Made makeNext() {
                    synchronized (SharedKeys.this) {
                        next = Optional.of(authority());
                    }
                    refresh();
                    return new Made(knownNext.orElseThrow(), Transaction.EMPTY);
                }

                @Override
                public void promote() {
                    synchronized (SharedKeys.this) {
                        if (next.equals(knownNext)) {
                            current = next.orElseThrow();
                            next = Optional.empty();
                        }
                    }
                    refresh();
                }

                @Override
                public void refresh() {
                    synchronized (SharedKeys.this) {
                        knownCurrent = current;
                        knownNext = next;
                    }
                }

                @Override
                public void publish(String bundle) {}
            };
        }
    }
}
