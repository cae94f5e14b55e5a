package io.signalbox.mesh.runtime;

import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.client.attach.CircuitAnswer;
import io.signalbox.mesh.client.attach.CircuitOrder;
import io.signalbox.mesh.client.attach.CircuitQuestion;
import io.signalbox.mesh.controlplane.CircuitReport;
import io.signalbox.mesh.controlplane.LastOpening;
import io.signalbox.mesh.controlplane.SidecarLink;
import io.signalbox.mesh.controlplane.SidecarReport;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.proxy.SidecarSpec;
import io.signalbox.mesh.proxy.outbound.CircuitView;
import io.signalbox.mesh.resilience.BreakerView;
import io.signalbox.mesh.resilience.Ejection;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.OutlierMove;
import io.signalbox.mesh.resilience.Reasons;
import io.signalbox.mesh.resilience.Transition;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
                sidecar.drainTelemetry(),
                circuits,
                sidecar.metrics().access().drain(),
                sidecar.metrics().copies().drain());
    }

    @Override
    public CompletableFuture<Integer> breaker(List<String> endpointInstances, BreakerCommand command, ChangeNote note) {
        return CompletableFuture.completedFuture(move(endpointInstances, command, note));
    }

    private int move(List<String> endpointInstances, BreakerCommand command, ChangeNote note) {
        int moved = 0;
        for (String endpoint : endpointInstances) {
            try {
                sidecar.breaker(endpoint, command, note);
                moved++;
            } catch (InvalidValueException e) {
                // It does not call that endpoint.
            }
        }
        return moved;
    }

    /** Does to its circuits what it is asked to. */
    CircuitAnswer obey(CircuitOrder order) {
        return new CircuitAnswer(
                service(),
                instanceId(),
                order.question(),
                move(order.endpoints(), order.command(), order.note()),
                null);
    }

    /** Says why its circuit opened. */
    CircuitAnswer answer(CircuitQuestion question) {
        return new CircuitAnswer(service(), instanceId(), question.question(), 0, autopsy(question.endpoint()));
    }

    private @Nullable CircuitAutopsy autopsy(String endpoint) {
        Opening opening = sidecar.lastOpening(endpoint).orElse(null);
        CircuitView circuit = sidecar.circuits().stream()
                .filter(view -> view.endpoint().instanceId().equals(endpoint))
                .findFirst()
                .orElse(null);
        if (opening == null || circuit == null) {
            return null;
        }
        BreakerState state = circuit.breaker().state();
        return CircuitAutopsy.of(
                new CircuitAutopsy.Circuit(
                        new EdgeId(service(), circuit.endpoint().service()),
                        instanceId(),
                        endpoint,
                        state,
                        circuit.endpoint().protocol()),
                opening,
                _ -> false,
                List.of(new LastOpening.Held(opening).refused(instanceId(), state)));
    }

    @Override
    public Optional<ServiceIdentity> identity() {
        return sidecar.identity();
    }

    @Override
    public CompletableFuture<Optional<LastOpening>> lastOpening(String endpointInstance) {
        return CompletableFuture.completedFuture(
                sidecar.lastOpening(endpointInstance).map(LastOpening.Held::new));
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

    private static EjectionStatus status(Ejection ejection) {
        return new EjectionStatus(
                ejection.why().reason(),
                Reasons.of(ejection.why()),
                ejection.times(),
                ejection.at(),
                ejection.until(),
                ejection.ejected(),
                ejection.endpoints());
    }

    static MeshEvent event(SidecarSpec spec, Endpoint endpoint, Transition transition) {
        return new MeshEvent.BreakerMoved(
                new EdgeId(spec.service(), endpoint.service()),
                spec.instanceId(),
                endpoint.instanceId(),
                transition.from(),
                transition.to(),
                Reasons.of(transition.why()),
                transition.why());
    }

    static MeshEvent event(SidecarSpec spec, String service, OutlierMove move) {
        EdgeId edge = new EdgeId(spec.service(), service);
        return switch (move) {
            case OutlierMove.Ejected(String endpoint, Ejection ejection) ->
                new MeshEvent.EndpointEjected(edge, spec.instanceId(), endpoint, status(ejection));
            case OutlierMove.Returned(String endpoint, EjectionEnd end) ->
                new MeshEvent.EndpointReturned(edge, spec.instanceId(), endpoint, Reasons.of(end), end);
        };
    }

    private @Nullable Instant nextProbe(BreakerView breaker) {
        return breaker.nanosUntilProbe().isPresent()
                ? clock.instant().plusNanos(breaker.nanosUntilProbe().getAsLong())
                : null;
    }

    private static @Nullable String note(BreakerView breaker) {
        return breaker.lastWhy().orElse(null) instanceof CircuitReason.ByHand(String by, String reason)
                ? reason.isEmpty() ? by : by + ": " + reason
                : null;
    }
}
