package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.CANARY;
import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyControlTest {

    private final TestMesh mesh = new TestMesh();
    private final PolicyControl policies = mesh.controlPlane.policies();

    @AfterEach
    void stop() {
        mesh.close();
    }

    @Test
    void aServiceWithoutAPolicyHasTheDefaultsAtRevisionZero() {
        PolicyRevision current = policies.current("catalog");

        assertThat(current.revision()).isZero();
        assertThat(current.policy()).isEqualTo(TrafficPolicy.defaults("catalog"));
    }

    @Test
    void anUnknownServiceIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> policies.current("catalogue"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("service: catalogue (expected: one of catalog, reviews)");
    }

    @Test
    void whenPutReturnsEverySidecarHasThePolicy() {
        mesh.put(CANARY);

        ServiceConfig config = mesh.shoppers.config("catalog");
        assertThat(config.policy().splitting()).isInstanceOf(Splitting.Canary.class);
        assertThat(config.candidateWeight()).contains(new Weight(10));
        assertThat(mesh.catalog.config()).isEqualTo(mesh.shoppers.config());
        assertThat(mesh.events(MeshEvent.PolicyChanged.class))
                .containsExactly(new MeshEvent.PolicyChanged("catalog", 1, NOTE));
    }

    @Test
    void aConfigurationThatSaysTheSameIsNotSentAgain() {
        mesh.put(CANARY);
        int before = mesh.shoppers.applied();
        mesh.after(Duration.ofSeconds(5));

        assertThat(mesh.shoppers.applied()).isEqualTo(before);
    }

    @Test
    void aStaleRevisionIsRefusedAndToldTheCurrentOne() {
        mesh.put(CANARY);
        TrafficPolicy other = TrafficPolicy.defaults("catalog");

        assertThatThrownBy(() -> policies.put(other, OptionalLong.of(0), NOTE))
                .isInstanceOfSatisfying(
                        StaleRevisionException.class,
                        stale -> assertThat(stale.current().revision()).isEqualTo(1));
        assertThat(policies.put(other, OptionalLong.of(1), NOTE).revision()).isEqualTo(2);
    }

    @Test
    void aCanaryKeepsItsShareWhenItsFileIsAppliedAgain() {
        mesh.put(CANARY);
        policies.setWeights("catalog", Map.of("v2", new Weight(30)), NOTE);

        assertThat(mesh.put(CANARY + "timeout: 2s\n").candidateWeight()).contains(new Weight(30));
        assertThat(mesh.put(CANARY.replace("10", "20")).candidateWeight()).contains(new Weight(20));
    }

    @Test
    void theCandidatesWeightMovesAtOnceInEverySidecar() {
        mesh.put(CANARY);
        policies.setWeights("catalog", Map.of("v2", new Weight(30)), NOTE);

        assertThat(mesh.shoppers.config("catalog").candidateWeight()).contains(new Weight(30));
        assertThat(mesh.events(MeshEvent.WeightChanged.class))
                .containsExactly(new MeshEvent.WeightChanged("catalog", "v2", new Weight(10), new Weight(30), 2, NOTE));
    }

    @Test
    void theStablesWeightGivesTheCandidateTheRest() {
        mesh.put(CANARY);

        assertThat(policies.setWeights("catalog", Map.of("v1", new Weight(25)), NOTE)
                        .candidateWeight())
                .contains(new Weight(75));
    }

    @Test
    void aServiceWithoutASplitGetsOneByTheInstancesItHas() {
        mesh.register("catalog", "catalog-v3-1", "v3");
        PolicyRevision set = policies.setWeights("catalog", Map.of("v3", new Weight(10)), NOTE);

        assertThat(set.policy().splitting())
                .isEqualTo(new Splitting.Weighted(
                        Map.of("v1", new Weight(60), "v2", new Weight(30), "v3", new Weight(10))));
    }

    @Test
    void wrongWeightsAreRefusedWithWhatWouldFit() {
        mesh.put(CANARY);

        assertThatThrownBy(() -> policies.setWeights("catalog", Map.of("v9", new Weight(1)), NOTE))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("version: v9 (expected: one of v1, v2)");
        assertThatThrownBy(
                        () -> policies.setWeights("catalog", Map.of("v1", new Weight(50), "v2", new Weight(60)), NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("weights that sum to 100, not 110");
        assertThatThrownBy(() -> policies.setWeights("catalog", Map.of(), NOTE))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> policies.setWeights("reviews", Map.of("v1", new Weight(50)), NOTE))
                .hasMessageContaining("at least two versions");
        assertThatThrownBy(() -> policies.setWeights("nobody", Map.of("v1", new Weight(50)), NOTE))
                .isInstanceOf(UnknownNameException.class);
        assertThat(policies.current("catalog").revision()).isEqualTo(1);
    }

    @Test
    void aVersionWithoutAnInstanceGetsNoTraffic() {
        mesh.put(CANARY.replace("v2", "v7"));

        assertThatThrownBy(() -> policies.setWeights("catalog", Map.of("v7", new Weight(30)), NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("version: v7 (expected: a version with a registered instance: v1, v2)");
        assertThat(policies.setWeights("catalog", Map.of("v7", Weight.NONE), NOTE)
                        .candidateWeight())
                .contains(Weight.NONE);
    }

    @Test
    void undoGoesBackStepByStepToTheBeginning() {
        mesh.put(CANARY);
        mesh.put(CANARY + "timeout: 2s\n");

        assertThat(policies.undo("catalog", NOTE).policy().timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(policies.undo("catalog", NOTE).written()).isFalse();
        assertThatThrownBy(() -> policies.undo("catalog", NOTE)).isInstanceOf(UnknownNameException.class);
        assertThat(policies.history("catalog"))
                .extracting(PolicyRevision::revision)
                .containsExactly(4L, 3L, 2L, 1L);
    }

    @Test
    void oneDragOfASliderIsOneStepToUndo() {
        mesh.put(CANARY);
        for (int percent = 11; percent <= 40; percent++) {
            policies.setWeights("catalog", Map.of("v2", new Weight(percent)), NOTE);
            mesh.after(Duration.ofMillis(50));
        }

        assertThat(policies.undo("catalog", NOTE).candidateWeight()).contains(new Weight(10));
        assertThat(mesh.shoppers.config("catalog").candidateWeight()).contains(new Weight(10));
    }

    @Test
    void deletingLetsTheDefaultsHoldAndCanBeUndone() {
        mesh.put(CANARY);
        policies.delete("catalog", OptionalLong.empty(), NOTE);

        assertThat(policies.current("catalog").revision()).isZero();
        assertThat(policies.all()).isEmpty();
        assertThat(policies.undo("catalog", NOTE).policy()).isEqualTo(PolicyFormat.read(CANARY));
        assertThatThrownBy(() -> policies.delete("reviews", OptionalLong.empty(), NOTE))
                .isInstanceOf(UnknownNameException.class);
    }

    @Test
    void aPolicyMayComeBeforeItsService() {
        mesh.put(CANARY.replace("catalog", "later"));
        mesh.register("later", "later-1", "v1");

        assertThat(mesh.shoppers.config("later").policy().splitting()).isInstanceOf(Splitting.Canary.class);
    }
}
