package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.model.ChangeNote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a service's policy stands, and the way back.
 *
 * @param earlier the revisions that an undo goes back to, the last first undone; 0 is the default that nobody wrote
 * @param seen the revision of the store that wrote this; 0 when nothing did
 * @param pending set while the newest change waits to be confirmed
 */
record PolicyHistory(PolicyRevision current, List<Long> earlier, long seen, Optional<Pending> pending) {

    /**
     * What happens unless somebody confirms.
     *
     * @param back the revision whose text comes back
     */
    record Pending(long back, Instant until) {}

    PolicyHistory {
        earlier = List.copyOf(earlier);
    }

    static PolicyHistory beginning(String service) {
        return new PolicyHistory(PolicyRevision.unwritten(service), List.of(), 0, Optional.empty());
    }

    /** What callers are shown: revision 0 where the defaults hold, whoever let them. */
    PolicyRevision shown() {
        return current.written() ? current : PolicyRevision.unwritten(current.service());
    }

    /** Whether who saw that revision, in the policy or at the top of its history, has seen what holds. */
    boolean isSeenAs(long revision) {
        return revision == current.revision() || revision == shown().revision();
    }

    long nextRevision() {
        return current.revision() + 1;
    }

    /** What an earlier revision says, as the next one. */
    PolicyRevision again(PolicyRevision back, ChangeNote note, Instant now) {
        return new PolicyRevision(
                nextRevision(),
                back.policy(),
                back.candidateWeight(),
                back.stage(),
                back.written() ? PolicyRevision.Change.UNDONE : PolicyRevision.Change.CLEARED,
                note,
                now);
    }

    /** The revision that an undo goes back to: of what waits to be confirmed, the one before all of it. */
    Optional<Long> before() {
        return pending.map(Pending::back)
                .or(() -> earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.getLast()));
    }

    /**
     * Waits, or waits no more; a change on top of one that waits goes back to where that would have.
     *
     * @param before where the policy stood before the change
     */
    PolicyHistory waiting(Optional<Instant> until, PolicyHistory before) {
        Optional<Pending> next =
                until.map(end -> new Pending(before.pending.map(Pending::back).orElse(before.current.revision()), end));
        return new PolicyHistory(current, earlier, seen, next);
    }

    /** What waits to be confirmed, as it is told. */
    Optional<PendingChange> waitingAt(Instant now) {
        return pending.map(waiting -> new PendingChange(
                current.service(),
                current.revision(),
                waiting.back(),
                waiting.until(),
                Math.max(0, Duration.between(now, waiting.until()).toMillis()),
                current.note().by(),
                current.note().reason()));
    }

    /** What waited is taken back, and cannot be undone once more. */
    PolicyHistory reverted(PolicyRevision next, Pending waited) {
        int at = earlier.lastIndexOf(waited.back());
        return new PolicyHistory(next, at < 0 ? earlier : earlier.subList(0, at), seen, Optional.empty());
    }

    /** What waited is taken back by a change of its own, which can be undone to where it stood before. */
    PolicyHistory instead(PolicyRevision next, Pending waited) {
        PolicyHistory back = reverted(next, waited);
        List<Long> more = new ArrayList<>(back.earlier);
        more.add(waited.back());
        return new PolicyHistory(next, more, seen, Optional.empty());
    }

    /** One more can be undone. */
    PolicyHistory with(PolicyRevision next) {
        List<Long> more = new ArrayList<>(earlier);
        more.add(current.revision());
        return new PolicyHistory(
                next, more.size() > PolicyChange.KEPT ? more.subList(1, more.size()) : more, seen, Optional.empty());
    }

    /** The next takes the place of the newest; what could be undone before can be undone still. */
    PolicyHistory replaced(PolicyRevision next) {
        return new PolicyHistory(next, earlier, seen, Optional.empty());
    }

    /** The newest that could be undone is. */
    PolicyHistory undone(PolicyRevision next) {
        return pending.map(waited -> reverted(next, waited))
                .orElseGet(
                        () -> new PolicyHistory(next, earlier.subList(0, earlier.size() - 1), seen, Optional.empty()));
    }

    PolicyHistory seenAt(long revision) {
        return new PolicyHistory(current, earlier, revision, pending);
    }
}
