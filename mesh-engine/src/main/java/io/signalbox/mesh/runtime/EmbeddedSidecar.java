package io.signalbox.mesh.runtime;

import io.signalbox.mesh.controlplane.CircuitReport;
import io.signalbox.mesh.controlplane.SidecarLink;
import io.signalbox.mesh.controlplane.SidecarReport;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.proxy.outbound.CircuitView;
import io.signalbox.mesh.resilience.BreakerView;
import io.signalbox.mesh.resilience.Ejection;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.Reasons;
import io.signalbox.mesh.resilience.Transition;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The control plane's end of a sidecar in this process. */
final class EmbeddedSidecar implements SidecarLink {

    private final Sidecar sidecar;
    private final InstantSource clock;

    EmbeddedSidecar(Sidecar sidecar, InstantSource clock) {
        this.sidecar = sidecar;
        this.clock = clock;
    }

    @Override
    public String service() {
        return sidecar.spec().service();
    }

    @Override
    public String instanceId() {
        return sidecar.spec().instanceId();
    }

    @Override
    public ServiceKind kind() {
        return sidecar.inboundPort().isPresent() ? ServiceKind.SERVICE : ServiceKind.CLIENT;
    }

    @Override
    public void apply(MeshConfig config) {
        sidecar.apply(config);
    }

    @Override
    public SidecarReport report() {
        List<CircuitReport> circuits =
                sidecar.circuits().stream().map(this::report).toList();
        return new SidecarReport(
                sidecar.drainTelemetry(), circuits, sidecar.metrics().access().drain());
    }

    @Override
    public int breaker(String endpointInstance, BreakerCommand command, ChangeNote note) {
        try {
            sidecar.breaker(endpointInstance, command, note);
            return 1;
        } catch (InvalidValueException e) {
            return 0;
        }
    }

    @Override
    public Optional<ServiceIdentity> identity() {
        return sidecar.identity();
    }

    @Override
    public Optional<Opening> lastOpening(String endpointInstance) {
        return sidecar.lastOpening(endpointInstance);
    }

    private CircuitReport report(CircuitView circuit) {
        BreakerView breaker = circuit.breaker();
        return new CircuitReport(
                circuit.endpoint().service(),
                circuit.endpoint().instanceId(),
                breaker.state(),
                breaker.since(),
                nextProbe(breaker),
                breaker.consecutiveFailures(),
                breaker.trialsAdmitted(),
                breaker.trialsSucceeded(),
                circuit.config(),
                breaker.refused(),
                note(breaker),
                breaker.lastWhy().map(Reasons::of).orElse(null),
                circuit.ejection().map(EmbeddedSidecar::status).orElse(null));
    }

    static EjectionStatus status(Ejection ejection) {
        return new EjectionStatus(
                ejection.why().reason(),
                Reasons.of(ejection.why()),
                ejection.times(),
                ejection.at(),
                ejection.until(),
                ejection.ejected(),
                ejection.endpoints());
    }

    private @Nullable Instant nextProbe(BreakerView breaker) {
        return breaker.nanosUntilProbe().isPresent()
                ? clock.instant().plusNanos(breaker.nanosUntilProbe().getAsLong())
                : null;
    }

    private static @Nullable String note(BreakerView breaker) {
        return breaker.lastWhy().orElse(null) instanceof Transition.Why.ByHand(String by, String reason)
                ? reason.isEmpty() ? by : by + ": " + reason
                : null;
    }
}
