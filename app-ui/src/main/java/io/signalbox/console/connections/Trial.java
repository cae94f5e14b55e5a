package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.mesh.client.remote.ProbeFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A staged test of a profile, as far as it came.
 *
 * @param intent what follows when all is well
 */
record Trial(ConnectionProfile profile, Intent intent, Progress progress, List<ProbeFinding> findings) {

    /** What the test is for. */
    enum Intent {
        LOOK,
        CONNECT
    }

    /** Whether more is to come. */
    enum Progress {
        RUNNING,
        ENDED
    }

    Trial {
        findings = List.copyOf(findings);
    }

    static Trial begun(ConnectionProfile profile, Intent intent) {
        return new Trial(profile, intent, Progress.RUNNING, List.of());
    }

    Trial with(ProbeFinding finding) {
        List<ProbeFinding> more = new ArrayList<>(findings);
        more.add(finding);
        return new Trial(profile, intent, progress, more);
    }

    Trial ended() {
        return new Trial(profile, intent, Progress.ENDED, findings);
    }

    boolean passed() {
        return progress == Progress.ENDED
                && findings.size() == ProbeFinding.Stage.values().length
                && findings.stream().allMatch(ProbeFinding.Passed.class::isInstance);
    }

    Optional<ProbeFinding> of(ProbeFinding.Stage stage) {
        return findings.stream().filter(finding -> finding.stage() == stage).findFirst();
    }
}
