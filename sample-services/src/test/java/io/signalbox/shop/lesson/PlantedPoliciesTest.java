package io.signalbox.shop.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.runtime.LocalMesh;
import io.signalbox.mesh.runtime.MeshOptions;
import io.signalbox.shop.fault.FaultBoard;
import io.signalbox.shop.fault.PlantedFault;
import io.signalbox.shop.fault.PlantedPolicies;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedPoliciesTest {

    private static final ChangeNote MIRA = new ChangeNote("mira", "");
    private static final String OWN = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: payment
        timeout: 3s
        """;

    private LocalMesh mesh;
    private MeshConnection connection;
    private PlantedPolicies policies;

    @BeforeEach
    void open(@TempDir Path folder) {
        mesh = LocalMesh.start(new MeshOptions("planting", 0), new RunningMeshes(folder));
        List.of("storefront", "checkout", "payment", "bank", "cart").forEach(this::register);
        connection = mesh.connection();
        policies = new PlantedPolicies(connection);
    }

    private void register(String service) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        mesh.registerExternal(new ServiceInstance(
                service,
                service + "-1",
                "127.0.0.1",
                9,
                Protocol.HTTP,
                Map.of("version", "v1"),
                Health.HEALTHY,
                now,
                now));
    }

    @AfterEach
    void close() {
        connection.close();
        mesh.close();
    }

    private String inForce(String service) {
        return connection.policy(service).yaml();
    }

    @Test
    void aPlantedPolicyIsARevisionThatSaysWhyAndIsRestoredByAnother() {
        connection.putPolicy(OWN, MIRA);
        String before = inForce("payment");
        assertThat(policies.plant(PlantedFault.DOUBLE_CHARGE))
                .isEqualTo("policies it needs are in force: payment rev 2");
        assertThat(inForce("payment")).contains("methods: any");
        assertThat(policies.lift(PlantedFault.DOUBLE_CHARGE))
                .isEqualTo("what held before is in force again: payment rev 3");
        assertThat(inForce("payment")).isEqualTo(before);
        assertThat(connection.history("payment"))
                .extracting(change -> change.by() + ": " + change.reason())
                .containsExactly(
                        "corner-shop: fault double-charge off", "corner-shop: fault double-charge on", "mira: ");
    }

    @Test
    void whatSomebodyWroteMeanwhileIsLeftAndToldOf() {
        policies.plant(PlantedFault.DOUBLE_CHARGE);
        connection.putPolicy(OWN, MIRA);
        String own = inForce("payment");
        assertThat(policies.lift(PlantedFault.DOUBLE_CHARGE))
                .isEqualTo("left as somebody has written it since: payment rev 2");
        assertThat(inForce("payment")).isEqualTo(own);
    }

    @Test
    void thePolicyThatMendsIsTheLessonsOwnAndGoesWithTheFault() {
        connection.putPolicy(OWN, MIRA);
        String before = inForce("payment");
        policies.plant(PlantedFault.DOUBLE_CHARGE);
        connection.putPolicy(mend("double-charge"), MIRA);
        policies.lift(PlantedFault.DOUBLE_CHARGE);
        assertThat(inForce("payment")).isEqualTo(before);
    }

    @Test
    void whereTheDefaultsHeldTheyHoldAgain() {
        policies.plant(PlantedFault.LOST_CARTS);
        assertThat(policies.lift(PlantedFault.LOST_CARTS))
                .isEqualTo("what held before is in force again: cart (the defaults)");
        assertThat(connection.history("cart").getFirst().change()).isEqualTo(PolicyChange.Change.DELETED);
    }

    @Test
    void faultsUponEachOtherMayBeLiftedInEitherOrder() {
        connection.putPolicy(OWN, MIRA);
        String before = inForce("payment");
        for (boolean lastInFirstOut : new boolean[] {true, false}) {
            policies.plant(PlantedFault.BANK_429);
            policies.plant(PlantedFault.DOUBLE_CHARGE);
            policies.lift(lastInFirstOut ? PlantedFault.DOUBLE_CHARGE : PlantedFault.BANK_429);
            assertThat(inForce("payment")).isNotEqualTo(before);
            policies.lift(lastInFirstOut ? PlantedFault.BANK_429 : PlantedFault.DOUBLE_CHARGE);
            assertThat(inForce("payment")).isEqualTo(before);
        }
    }

    @Test
    void theMendOfAFaultBelowGoesWithTheFaultAbove() {
        connection.putPolicy(OWN, MIRA);
        String before = inForce("payment");
        policies.plant(PlantedFault.BANK_429);
        policies.plant(PlantedFault.DOUBLE_CHARGE);
        PolicyFormat.readAll(mend("bank-429")).forEach(policy -> connection.putPolicy(PolicyFormat.yaml(policy), MIRA));
        policies.lift(PlantedFault.BANK_429);
        policies.lift(PlantedFault.DOUBLE_CHARGE);
        assertThat(inForce("payment")).isEqualTo(before);
    }

    @Test
    void whatCouldNotBePlantedWholeLeavesNothingBehind() {
        register("ratings");
        String before = inForce("ratings");
        assertThatThrownBy(() -> policies.plant(PlantedFault.SLOW_RATINGS)).hasMessageContaining("reviews");
        assertThat(inForce("ratings")).isEqualTo(before);
        register("reviews");
        policies.plant(PlantedFault.SLOW_RATINGS);
        policies.lift(PlantedFault.SLOW_RATINGS);
        assertThat(inForce("ratings")).isEqualTo(before);
    }

    private static String mend(String fault) {
        return new FaultBoard(Instant::now)
                .statuses().stream()
                        .filter(status -> status.name().equals(fault))
                        .findFirst()
                        .orElseThrow()
                        .mend();
    }
}
