package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.model.ChangeNote;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has held for one service: the newest {@value PolicyChange#KEPT} revisions. Guarded by its owner. */
final class PolicyHistory {

    private final ArrayDeque<PolicyRevision> revisions = new ArrayDeque<>();
    private final ArrayDeque<PolicyRevision> earlier = new ArrayDeque<>();
    private final PolicyRevision beginning;

    PolicyHistory(String service) {
        beginning = PolicyRevision.unwritten(service);
    }

    PolicyRevision current() {
        PolicyRevision newest = revisions.peekLast();
        return newest == null ? beginning : newest;
    }

    long nextRevision() {
        return current().revision() + 1;
    }

    List<PolicyRevision> newestFirst() {
        return new ArrayList<>(revisions).reversed();
    }

    void add(PolicyRevision next) {
        earlier.addLast(current());
        append(next);
    }

    /** Takes the place of the newest revision; what could be undone before can be undone still. */
    void replace(PolicyRevision next) {
        revisions.pollLast();
        append(next);
    }

    boolean undoable() {
        return !earlier.isEmpty();
    }

    PolicyRevision undo(ChangeNote note, Instant now) {
        @Nullable PolicyRevision before = earlier.pollLast();
        if (before == null) {
            throw new IllegalStateException("Nothing to undo");
        }
        PolicyRevision.Change change = before.written() ? PolicyRevision.Change.UNDONE : PolicyRevision.Change.CLEARED;
        PolicyRevision next =
                new PolicyRevision(nextRevision(), before.policy(), before.candidateWeight(), change, note, now);
        append(next);
        return next;
    }

    private void append(PolicyRevision next) {
        revisions.addLast(next);
        while (revisions.size() > PolicyChange.KEPT) {
            revisions.removeFirst();
        }
        while (earlier.size() > PolicyChange.KEPT) {
            earlier.removeFirst();
        }
    }
}
