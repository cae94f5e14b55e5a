package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.mesh.client.remote.ProbeFinding;
import io.signalbox.mesh.client.remote.ProbeFinding.Stage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A staged test of a profile's addresses, as far as it came.
 *
 * @param intent what follows when all is well
 * @param ways one for each address, in their order
 */
record Trial(ConnectionProfile profile, Intent intent, Progress progress, List<Way> ways) {

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

    /** What was found on the way to one address. */
    record Way(URI address, List<ProbeFinding> findings) {

        Way {
            findings = List.copyOf(findings);
        }

        Optional<ProbeFinding> of(Stage stage) {
            return findings.stream().filter(finding -> finding.stage() == stage).findFirst();
        }

        private Way with(ProbeFinding finding) {
            List<ProbeFinding> more = new ArrayList<>(findings);
            more.add(finding);
            return new Way(address, more);
        }

        private boolean passed() {
            return findings.size() == Stage.values().length
                    && findings.stream().allMatch(ProbeFinding.Passed.class::isInstance);
        }

        /** Nobody is there, as when a control plane is down: nothing that whoever answers could have brought about. */
        private boolean away() {
            return !findings.isEmpty()
                    && findings.getLast() instanceof ProbeFinding.Failed failed
                    && (failed.stage() == Stage.NAME || failed.stage() == Stage.TCP);
        }
    }

    Trial {
        ways = List.copyOf(ways);
    }

    static Trial begun(ConnectionProfile profile, Intent intent) {
        List<Way> ways = profile.addresses().stream()
                .map(address -> new Way(address, List.of()))
                .toList();
        return new Trial(profile, intent, Progress.RUNNING, ways);
    }

    Trial with(URI address, ProbeFinding finding) {
        List<Way> next = ways.stream()
                .map(way -> way.address().equals(address) ? way.with(finding) : way)
                .toList();
        return new Trial(profile, intent, progress, next);
    }

    Trial ended() {
        return new Trial(profile, intent, Progress.ENDED, ways);
    }

    /** Whether one is well, and each of the others is well too or not there. */
    boolean passed() {
        return progress == Progress.ENDED
                && ways.stream().anyMatch(Way::passed)
                && ways.stream().allMatch(way -> way.passed() || way.away());
    }

    /** What a person has to decide: a changed certificate before one that nobody compared. */
    Optional<ProbeFinding> toDecide() {
        return found(ProbeFinding.Changed.class).or(() -> found(ProbeFinding.Unknown.class));
    }

    private Optional<ProbeFinding> found(Class<? extends ProbeFinding> kind) {
        return ways.stream()
                .flatMap(way -> way.findings().stream())
                .filter(kind::isInstance)
                .findFirst();
    }
}
