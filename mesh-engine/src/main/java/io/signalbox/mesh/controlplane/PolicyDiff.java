package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.config.LineDiff;
import io.signalbox.mesh.config.PolicyFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What one revision of a policy changed of the one before, in lines of YAML. */
final class PolicyDiff {

    /** Comparing takes a time that grows with the square of the lines. */
    private static final int MOST_LINES = 500;

    private PolicyDiff() {}

    static String of(PolicyRevision before, PolicyRevision after) {
        List<String> was = lines(before);
        List<String> is = lines(after);
        if (was.size() > MOST_LINES || is.size() > MOST_LINES) {
            return "-" + was.size() + " lines\n+" + is.size() + " lines";
        }
        return LineDiff.of(was, is).stream()
                .filter(line -> !line.startsWith(" "))
                .collect(Collectors.joining("\n"));
    }

    /** The shares that hold are not in the document of a canary. */
    private static List<String> lines(PolicyRevision revision) {
        if (!revision.written()) {
            return List.of();
        }
        List<String> lines =
                new ArrayList<>(PolicyFormat.yaml(revision.policy()).lines().toList());
        revision.candidateWeight().ifPresent(weight -> lines.add("candidate weight: " + weight));
        if (revision.stageInForce().isPresent()) {
            lines.add("candidate stage: " + revision.stage());
        }
        return lines;
    }
}
