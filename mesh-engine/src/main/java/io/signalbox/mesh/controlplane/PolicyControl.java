package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/**
 * The policies of a mesh, with each service's history.
 *
 * <p>Safe from any thread; changes are made one at a time. When a change returns, every sidecar has it.
 */
public final class PolicyControl {

    private final InstantSource clock;
    private final PolicyNews news;
    private final Membership members;

    private final PolicyJournal journal;

    private final PolicyHistories histories;

    PolicyControl(InstantSource clock, EventLog events, Membership members, PolicyJournal journal, Runnable changed) {
        this.clock = clock;
        this.news = new PolicyNews(events, changed);
        this.members = members;
        this.journal = journal;
        histories = new PolicyHistories(journal, news::followed);
    }

    /** To be told of what other control planes write. */
    Following.Follower follower() {
        return histories;
    }

    /** Takes over how a policy stands in the store. */
    void reload(String service) {
        histories.reload(service);
    }

    /** What is in force for the service; revision 0 with the defaults when nobody wrote a policy. */
    public PolicyRevision current(String service) {
        Optional<PolicyRevision> written = written(service);
        if (written.isEmpty()
                && !service.equals(TrafficPolicy.WHOLE_MESH)
                && !members.services().contains(service)) {
            throw unknown(service);
        }
        return written.orElseGet(() -> PolicyRevision.unwritten(service));
    }

    /** Every policy that somebody wrote and that holds, by service. */
    public Map<String, PolicyRevision> all() {
        Map<String, PolicyRevision> written = new TreeMap<>();
        histories.all().forEach((service, history) -> {
            if (history.current().written()) {
                written.put(service, history.current());
            }
        });
        return written;
    }

    /** Who may call where services leave it open. */
    Authorization ofTheMesh() {
        return currentOrDefault(TrafficPolicy.WHOLE_MESH).policy().authorization();
    }

    /** The policy as it holds: with the mesh's word on who may call where it says nothing itself. */
    TrafficPolicy underTheMesh(TrafficPolicy policy) {
        Authorization held = policy.authorization().under(ofTheMesh());
        return held.equals(policy.authorization()) ? policy : policy.withAuthorization(held);
    }

