package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.CANARY;
import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes that are taken back by themselves unless somebody confirms them in time. */
class ConfirmationTest {

    private static final Optional<Duration> MINUTE = Optional.of(Duration.ofSeconds(60));
    private static final String SLOWER = CANARY + "timeout: 2s\n";
    private static final String SLOWEST = CANARY + "timeout: 3s\n";

    private final TestMesh mesh = new TestMesh();
    private final PolicyControl policies = mesh.controlPlane.policies();

    @AfterEach
    void stop() {
        mesh.close();
    }

    @Test
    void aChangeThatNobodyConfirmsIsTakenBackAndTheSidecarsHaveWhatWasBefore() {
        mesh.put(CANARY);
        put(SLOWER);
        assertThat(mesh.shoppers.config("catalog").policy().timeout()).isEqualTo(Duration.ofSeconds(2));
        mesh.after(Duration.ofSeconds(59));
        assertThat(policies.current("catalog").revision()).isEqualTo(2);

        mesh.after(Duration.ofSeconds(2));
        PolicyRevision now = policies.current("catalog");
        assertThat(now.revision()).isEqualTo(3);
        assertThat(now.policy()).isEqualTo(PolicyFormat.read(CANARY));
        assertThat(mesh.shoppers.config("catalog").policy()).isEqualTo(now.policy());
        assertThat(policies.pending()).isEmpty();
        AuditEntry entry =
                mesh.controlPlane.audit().newestFirst(Long.MAX_VALUE, 1).getFirst();
        assertThat(entry.by()).isEqualTo("signalbox");
        assertThat(entry.reason()).isEqualTo("revision 2 by " + NOTE.by() + " was not confirmed in time");
    }

    @Test
    void aChangeThatIsConfirmedStaysAndTheAuditLogKnowsWhoConfirmed() {
        mesh.put(CANARY);
        put(SLOWER);
        policies.confirm("catalog", OptionalLong.of(2), new ChangeNote("ada", "looks good"));
        mesh.after(Duration.ofMinutes(2));
        assertThat(policies.current("catalog").revision()).isEqualTo(2);
        AuditEntry entry =
                mesh.controlPlane.audit().newestFirst(Long.MAX_VALUE, 1).getFirst();
        assertThat(entry.by()).isEqualTo("ada");
        assertThat(entry.kind()).isEqualTo(AuditEntry.Kind.CONFIRMATION);
        assertThat(entry.change()).isEqualTo("+confirmed revision 2");
    }

    @Test
    void onlyWhatTheCallerSawIsConfirmedOrTakenBack() {
        mesh.put(CANARY);
        put(SLOWER);
        assertThatThrownBy(() -> policies.confirm("catalog", OptionalLong.of(1), NOTE))
                .isInstanceOf(StaleRevisionException.class);
        assertThatThrownBy(() -> policies.revert("catalog", OptionalLong.of(1), NOTE))
                .isInstanceOf(StaleRevisionException.class);
        assertThat(policies.pending()).hasSize(1);
    }

    @Test
    void aSecondChangeThatWaitsGoesBackToWhatStoodBeforeTheFirst() {
        mesh.put(CANARY);
        put(SLOWER);
        mesh.after(Duration.ofSeconds(40));
        put(SLOWEST);
        assertThat(policies.pending())
                .extracting(PendingChange::back, PendingChange::leftMillis)
                .containsExactly(org.assertj.core.api.Assertions.tuple(1L, 60_000L));
        mesh.after(Duration.ofSeconds(61));
        assertThat(policies.current("catalog").policy()).isEqualTo(PolicyFormat.read(CANARY));
        PolicyRevision undone = policies.undo("catalog", NOTE);
        assertThat(undone.written())
                .as("what was taken back is no step of an undo")
                .isFalse();
    }

    @Test
    void anUndoTakesBackAllThatWaits() {
        mesh.put(CANARY);
        put(SLOWER);
        put(SLOWEST);

        PolicyRevision undone = policies.undo("catalog", OptionalLong.of(3), NOTE);

        assertThat(undone.policy()).isEqualTo(PolicyFormat.read(CANARY));
        assertThat(policies.pending()).isEmpty();
        mesh.after(Duration.ofMinutes(2));
        assertThat(policies.current("catalog")).isEqualTo(undone);
        assertThat(policies.undo("catalog", NOTE).written()).isFalse();
    }

    @Test
    void anUndoOfWhatNobodySawIsRefused() {
        mesh.put(CANARY);
        mesh.put(SLOWER);

        assertThatThrownBy(() -> policies.undo("catalog", OptionalLong.of(1), NOTE))
                .isInstanceOf(StaleRevisionException.class);

        assertThat(policies.current("catalog").policy()).isEqualTo(PolicyFormat.read(SLOWER));
    }

    @Test
    void aChangeThatNeedNotBeConfirmedEndsTheWait() {
        mesh.put(CANARY);
        put(SLOWER);
        mesh.put(SLOWEST);
        assertThat(policies.pending()).isEmpty();
        mesh.after(Duration.ofMinutes(2));
        assertThat(policies.current("catalog").policy()).isEqualTo(PolicyFormat.read(SLOWEST));
    }

    @Test
    void sharesOfOneGestureGoBackToTheShareBeforeItAndNoFurther() {
        mesh.put(CANARY);
        policies.setWeights("catalog", Map.of("v2", new Weight(20)), NOTE);
        policies.setWeights("catalog", Map.of("v2", new Weight(40)), NOTE, MINUTE);
        policies.setWeights("catalog", Map.of("v2", new Weight(60)), NOTE, MINUTE);
        mesh.after(Duration.ofSeconds(61));
        assertThat(policies.current("catalog").candidateWeight()).contains(new Weight(20));
    }

    @Test
    void theFirstPolicyOfAServiceGoesBackToTheDefaults() {
        put(CANARY);
        mesh.after(Duration.ofSeconds(61));
        assertThat(policies.all()).isEmpty();
    }

    @Test
    void whatDoesNotWaitCanBeNeitherConfirmedNorTakenBack() {
        mesh.put(CANARY);
        assertThatThrownBy(() -> policies.confirm("catalog", OptionalLong.empty(), NOTE))
                .isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> policies.revert("catalog", OptionalLong.empty(), NOTE))
                .isInstanceOf(UnknownNameException.class);
        assertThat(policies.current("catalog").revision()).isEqualTo(1);
    }

    @Test
    void aTimeOutOfBoundsIsRefused() {
        EmbeddedMesh connection = new EmbeddedMesh(mesh.controlPlane);
        for (Duration time : List.of(Duration.ZERO, Duration.ofHours(25))) {
            assertThatThrownBy(() -> connection.confirming(time))
                    .isInstanceOf(MeshException.class)
                    .hasMessageContaining("1s to 24h");
        }
    }

    private void put(String text) {
        policies.put(PolicyFormat.read(text), OptionalLong.empty(), NOTE, MINUTE);
    }
}
