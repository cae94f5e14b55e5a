package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Circuits of a sidecar that is attached to one control plane, moved through the other. */
class SharedOrdersTest {

    private final SharedMesh mesh = new SharedMesh();
    private final FakeSidecar caller = new FakeSidecar("storefront", "storefront-1", ServiceKind.CLIENT);

    @BeforeEach
    void attach() {
        mesh.a.register("catalog", "catalog-1", "v1");
        await().until(() -> mesh.b.has("catalog", "catalog-1"));
        await().until(() -> mesh.a.replica.isAlive("b"));
        mesh.b.controlPlane.attach(caller.circuit("catalog", "catalog-1", BreakerState.CLOSED, null));
    }

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void theyAreMovedAndItIsWrittenDownOnce() {
        int moved = mesh.a.controlPlane.breakers().command("storefront->catalog", BreakerCommand.OPEN, TestMesh.NOTE);

        assertThat(moved).isEqualTo(1);
        assertThat(caller.report().circuits().getFirst().state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(mesh.a.controlPlane.audit().newestFirst(Long.MAX_VALUE, 10))
                .extracting(AuditEntry::kind)
                .containsExactly(AuditEntry.Kind.BREAKER);
        assertThat(mesh.store.range(KeyRange.prefix(SharedOrders.ORDERS))).isEmpty();
        assertThat(mesh.store.range(KeyRange.prefix(SharedOrders.ANSWERS))).isEmpty();
    }

    @Test
    void circuitsThatNobodyHasAreUnknown() {
        assertThatThrownBy(() -> mesh.a
                        .controlPlane
                        .breakers()
                        .command("catalog->storefront", BreakerCommand.OPEN, TestMesh.NOTE))
                .isInstanceOf(UnknownNameException.class);
    }

    @Test
    void whatIsOrderedNoMoreIsNotCarriedOut() {
        SharedOrders.Order late = new SharedOrders.Order(
                "a", "storefront->catalog", BreakerCommand.OPEN, "mira", "to see", mesh.time.instant());
        Outcome _ = mesh.store.commit(Transaction.EMPTY.put(SharedOrders.ORDERS + "a-9", Json.text(late)));

        assertThatThrownBy(() -> mesh.a
                        .controlPlane
                        .breakers()
                        .command("catalog->storefront", BreakerCommand.OPEN, TestMesh.NOTE))
                .isInstanceOf(UnknownNameException.class);

        assertThat(caller.report().circuits().getFirst().state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void anAnswerThatComesWhenNobodyWaitsAnyMoreIsNotLeftInTheStore() {
        CompletableFuture<Void> held = caller.hold();
        String order = SharedOrders.ORDERS + "a-9";
        Outcome _ = mesh.store.commit(Transaction.EMPTY.put(
                order,
                Json.text(new SharedOrders.Order(
                        "a",
                        "storefront->catalog",
                        BreakerCommand.OPEN,
                        "mira",
                        "to see",
                        mesh.b.time.instant().plus(SharedOrders.PATIENCE)))));
        await().until(caller::isAsked);
        Outcome _ = mesh.store.commit(Transaction.EMPTY.delete(order));
        int before = mesh.b.way.commits();

        held.complete(null);

        await().until(() -> mesh.b.way.commits() > before);
        assertThat(mesh.store.range(KeyRange.prefix(SharedOrders.ANSWERS))).isEmpty();
    }

    @Test
    void aSilentSidecarOfAnotherIsNamedBeforeThePatienceWithThatOneIsOver() {
        CompletableFuture<Void> held = caller.hold();

        assertThatThrownBy(() -> mesh.a
                        .controlPlane
                        .breakers()
                        .command("storefront->catalog", BreakerCommand.OPEN, TestMesh.NOTE))
                .isInstanceOf(SilentSidecarException.class)
                .hasMessageContaining("storefront-1")
                .hasMessageNotContaining("http://127.0.0.1:1/b");
        held.complete(null);
    }

    @Test
    void anOrderThatMayHaveBeenWrittenIsTakenAway() {
        mesh.a.way.loseAnswers(true);
        assertThatThrownBy(() -> mesh.a
                        .controlPlane
                        .breakers()
                        .command("storefront->catalog", BreakerCommand.OPEN, TestMesh.NOTE))
                .isInstanceOf(StoreException.class);

        mesh.a.way.loseAnswers(false);
        mesh.pass(Duration.ofSeconds(2));

        assertThat(mesh.store.range(KeyRange.prefix(SharedOrders.ORDERS))).isEmpty();
    }

    @Test
    void whoDoesNotAnswerIsNamed() {
        mesh.b.controlPlane.close();

        assertThatThrownBy(() -> mesh.a
                        .controlPlane
                        .breakers()
                        .command("storefront->catalog", BreakerCommand.OPEN, TestMesh.NOTE))
                .isInstanceOf(SilentSidecarException.class)
                .hasMessageContaining("http://127.0.0.1:1/b");
    }
}
