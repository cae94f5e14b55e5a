package io.signalbox.console.history;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.config.LineDiff;
import java.util.List;
import java.util.Optional;

/**
 * One change, with what its service's policy said before and after.
 *
 * @param history of its service, newest first; empty where the change is of no policy, or its service's is not kept
 */
record ChangeStory(AuditEntry entry, List<PolicyChange> history) {

    /** How a change is taken back from here. */
    enum Way {
        /** It holds now, and what held before can hold again. */
        UNDO,
        /** Another revision holds now; this one can hold again. */
        BRING_BACK,
        /** It holds now, and nothing is left to undo. */
        HOLDS,
        /** Its revision is not among those that are kept. */
        NOT_KEPT,
        /** It is of no policy: it is taken back where it was made. */
        ELSEWHERE
    }

    /** The revision that the change brought into force, where it is kept. */
    Optional<PolicyChange> after() {
        return history.stream()
                .filter(change -> Long.valueOf(change.revision()).equals(entry.revision()))
                .findFirst();
    }

    /** The revision that held until then, where it is kept. */
    Optional<PolicyChange> before() {
        return after().map(history::indexOf)
                .filter(index -> index + 1 < history.size())
                .map(index -> history.get(index + 1));
    }

    Way way() {
        if (entry.revision() == null) {
            return Way.ELSEWHERE;
        }
        return after().map(this::wayFrom).orElse(Way.NOT_KEPT);
    }

    private Way wayFrom(PolicyChange change) {
        if (!change.equals(history.getFirst())) {
            return Way.BRING_BACK;
        }
        return PolicyChange.anyToUndo(history) ? Way.UNDO : Way.HOLDS;
    }

    /** Its lines, of which each begins with a blank, {@code -} or {@code +}; what stood around them where it is kept. */
    List<String> difference() {
        return after().flatMap(now -> before().map(then -> LineDiff.of(
                        then.yaml().lines().toList(), now.yaml().lines().toList())))
                .filter(lines -> lines.stream().anyMatch(line -> !line.startsWith(" ")))
                .orElseGet(() -> entry.change().lines().map(ChangeStory::signed).toList());
    }

    private static String signed(String line) {
        return line.startsWith("+") || line.startsWith("-") || line.startsWith(" ") ? line : " " + line;
    }
}
