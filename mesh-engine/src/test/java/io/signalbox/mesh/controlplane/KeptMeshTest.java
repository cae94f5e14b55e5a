package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.CANARY;
import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a control plane knows after another start on the same store. */
final class KeptMeshTest {

    private static final ChangeNote OTHER = new ChangeNote("theo", "too slow");

    @TempDir
    private Path folder;

    @Test
    void policiesHistoryAndWeightsAreAsTheyWere() {
        List<PolicyRevision> before;
        try (TestMesh mesh = start()) {
            mesh.put(CANARY);
            mesh.after(Duration.ofMinutes(1));
            mesh.put(CANARY + "timeout: 2s\n");
            mesh.controlPlane.policies().setWeights("catalog", Map.of("v2", new Weight(35)), OTHER);
            before = mesh.controlPlane.policies().history("catalog");
        }
        try (TestMesh mesh = start()) {
            PolicyRevision now = mesh.controlPlane.policies().current("catalog");

            assertThat(now.revision()).isEqualTo(3);
            assertThat(now.candidateWeight()).contains(new Weight(35));
            assertThat(now.policy().timeout()).isEqualTo(Duration.ofSeconds(2));
            assertThat(mesh.controlPlane.policies().history("catalog")).isEqualTo(before);
            assertThat(mesh.shoppers.config("catalog").candidateWeight()).contains(new Weight(35));
            assertThat(mesh.shoppers.config("catalog").policy()).isEqualTo(now.policy());
        }
    }

    @Test
    void whatIsRefusedOnlySinceThenIsNoReasonNotToStart() {
        String lax = """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            rules:
              - match: { headers: { ":path": /a } }
                to: v1
                rewrite: { path: /a/./b, host: "a:99999" }
                requestHeaders: { set: { b3: "0" } }
            abTest: { versionA: v1, versionB: v1, splitKey: "x y" }
            """;
        try (TestMesh mesh = start()) {
            mesh.controlPlane.policies().put(PolicyFormat.readStored(lax), OptionalLong.empty(), NOTE);
        }
        try (TestMesh mesh = start()) {
            PolicyControl policies = mesh.controlPlane.policies();
            assertThat(policies.current("catalog").policy()).isEqualTo(PolicyFormat.readStored(lax));
            assertThat(mesh.shoppers.config("catalog").policy()).isEqualTo(PolicyFormat.readStored(lax));
            mesh.put(CANARY);
            assertThat(policies.history("catalog")).hasSize(2);
            assertThat(policies.undo("catalog", NOTE).policy()).isEqualTo(PolicyFormat.readStored(lax));
            assertThatThrownBy(() -> mesh.put(lax)).isInstanceOf(InvalidDocumentException.class);
        }
    }

    @Test
    void undoGoesOnWhereItWas() {
        try (TestMesh mesh = start()) {
            mesh.put(CANARY);
            mesh.put(CANARY + "timeout: 2s\n");
            mesh.put(CANARY + "timeout: 3s\n");
            mesh.controlPlane.policies().undo("catalog", NOTE);
        }
        try (TestMesh mesh = start()) {
            PolicyControl policies = mesh.controlPlane.policies();
            assertThat(policies.undo("catalog", NOTE).policy().timeout()).isEqualTo(Duration.ofSeconds(15));
            assertThat(policies.undo("catalog", NOTE).written()).isFalse();
        }
        try (TestMesh mesh = start()) {
            PolicyControl policies = mesh.controlPlane.policies();
            assertThat(policies.all()).isEmpty();
            assertThatThrownBy(() -> policies.undo("catalog", NOTE)).isInstanceOf(UnknownNameException.class);
            assertThat(policies.history("catalog"))
                    .extracting(PolicyRevision::revision)
                    .containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
        }
    }

    @Test
    void aChangeThatWaitsToBeConfirmedIsTakenBackAfterARestartToo() {
        try (TestMesh mesh = start()) {
            mesh.put(CANARY);
            mesh.controlPlane
                    .policies()
                    .put(
                            PolicyFormat.read(CANARY + "timeout: 2s\n"),
                            OptionalLong.empty(),
                            NOTE,
                            Optional.of(Duration.ofSeconds(60)));
        }
        try (TestMesh mesh = start()) {
            assertThat(mesh.controlPlane.policies().pending()).hasSize(1);
            mesh.after(Duration.ofSeconds(61));
            assertThat(mesh.controlPlane.policies().current("catalog").policy()).isEqualTo(PolicyFormat.read(CANARY));
        }
        try (TestMesh mesh = start()) {
            assertThat(mesh.controlPlane.policies().pending()).isEmpty();
            assertThat(mesh.controlPlane.policies().current("catalog").revision())
                    .isEqualTo(3);
        }
    }

