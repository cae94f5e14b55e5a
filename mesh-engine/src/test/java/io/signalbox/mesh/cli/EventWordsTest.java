package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.EjectionReason;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.RolloutPhase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class EventWordsTest {

    private static final ChangeNote MIRA = new ChangeNote("mira", "lunch");
    private static final ChangeNote SILENT = new ChangeNote("console", "");
    private static final Map<MeshEvent, String> SENTENCES = sentences();

    @Test
    void everyEventIsASentence() {
        SENTENCES.forEach((event, sentence) -> assertThat(EventWords.of(event)).isEqualTo(sentence));
    }

    @Test
    void noKindOfEventIsLeftOutHere() {
        assertThat(SENTENCES.keySet().stream().map(Object::getClass).collect(Collectors.toSet()))
                .hasSameSizeAs(MeshEvent.class.getPermittedSubclasses());
    }

    private static Map<MeshEvent, String> sentences() {
        Map<MeshEvent, String> sentences = new LinkedHashMap<>();
        sentences.put(new MeshEvent.ControlPlaneStarted("corner-shop"), "control plane of corner-shop started");
        sentences.put(
                new MeshEvent.InstanceRegistered("catalog", "catalog-1", "v1", "127.0.0.1:1"),
                "catalog-1 of catalog v1 registered at 127.0.0.1:1");
        sentences.put(
                new MeshEvent.InstanceLeft("catalog", "catalog-1", MeshEvent.Departure.EXPIRED),
                "catalog-1 of catalog expired");
        sentences.put(
                new MeshEvent.HealthChanged("catalog", "catalog-1", Health.HEALTHY, Health.UNHEALTHY, "refused"),
                "catalog-1 healthy -> unhealthy: refused");
        sentences.put(
                new MeshEvent.HealthChanged("catalog", "catalog-1", Health.UNKNOWN, Health.HEALTHY, ""),
                "catalog-1 unknown -> healthy");
        sentences.put(
                new MeshEvent.DrainChanged("catalog", "catalog-1", MeshEvent.Drain.DRAINING, MIRA),
                "catalog-1 of catalog draining, by mira: lunch");
        sentences.put(new MeshEvent.PolicyChanged("catalog", 4, SILENT), "policy of catalog is rev 4, by console");
        sentences.put(
                new MeshEvent.WeightChanged("catalog", "v2", new Weight(10), new Weight(30), 5, MIRA),
                "catalog v2 10 % -> 30 %, rev 5, by mira: lunch");
        sentences.put(
                new MeshEvent.BreakerMoved(
                        new EdgeId("checkout", "payment"),
                        "checkout-1",
                        "payment-2",
                        BreakerState.CLOSED,
                        BreakerState.OPEN,
                        "5 failures in a row",
                        new CircuitReason.FailuresInARow(5)),
                "checkout-1->payment-2 closed -> open: 5 failures in a row");
        sentences.put(
                new MeshEvent.EndpointEjected(
                        new EdgeId("checkout", "payment"),
                        "checkout-1",
                        "payment-2",
                        new EjectionStatus(
                                EjectionReason.FAILURES_IN_A_ROW,
                                "3 failures in a row",
                                2,
                                Fixtures.NOON,
                                Fixtures.NOON.plusMillis(57_600),
                                1,
                                4)),
                "checkout-1->payment-2 ejected for 58 s: 3 failures in a row; 1 of 4 ejected");
        sentences.put(
                new MeshEvent.EndpointReturned(
                        new EdgeId("checkout", "payment"),
                        "checkout-1",
                        "payment-2",
                        "its time is over",
                        EjectionEnd.TIME_OVER),
                "checkout-1->payment-2 serves again: its time is over");
        sentences.put(
                new MeshEvent.FaultSwitched("payment-burst", Switch.ON, MIRA),
                "fault payment-burst on, by mira: lunch");
        sentences.put(new MeshEvent.LoadChanged(5, 400, SILENT), "load 5.0 -> 400 req/s, by console");
        sentences.put(
                new MeshEvent.InstancePowerChanged("catalog", "catalog-1", Switch.OFF, SILENT),
                "catalog-1 of catalog switched off, by console");
        sentences.put(
                new MeshEvent.AdoptionChanged("billing", "billing-1", 9_000, Switch.ON, SILENT),
                "billing-1 of billing adopted at port 9000, by console");
        sentences.put(
                new MeshEvent.AdoptionChanged("billing", "billing-1", 9_000, Switch.OFF, SILENT),
                "billing-1 of billing released at port 9000, by console");
        sentences.put(
                new MeshEvent.CertificateIssued("catalog", "catalog-1", "spiffe://a/catalog", Fixtures.NOON),
                "certificate spiffe://a/catalog issued to catalog-1");
        sentences.put(
                new MeshEvent.RolloutMoved(
                        "catalog",
                        3,
                        "v2",
                        RolloutPhase.ROLLED_BACK,
                        Weight.NONE,
                        "It fails more often.",
                        null,
                        null,
                        "signalbox"),
                "rollout of catalog v2 rolled back at 0 %, by signalbox: It fails more often.");
        sentences.put(
                new MeshEvent.CallsDenied("catalog", "cart", AccessDecision.WOULD_DENY, "", 12),
                "cart->catalog: 12 would be denied by default");
        return sentences;
    }
}
