package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.PolicyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a service's policy stands, and the way back.
 *
 * @param earlier the revisions that an undo goes back to, the last first undone; 0 is the default that nobody wrote
 * @param seen the revision of the store that wrote this; 0 when nothing did
 */
record PolicyHistory(PolicyRevision current, List<Long> earlier, long seen) {

    PolicyHistory {
        earlier = List.copyOf(earlier);
    }

    static PolicyHistory beginning(String service) {
        return new PolicyHistory(PolicyRevision.unwritten(service), List.of(), 0);
    }

    long nextRevision() {
        return current.revision() + 1;
    }

    /** The revision that an undo goes back to. */
    Optional<Long> before() {
        return earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.getLast());
    }

    /** One more can be undone. */
    PolicyHistory with(PolicyRevision next) {
        List<Long> more = new ArrayList<>(earlier);
        more.add(current.revision());
        return new PolicyHistory(next, more.size() > PolicyChange.KEPT ? more.subList(1, more.size()) : more, seen);
    }

    /** The next takes the place of the newest; what could be undone before can be undone still. */
    PolicyHistory replaced(PolicyRevision next) {
        return new PolicyHistory(next, earlier, seen);
    }

    /** The newest that could be undone is. */
    PolicyHistory undone(PolicyRevision next) {
        return new PolicyHistory(next, earlier.subList(0, earlier.size() - 1), seen);
    }

    PolicyHistory seenAt(long revision) {
        return new PolicyHistory(current, earlier, revision);
    }
}