    @Test
    void whoSawAnOlderRevisionIsRefusedAfterARestartToo() {
        try (TestMesh mesh = start()) {
            mesh.put(CANARY);
            mesh.put(CANARY + "timeout: 2s\n");
        }
        try (TestMesh mesh = start()) {
            PolicyControl policies = mesh.controlPlane.policies();
            PolicyRevision now = policies.current("catalog");
            assertThatThrownBy(() -> policies.put(now.policy(), OptionalLong.of(1), NOTE))
                    .isInstanceOf(StaleRevisionException.class);
            assertThat(policies.put(now.policy(), OptionalLong.of(2), NOTE).revision())
                    .isEqualTo(3);
        }
    }

    @Test
    void theAuditLogSaysWhoChangedWhatAndWhy() {
        try (TestMesh mesh = start()) {
            mesh.put(CANARY);
            mesh.controlPlane.policies().setWeights("catalog", Map.of("v2", new Weight(35)), OTHER);
            mesh.controlPlane.members().setDraining("catalog", "catalog-1", Switch.ON, OTHER);
            mesh.controlPlane.members().setDraining("catalog", "catalog-1", Switch.ON, OTHER);
            mesh.shoppers.circuit("catalog", "catalog-1", BreakerState.CLOSED, null);
            mesh.controlPlane.breakers().command("shoppers->catalog", BreakerCommand.OPEN, NOTE);
            mesh.controlPlane.policies().delete("catalog", OptionalLong.empty(), NOTE);
        }
        try (TestMesh mesh = start()) {
            List<AuditEntry> all = mesh.controlPlane.audit().newestFirst(Long.MAX_VALUE, 10);

            assertThat(all).extracting(AuditEntry::sequence).containsExactly(5L, 4L, 3L, 2L, 1L);
            assertThat(all)
                    .extracting(AuditEntry::kind)
                    .containsExactly(
                            AuditEntry.Kind.POLICY,
                            AuditEntry.Kind.BREAKER,
                            AuditEntry.Kind.DRAIN,
                            AuditEntry.Kind.WEIGHTS,
                            AuditEntry.Kind.POLICY);
            assertThat(all.get(1).change()).isEqualTo("+open");
            assertThat(all.get(2))
                    .isEqualTo(new AuditEntry(
                            3,
                            mesh.time.instant(),
                            "theo",
                            "too slow",
                            AuditEntry.Kind.DRAIN,
                            "catalog-1",
                            null,
                            "-serving\n+draining"));
            assertThat(all.get(3).change()).isEqualTo("-candidate weight: 10 %\n+candidate weight: 35 %");
            assertThat(all.get(3).revision()).isEqualTo(2);
            assertThat(all.get(4).change()).contains("+service: catalog").contains("+candidate weight: 10 %");
            assertThat(mesh.controlPlane.audit().newestFirst(4, 2))
                    .extracting(AuditEntry::sequence)
                    .containsExactly(3L, 2L);
        }
    }

    @Test
    void aPolicyThatCouldNotBeKeptIsNotInForce() {
        try (TestMesh mesh = start()) {
            mesh.put(CANARY);
            int sent = mesh.shoppers.applied();
            mesh.store.close();

            assertThatThrownBy(() -> mesh.put(CANARY + "timeout: 2s\n")).isInstanceOf(StoreException.class);

            assertThat(mesh.controlPlane.policies().current("catalog").revision())
                    .isEqualTo(1);
            assertThat(mesh.shoppers.applied()).isEqualTo(sent);
        }
    }

    @Test
    void aMeshInMemoryKeepsTheNewestAndWhatCanBeUndoneTo() {
        try (TestMesh mesh = new TestMesh(store -> new Keeping(store, 5, 7), LocalStore::inMemory)) {
            for (int i = 1; i <= 20; i++) {
                mesh.put(CANARY + "timeout: " + i + "s\n");
            }
            PolicyControl policies = mesh.controlPlane.policies();
            assertThat(mesh.controlPlane.audit().newestFirst(Long.MAX_VALUE, 100))
                    .hasSize(7);
            for (int i = 19; i >= 1; i--) {
                assertThat(policies.undo("catalog", NOTE).policy().timeout()).isEqualTo(Duration.ofSeconds(i));
            }
            policies.undo("catalog", NOTE);

            assertThat(mesh.store.range(KeyRange.prefix("revision/")))
                    .extracting(StoreEntry::key)
                    .hasSize(5)
                    .last()
                    .isEqualTo("revision/catalog/0000000000000000040");
        }
    }

    private TestMesh start() {
        return new TestMesh(Keeping::everything, (ticker, scheduler) -> LocalStore.open(folder, ticker, scheduler));
    }
}
