package io.signalbox.mesh.client.attach;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a sidecar runs, as it tells its control plane.
 *
 * @param revision the one that it runs; 0 for none of this control plane's
 * @param refused what of it, or of earlier ones, it does not run
 * @param identity what it proves itself with; {@code null} where the control plane did not sign it
 */
public record Acknowledgement(
        String service,
        String instance,
        long revision,
        List<Refusal> refused,
        @Nullable IdentityReport identity) {

    public Acknowledgement {
        refused = List.copyOf(refused);
    }

    /**
     * One document that a sidecar does not run; what it had of that service goes on.
     *
     * @param service empty when what came could not be read at all
     * @param why in words for a person
     */
    public record Refusal(String service, long revision, String why) {

        public Refusal {
            Objects.requireNonNull(service, "service");
            Objects.requireNonNull(why, "why");
        }
    }
}