    /** Every kept revision, newest first. */
    public List<PolicyRevision> history(String service) {
        return history(service, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** The newest revisions before one, newest first, at most {@code limit}. */
    public List<PolicyRevision> history(String service, long before, int limit) {
        if (!histories.has(service) && !members.services().contains(service)) {
            throw unknown(service);
        }
        return journal.newestFirst(service, before, limit);
    }

    /**
     * Puts a policy in force.
     *
     * @param expected the revision that the caller saw; a later one in force means refusal
     */
    public PolicyRevision put(TrafficPolicy policy, OptionalLong expected, ChangeNote note) {
        return put(policy, expected, note, Optional.empty());
    }

    /** @param within the change is taken back after it unless it is confirmed; empty for one that stands */
    public PolicyRevision put(TrafficPolicy policy, OptionalLong expected, ChangeNote note, Optional<Duration> within) {
        return news.policy(histories.changing(policy.service(), () -> {
            PolicyRevision before = currentOrDefault(policy.service());
            refuseStale(histories.of(policy.service()), expected);
            return record(AskedPolicy.after(before, policy), PolicyRevision.Change.PUT, note, within);
        }));
    }

    /** Lets the defaults hold again. */
    public void delete(String service, OptionalLong expected, ChangeNote note) {
        delete(service, expected, note, Optional.empty());
    }

    /** @param within the change is taken back after it unless it is confirmed; empty for one that stands */
    public void delete(String service, OptionalLong expected, ChangeNote note, Optional<Duration> within) {
        news.policy(histories.changing(service, () -> {
            PolicyRevision before = currentOrDefault(service);
            if (!before.written()) {
                throw new UnknownNameException("policy", service, all().keySet());
            }
            refuseStale(histories.of(service), expected);
            return record(AskedPolicy.defaults(service), PolicyRevision.Change.DELETED, note, within);
        }));
    }

    /** Goes back to what held before the newest change that was not undone yet. */
    public PolicyRevision undo(String service, ChangeNote note) {
        return undo(service, OptionalLong.empty(), note);
    }

    /**
     * The same. What waits to be confirmed is taken back as a whole, so that no part of it stands unconfirmed.
     *
     * @param expected the revision that the caller saw; another one in force means refusal
     */
    public PolicyRevision undo(String service, OptionalLong expected, ChangeNote note) {
        return news.policy(histories.changing(service, () -> {
            PolicyHistory history = histories.of(service);
            refuseStale(history, expected);
            long to =
                    history.before().orElseThrow(() -> new UnknownNameException("change to undo", service, undoable()));
            PolicyRevision undone = history.again(journal.revision(service, to), note, clock.instant());
            keep(history, history.undone(undone), AuditEntry.Kind.POLICY);
            return undone;
        }));
    }

    /** Sets the share of some versions of a service; the others keep their proportions within what is left. */
    public PolicyRevision setWeights(String service, Map<String, Weight> wanted, ChangeNote note) {
        return setWeights(service, wanted, note, Optional.empty());
    }

    /** @param within the change is taken back after it unless it is confirmed; empty for one that stands */
    public PolicyRevision setWeights(
            String service, Map<String, Weight> wanted, ChangeNote note, Optional<Duration> within) {
        Map<String, Integer> running = members.versions(service);
        Replaced replaced = histories.changing(service, () -> {
            PolicyRevision was = current(service);
            SplitWeights after = weights(was).with(wanted, running);
            return new Replaced(
                    was,
                    record(
                            new AskedPolicy(was.policy().withSplitting(after.splitting()), after.candidateWeight()),
                            PolicyRevision.Change.WEIGHTS,
                            note,
                            within));
        });
        news.weights(replaced.was(), replaced.is(), wanted.keySet());
        return replaced.is();
    }

    /**
     * Puts a step of a rollout in force, written as one with what the rollout is then. It must be built on what
     * {@link #standing} says: a change that waits to be confirmed is taken back with it.
     *
     * @param expected the revision that the step was decided on
     * @param together what is written with it, for the revision that it becomes
     * @throws StaleRevisionException when somebody changed the policy since
     */
    Driven drive(RolloutStep step, long expected, LongFunction<Transaction> together) {
        return histories.changingOnce(() -> {
            PolicyHistory history = histories.of(step.asked().policy().service());
            refuseStale(history, OptionalLong.of(expected));
            PolicyRevision next = PolicyRevision.of(
                    history.nextRevision(), step.asked(), step.change(), step.note(), clock.instant());
            PolicyHistory after = history.pending()
                    .map(waited -> history.instead(next, waited))
                    .orElseGet(() -> history.with(next));
            PolicyHistory kept =
                    journal.write(history, after, AuditEntry.Kind.WEIGHTS, together.apply(next.revision()));
            histories.put(kept);
            return new Driven(history.current(), kept.current(), kept.seen());
        });
    }

    /** Tells everybody of a step that is kept. */
    void announce(Driven driven) {
        news.step(driven);
    }

    /** Changes that wait to be confirmed, in order of service. */
    public List<PendingChange> pending() {
        Instant now = clock.instant();
        return histories.each().stream()
                .flatMap(history -> history.waitingAt(now).stream())
                .toList();
    }

    /**
     * Lets a change stand for good.
     *
     * @param expected the revision that the caller saw; another one in force means refusal
     */
    public void confirm(String service, OptionalLong expected, ChangeNote note) {
        histories.changing(service, () -> {
            PolicyHistory history = histories.of(service);
            waiting(service, history);
            refuseStale(history, expected);
            PolicyHistory settled = history.waiting(Optional.empty(), history);
            PolicyHistory kept = journal.settle(history, settled, note, clock.instant());
            histories.put(kept);
            return kept;
        });
    }

    /** Takes a change that waits back at once. */
    public PolicyRevision revert(String service, OptionalLong expected, ChangeNote note) {
        return news.policy(histories.changing(service, () -> {
            PolicyHistory history = histories.of(service);
            PolicyHistory.Pending pending = waiting(service, history);
            refuseStale(history, expected);
            return revert(history, pending, note, Transaction.EMPTY);
        }));
    }

    /**
     * Takes back what nobody confirmed in time. What cannot be written now is tried again at the next call, and holds up
     * no other service.
     *
     * @param fence on what the leader's writes are conditional
     * @param failed told the service and why
     */
    void revertOverdue(Transaction fence, BiConsumer<String, StoreException> failed) {
        for (PolicyHistory seen : histories.each()) {
            if (seen.pending().filter(this::isOverdue).isPresent()) {
                String service = seen.current().service();
                try {
                    revertOverdue(service, fence);
                } catch (StoreException e) {
                    failed.accept(service, e);
                }
            }
        }
    }

    private void revertOverdue(String service, Transaction fence) {
        Optional<PolicyRevision> reverted = histories.changing(service, () -> {
            PolicyHistory history = histories.of(service);
            ChangeNote of = history.current().note();
            String why = "revision " + history.current().revision() + " by " + of.by() + " was not confirmed in time";
            return history.pending()
                    .filter(this::isOverdue)
                    .map(overdue -> revert(history, overdue, new ChangeNote("signalbox", why), fence));
        });
        reverted.ifPresent(news::policy);
    }

    /** Called under the lock. */
    private PolicyRevision revert(
            PolicyHistory history, PolicyHistory.Pending pending, ChangeNote note, Transaction together) {
        PolicyRevision back = journal.revision(history.current().service(), pending.back());
        PolicyRevision next = history.again(back, note, clock.instant());
        histories.put(journal.write(history, history.reverted(next, pending), AuditEntry.Kind.POLICY, together));
        return next;
    }

    private boolean isOverdue(PolicyHistory.Pending pending) {
        return !clock.instant().isBefore(pending.until());
    }

    private PolicyHistory.Pending waiting(String service, PolicyHistory history) {
        return history.pending()
                .orElseThrow(() -> new UnknownNameException(
                        "change to confirm",
                        service,
                        pending().stream().map(PendingChange::service).toList()));
    }

    /** What each version of a service is asked to get; empty when its traffic is not split. */
    public Map<String, Weight> asked(String service) {
        return weights(currentOrDefault(service)).asked();
    }

    static SplitWeights weights(PolicyRevision revision) {
        return new SplitWeights(revision.policy().splitting(), revision.candidateWeight());
    }

    /** What holds for a service, whether or not anyone registered it. */
    PolicyRevision currentOrDefault(String service) {
        return written(service).orElseGet(() -> PolicyRevision.unwritten(service));
    }

    /** Whether a change of a service waits to be confirmed. */
    boolean waits(String service) {
        return histories.of(service).pending().isPresent();
    }

    /** What holds for a service, or held before a change that waits to be confirmed. */
    PolicyRevision standing(String service) {
        PolicyHistory history = histories.of(service);
        return history.pending()
                .map(waited -> journal.revision(service, waited.back()))
                .orElseGet(history::current);
    }

    private Optional<PolicyRevision> written(String service) {
        return Optional.of(histories.of(service).current()).filter(PolicyRevision::written);
    }

    /** Called under the lock. */
    private PolicyRevision record(
            AskedPolicy asked, PolicyRevision.Change change, ChangeNote note, Optional<Duration> within) {
        Instant now = clock.instant();
        PolicyHistory history = histories.of(asked.policy().service());
        PolicyRevision newest = history.current();
        // What waits goes back to what stood before it, so that is not written over.
        boolean oneGesture = change == PolicyRevision.Change.WEIGHTS
                && history.pending().isPresent() == within.isPresent()
                && newest.change() == PolicyRevision.Change.WEIGHTS
                && newest.note().equals(note)
                && Duration.between(newest.at(), now).compareTo(PolicyChange.ONE_GESTURE) < 0;
        PolicyRevision next = PolicyRevision.of(history.nextRevision(), asked, change, note, now);
        keep(
                history,
                (oneGesture ? history.replaced(next) : history.with(next)).waiting(within.map(now::plus), history),
                change == PolicyRevision.Change.WEIGHTS ? AuditEntry.Kind.WEIGHTS : AuditEntry.Kind.POLICY);
        return next;
    }

    /** In the store before anyone sees it: what is acknowledged is kept. Called under the lock. */
    private void keep(PolicyHistory before, PolicyHistory after, AuditEntry.Kind kind) {
        histories.put(journal.write(before, after, kind));
    }

    /** What took the place of what. */
    private record Replaced(PolicyRevision was, PolicyRevision is) {}

    private static void refuseStale(PolicyHistory history, OptionalLong expected) {
        if (expected.isPresent() && !history.isSeenAs(expected.getAsLong())) {
            throw new StaleRevisionException(expected.getAsLong(), history.shown());
        }
    }

    private Collection<String> undoable() {
        return histories.all().entrySet().stream()
                .filter(entry -> entry.getValue().before().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private UnknownNameException unknown(String service) {
        TreeSet<String> known = new TreeSet<>(members.services());
        known.addAll(all().keySet());
        return new UnknownNameException("service", service, known);
    }
}
