package io.signalbox.console.topology.state;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.TimelineMark;
import io.signalbox.console.topology.graph.TimelineMark.Kind;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Switch;
import java.util.Locale;
import java.util.Optional;

/** Which events stand on the timeline, and in which words. */
public final class EventMarks {

    private final Texts texts;
    private final Formats formats;

    public EventMarks(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    /** The event's mark; empty for what does not belong on the timeline. */
    public Optional<TimelineMark> of(RecordedEvent recorded) {
        return switch (recorded.event()) {
            case MeshEvent.WeightChanged event ->
                mark(
                        recorded,
                        Kind.CHANGE,
                        texts.get(
                                "topology.event.weight",
                                event.service(),
                                event.version(),
                                formats.percent(event.to().percent())));
            case MeshEvent.PolicyChanged event ->
                mark(recorded, Kind.CHANGE, texts.get("topology.event.policy", event.service(), event.revision()));
            case MeshEvent.LoadChanged event ->
                mark(recorded, Kind.CHANGE, texts.get("topology.event.load", formats.requestRate(event.toPerSecond())));
            case MeshEvent.DrainChanged event ->
                mark(
                        recorded,
                        Kind.CHANGE,
                        texts.get("topology.event." + event.drain().name().toLowerCase(Locale.ROOT), event.instance()));
            case MeshEvent.InstancePowerChanged event ->
                mark(recorded, Kind.FAULT, switched(event.instance(), event.position()));
            case MeshEvent.AdoptionChanged event ->
                mark(
                        recorded,
                        Kind.CHANGE,
                        texts.get(
                                event.position() == Switch.ON ? "topology.event.adopted" : "topology.event.released",
                                event.instance()));
            case MeshEvent.FaultSwitched event -> mark(recorded, Kind.FAULT, switched(event.fault(), event.position()));
            case MeshEvent.BreakerMoved event -> breaker(recorded, event);
            case MeshEvent.EndpointEjected event ->
                mark(recorded, Kind.FAULT, texts.get("topology.event.ejected", event.endpoint()));
            case MeshEvent.EndpointReturned event -> Optional.empty();
            case MeshEvent.RolloutMoved event -> Optional.empty();
            case MeshEvent.ControlPlaneStarted event -> Optional.empty();
            case MeshEvent.InstanceRegistered event -> Optional.empty();
            case MeshEvent.InstanceLeft event -> Optional.empty();
            case MeshEvent.HealthChanged event -> Optional.empty();
            case MeshEvent.CallsDenied event -> Optional.empty();
            case MeshEvent.CertificateIssued event -> Optional.empty();
        };
    }

    private Optional<TimelineMark> breaker(RecordedEvent recorded, MeshEvent.BreakerMoved event) {
        if (event.to().refuses()) {
            return mark(
                    recorded,
                    Kind.BREAKER_OPENED,
                    texts.get("topology.event.opened", event.edge().destination()));
        }
        if (event.to() == BreakerState.CLOSED) {
            return mark(
                    recorded,
                    Kind.BREAKER_CLOSED,
                    texts.get("topology.event.closed", event.edge().destination()));
        }
        return Optional.empty();
    }

    private String switched(String what, Switch position) {
        return texts.get("topology.event." + position.name().toLowerCase(Locale.ROOT), what);
    }

    private static Optional<TimelineMark> mark(RecordedEvent recorded, Kind kind, String text) {
        return Optional.of(new TimelineMark(recorded.at(), kind, text));
    }
}
