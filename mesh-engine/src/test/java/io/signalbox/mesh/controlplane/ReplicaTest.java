package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.ControlPlaneInfo;
import io.signalbox.mesh.client.ControlPlaneInfo.Role;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.SharedCopy;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicaTest {

    private final SharedMesh mesh = new SharedMesh();

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void oneLeadsAndTheOtherFollows() {
        mesh.pass(Duration.ofSeconds(20));

        assertThat(mesh.a.replica.role()).isEqualTo(Role.LEADS);
        assertThat(mesh.b.replica.role()).isEqualTo(Role.FOLLOWS);
        await().untilAsserted(() -> assertThat(mesh.b.replica.list())
                .extracting(ControlPlaneInfo::id, ControlPlaneInfo::role, ControlPlaneInfo::here)
                .containsExactly(tuple("a", Role.LEADS, false), tuple("b", Role.FOLLOWS, true)));
    }

    @Test
    void aLeaderThatEndsIsFollowedAtOnce() {
        mesh.a.close();

        await().until(mesh.b::leads);
        assertThat(mesh.a.leads()).isFalse();
    }

    @Test
    void aLeaderThatSleepsIsFollowedAfterItsLeaseAndItsWritesAreRefused() {
        await().until(() -> mesh.b.replica.isAlive("a"));
        Transaction late = mesh.a.replica.fence().orElseThrow().put("a/1", "late");

        mesh.passWithout(mesh.a, Replica.LEASE.plusSeconds(2));

        await().until(mesh.b::leads);
        assertThat(mesh.store.commit(late)).isInstanceOf(Outcome.Refused.class);
        assertThat(mesh.store.commit(mesh.b.replica.fence().orElseThrow().put("a/1", "in time")))
                .isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void whoWakesUpAfterItsLeaseKnowsByItselfThatItLeadsNoMore() {
        mesh.passWithout(mesh.a, Replica.LEASE.plusSeconds(2));
        await().until(mesh.b::leads);

        mesh.a.time.advance(Replica.LEASE);

        assertThat(mesh.a.leads()).isFalse();
        mesh.pass(Duration.ofSeconds(5));
        assertThat(mesh.a.replica.role()).isEqualTo(Role.FOLLOWS);
        assertThat(mesh.b.leads()).isTrue();
    }

    @Test
    void whoWasNotToldThatItLeadsFindsOut() {
        await().until(() -> mesh.b.replica.isAlive("a"));
        mesh.b.way.loseAnswers(true);

        mesh.a.close();

        await().until(mesh.b::leads);
    }

    @Test
    void oneThatWasCutOffWhileABackupWasRestoredShowsItselfNoMoreAndSaysWhy() {
        mesh.b.close();
        mesh.passWithout(mesh.a, Replica.LEASE.plusSeconds(2));
        SharedCopy.begin(List.of(), mesh.store, SharedCopy.Existing.REPLACED).finish();

        mesh.a.time.advance(Duration.ofSeconds(5));

        assertThat(mesh.a.replica.restored())
                .isCompletedWithValueMatching(why -> String.valueOf(why.getMessage())
                        .startsWith("store: restore/epoch was written since this control plane read it"));
        assertThat(mesh.a.replica.role()).isEqualTo(Role.CUT_OFF);
        assertThat(mesh.store.range(KeyRange.prefix("member/"))).isEmpty();
        assertThat(mesh.store.range(KeyRange.prefix("leader/"))).isEmpty();
    }

    @Test
    void oneThatReadTheStoreBeforeABackupWasRestoredDoesNotStart() {
        mesh.b.close();
        mesh.passWithout(mesh.a, Replica.LEASE.plusSeconds(2));
        Transaction before = SharedCopy.unrestored(mesh.store);
        SharedCopy.begin(List.of(), mesh.store, SharedCopy.Existing.REPLACED).finish();

        try (Replica late = new Replica(mesh.store, before, "late", mesh.time, mesh.time, mesh.time)) {
            assertThatThrownBy(() -> late.start(URI.create("http://127.0.0.1:1/late")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("no backup restored under a control plane; start it again");
        }
    }

    @Test
    void whoseStoreDoesNotAnswerIsCutOffAndLeadsNoMore() {
        mesh.store.close();

        mesh.a.time.advance(Replica.LEASE);

        assertThat(mesh.a.replica.role()).isEqualTo(Role.CUT_OFF);
        assertThat(mesh.a.leads()).isFalse();
    }
}
