package io.signalbox.mesh.model.status;

import java.time.Instant;
import java.util.List;

/**
 * How the traffic to one service is divided: asked beside got.
 *
 * @param counted requests that the shares rest on; requests taken by routing rules are not among them
 * @param since when the weights were last changed
 * @param revision of the policy in force
 */
public record SplitStatus(
        String service, Kind kind, List<VersionShare> versions, long counted, Instant since, long revision) {

    public SplitStatus {
        versions = List.copyOf(versions);
    }

    /** Which form of split the policy holds. */
    public enum Kind {
        WEIGHTED,
        CANARY,
        AB_TEST
    }
}
