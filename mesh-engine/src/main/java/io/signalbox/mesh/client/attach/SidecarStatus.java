package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.status.ServiceKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sidecar that is attached to the control plane.
 *
 * @param revision the one that it said it runs; 0 when it has not said so yet
 * @param newest the one that the control plane sent last
 * @param refused what it does not run, and why
 * @param identity what it proves itself with; {@code null} where the control plane did not sign it
 * @param untold how many requests, spans and moves of circuits of it nobody will see, since too many came at once or
 *     nobody heard them; {@code null} from a control plane that does not count them
 */
public record SidecarStatus(
        String service,
        String instance,
        ServiceKind kind,
        Instant connectedSince,
        long revision,
        long newest,
        List<Acknowledgement.Refusal> refused,
        @Nullable IdentityReport identity,
        @Nullable Long untold) {

    /** One of which all is told. */
    public SidecarStatus(
            String service,
            String instance,
            ServiceKind kind,
            Instant connectedSince,
            long revision,
            long newest,
            List<Acknowledgement.Refusal> refused,
            @Nullable IdentityReport identity) {
        this(service, instance, kind, connectedSince, revision, newest, refused, identity, null);
    }

    public SidecarStatus {
        refused = List.copyOf(refused);
    }
}
