package io.signalbox.mesh.model.status;

import java.time.Instant;
import java.util.List;

/**
 * How the traffic to one service is divided: asked beside got.
 *
 * @param counted requests that the shares rest on; requests taken by routing rules are not among them
 * @param since when the weights were last changed
 * @param revision of the policy in force
 * @param differences why versions got other shares than were asked, or are seen to; several for one version at times
 */
public record SplitStatus(
        String service,
        Kind kind,
        List<VersionShare> versions,
        long counted,
        Instant since,
        long revision,
        List<ShareDifference> differences) {

    public SplitStatus {
        versions = List.copyOf(versions);
        differences = differences == null ? List.of() : List.copyOf(differences);
    }

    /** One of which no version got another share than was asked. */
    public SplitStatus(
            String service, Kind kind, List<VersionShare> versions, long counted, Instant since, long revision) {
        this(service, kind, versions, counted, since, revision, List.of());
    }

    /** Why that version got another share, the first thing to say first. */
    public List<ShareDifference> differencesOf(String version) {
        return differences.stream()
                .filter(difference -> difference.version().equals(version))
                .toList();
    }

    /** Which form of split the policy holds. */
    public enum Kind {
        WEIGHTED,
        CANARY,
        AB_TEST
    }
}
