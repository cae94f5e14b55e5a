package io.signalbox.console.events;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.EjectionReasons;
import io.signalbox.console.screen.MoveReasons;
import io.signalbox.console.screen.RolloutReasons;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.EjectionStatus;
import java.time.Duration;
import java.util.Locale;

/** Says each kind of event in a sentence, with a lamp and the screen that it concerns. */
final class EventWords {

    private final Texts texts;
    private final Formats formats;

    EventWords(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    Said say(MeshEvent event) {
        return switch (event) {
            case MeshEvent.ControlPlaneStarted(String mesh) ->
                new Said(LampState.CLOSED, text("events.started", mesh), "", ScreenId.TOPOLOGY, mesh);
            case MeshEvent.InstanceRegistered(String service, String instance, String version, String address) ->
                new Said(
                        LampState.CLOSED,
                        text("events.registered", instance),
                        text("events.registered.detail", service, version, address),
                        ScreenId.SERVICES,
                        instance);
            case MeshEvent.InstanceLeft left -> left(left);
            case MeshEvent.HealthChanged(String service, String instance, Health from, Health to, String detail) ->
                new Said(
                        lamp(to),
                        text("events.health", instance, health(from), health(to)),
                        detail,
                        ScreenId.SERVICES,
                        instance);
            case MeshEvent.DrainChanged(String service, String instance, MeshEvent.Drain drain, ChangeNote note) ->
                new Said(
                        drain == MeshEvent.Drain.DRAINING ? LampState.FORCED : LampState.CLOSED,
                        text(drain == MeshEvent.Drain.DRAINING ? "events.drained" : "events.back", instance),
                        note(note),
                        ScreenId.SERVICES,
                        instance);
            case MeshEvent.PolicyChanged(String service, long revision, ChangeNote note) ->
                new Said(
                        LampState.INFO,
                        text("events.policy", service, formats.count(revision)),
                        note(note),
                        ScreenId.TRAFFIC,
                        service);
            case MeshEvent.WeightChanged changed ->
                new Said(
                        LampState.INFO,
                        text(
                                "events.weight",
                                changed.service(),
                                changed.version(),
                                formats.percent(changed.from().percent()),
                                formats.percent(changed.to().percent())),
                        text("events.weight.detail", formats.count(changed.revision()), note(changed.note())),
                        ScreenId.TRAFFIC,
                        changed.service());
            case MeshEvent.RolloutMoved moved ->
                new Said(
                        LampState.INFO,
                        text(
                                "events.rollout." + moved.phase().name().toLowerCase(Locale.ROOT),
                                moved.service(),
                                moved.candidate(),
                                formats.percent(moved.weight().percent())),
                        note(new ChangeNote(moved.by(), RolloutReasons.of(moved, texts, formats))),
                        ScreenId.TRAFFIC,
                        moved.service());
            case MeshEvent.BreakerMoved moved ->
                new Said(
                        LampState.of(moved.to()),
                        text(
                                "events.breaker",
                                moved.sourceInstance(),
                                moved.endpoint(),
                                state(moved.from()),
                                state(moved.to())),
                        MoveReasons.of(moved, texts, formats),
                        ScreenId.BREAKERS,
                        moved.subject());
            case MeshEvent.EndpointEjected ejected -> ejected(ejected);
            case MeshEvent.EndpointReturned returned ->
                new Said(
                        LampState.CLOSED,
                        text("events.returned", returned.sourceInstance(), returned.endpoint()),
                        MoveReasons.of(returned, texts),
                        ScreenId.BREAKERS,
                        returned.subject());
            case MeshEvent.FaultSwitched(String fault, Switch position, ChangeNote note) ->
                new Said(
                        position == Switch.ON ? LampState.HALF_OPEN : LampState.DISABLED,
                        text(position == Switch.ON ? "events.fault.on" : "events.fault.off", fault),
                        note(note),
                        ScreenId.FAULTS,
                        fault);
            case MeshEvent.LoadChanged(double from, double to, ChangeNote note) ->
                new Said(
                        LampState.INFO,
                        text("events.load", formats.requestRate(from), formats.requestRate(to)),
                        note(note),
                        ScreenId.FAULTS,
                        "load");
            case MeshEvent.InstancePowerChanged(String service, String instance, Switch position, ChangeNote note) ->
                new Said(
                        position == Switch.ON ? LampState.CLOSED : LampState.DISABLED,
                        text(position == Switch.ON ? "events.power.on" : "events.power.off", instance),
                        note(note),
                        ScreenId.SERVICES,
                        instance);
            case MeshEvent.AdoptionChanged(
                    String service,
                    String instance,
                    int port,
                    Switch position,
                    ChangeNote note) ->
                new Said(
                        position == Switch.ON ? LampState.CLOSED : LampState.DISABLED,
                        text(
                                position == Switch.ON ? "events.adoption.on" : "events.adoption.off",
                                instance,
                                Integer.toString(port)),
                        note(note),
                        ScreenId.SERVICES,
                        instance);
            case MeshEvent.CallsDenied denied ->
                new Said(
                        denied.decision() == AccessDecision.DENIED ? LampState.OPEN : LampState.HALF_OPEN,
                        texts.counted(
                                denied.decision() == AccessDecision.DENIED ? "events.denied" : "events.would-deny",
                                denied.count(),
                                denied.source(),
                                denied.service(),
                                formats.count(denied.count())),
                        denied.rule(),
                        ScreenId.SECURITY,
                        denied.subject());
            case MeshEvent.CertificateIssued issued ->
                new Said(
                        LampState.INFO,
                        text("events.certificate", issued.instance(), formats.clock(issued.notAfter())),
                        issued.spiffeId(),
                        ScreenId.SERVICES,
                        issued.instance());
        };
    }

    /** Everything that a filter may look for. */
    String searched(MeshEvent event) {
        Said said = say(event);
        return event.subject() + " " + said.what() + " " + said.detail();
    }

    private Said ejected(MeshEvent.EndpointEjected event) {
        EjectionStatus ejection = event.ejection();
        return new Said(
                LampState.HALF_OPEN,
                text(
                        "events.ejected",
                        event.sourceInstance(),
                        event.endpoint(),
                        formats.span(Duration.between(ejection.at(), ejection.until()))),
                text(
                        "events.ejected.detail",
                        EjectionReasons.of(ejection, texts),
                        formats.count(ejection.ejected()),
                        formats.count(ejection.endpoints())),
                ScreenId.BREAKERS,
                event.subject());
    }

    private Said left(MeshEvent.InstanceLeft left) {
        return switch (left.how()) {
            case DEREGISTERED ->
                new Said(
                        LampState.DISABLED,
                        text("events.left", left.instance()),
                        text("events.left.deregistered"),
                        ScreenId.SERVICES,
                        left.service());
            case EXPIRED ->
                new Said(
                        LampState.OPEN,
                        text("events.left", left.instance()),
                        text("events.left.expired"),
                        ScreenId.SERVICES,
                        left.service());
        };
    }

    private static LampState lamp(Health health) {
        return switch (health) {
            case HEALTHY -> LampState.CLOSED;
            case UNHEALTHY -> LampState.OPEN;
            case UNKNOWN -> LampState.DISABLED;
        };
    }

    private String health(Health health) {
        return texts.get("events.health." + health.wireName());
    }

    private String state(BreakerState state) {
        return texts.get("breakers.state." + state.wireName());
    }

    private String note(ChangeNote note) {
        return note.reason().isBlank()
                ? text("events.by", note.by())
                : text("events.by.because", note.by(), note.reason());
    }

    private String text(String key, Object... values) {
        return texts.get(key, values);
    }
}
