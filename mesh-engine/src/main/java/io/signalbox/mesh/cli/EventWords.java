package io.signalbox.mesh.cli;

import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.EjectionStatus;
import java.time.Duration;
import java.util.Locale;

/** An event as one sentence. */
final class EventWords {

    private EventWords() {}

    static String of(MeshEvent event) {
        return switch (event) {
            case MeshEvent.ControlPlaneStarted(String mesh) -> "control plane of " + mesh + " started";
            case MeshEvent.InstanceRegistered(String service, String instance, String version, String address) ->
                instance + " of " + service + " " + version + " registered at " + address;
            case MeshEvent.InstanceLeft(String service, String instance, MeshEvent.Departure how) ->
                instance + " of " + service + " " + how.name().toLowerCase(Locale.ROOT);
            case MeshEvent.HealthChanged changed ->
                changed.instance() + " " + changed.from().wireName() + " -> "
                        + changed.to().wireName() + (changed.detail().isEmpty() ? "" : ": " + changed.detail());
            case MeshEvent.DrainChanged(String service, String instance, MeshEvent.Drain drain, ChangeNote note) ->
                instance + " of " + service + " " + drain.name().toLowerCase(Locale.ROOT) + by(note);
            case MeshEvent.PolicyChanged(String service, long revision, ChangeNote note) ->
                "policy of " + service + " is rev " + revision + by(note);
            case MeshEvent.WeightChanged changed ->
                changed.service() + " " + changed.version() + " " + changed.from() + " -> " + changed.to() + ", rev "
                        + changed.revision() + by(changed.note());
            case MeshEvent.RolloutMoved moved ->
                "rollout of " + moved.service() + " " + moved.candidate() + " "
                        + moved.phase().words() + " at " + moved.weight() + ", by " + moved.by() + ": " + moved.why();
            case MeshEvent.BreakerMoved moved ->
                moved.subject() + " " + moved.from().wireName() + " -> "
                        + moved.to().wireName() + ": " + moved.why();
            case MeshEvent.EndpointEjected ejected -> ejected(ejected);
            case MeshEvent.EndpointReturned returned -> returned.subject() + " serves again: " + returned.why();
            case MeshEvent.FaultSwitched(String fault, Switch position, ChangeNote note) ->
                "fault " + fault + " " + word(position) + by(note);
            case MeshEvent.LoadChanged(double from, double to, ChangeNote note) ->
                "load " + Words.rate(from) + " -> " + Words.rate(to) + " req/s" + by(note);
            case MeshEvent.InstancePowerChanged(String service, String instance, Switch position, ChangeNote note) ->
                instance + " of " + service + " switched " + word(position) + by(note);
            case MeshEvent.AdoptionChanged changed ->
                changed.instance() + " of " + changed.service()
                        + switch (changed.position()) {
                            case ON -> " adopted at port ";
                            case OFF -> " released at port ";
                        }
                        + changed.port() + by(changed.note());
            case MeshEvent.CallsDenied denied ->
                denied.subject() + ": " + denied.count()
                        + (denied.decision() == AccessDecision.WOULD_DENY ? " would be denied by " : " denied by ")
                        + (denied.rule().isEmpty() ? "default" : denied.rule());
            case MeshEvent.CertificateIssued(String service, String instance, String id, var notAfter) ->
                "certificate " + id + " issued to " + instance;
        };
    }

    private static String ejected(MeshEvent.EndpointEjected event) {
        EjectionStatus ejection = event.ejection();
        return event.subject() + " ejected for "
                + Words.seconds(Duration.between(ejection.at(), ejection.until())) + ": " + ejection.why() + "; "
                + ejection.ejected() + " of " + ejection.endpoints() + " ejected";
    }

    private static String word(Switch position) {
        return position.name().toLowerCase(Locale.ROOT);
    }

    private static String by(ChangeNote note) {
        return ", by " + note.by() + (note.reason().isEmpty() ? "" : ": " + note.reason());
    }
}
