package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.canary.rollout.Effect;
import io.signalbox.mesh.canary.rollout.Judge;
import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.canary.rollout.RolloutEvent;
import io.signalbox.mesh.canary.rollout.RolloutMachine;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Lets something happen to a rollout and writes what it is then, with the weight that it puts in force: both or neither.
 *
 * <p>Moves are made under the lock of the {@link RolloutControl}; books are read by anyone.
 */
final class RolloutWriter {

    private final Store store;
    private final Judge judge;
    private final RolloutMachine machine;
    private final RolloutJournal journal;
    private final PolicyControl policies;
    private final AuditLog audit;
    private final EventLog events;
    private final InstantSource clock;
    private final ConcurrentNavigableMap<String, RolloutBook> books;

    RolloutWriter(
            Store store, Judge judge, PolicyControl policies, AuditLog audit, EventLog events, InstantSource clock) {
        this.store = store;
        this.judge = judge;
        this.machine = new RolloutMachine(judge);
        this.journal = new RolloutJournal(store);
        this.policies = policies;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        books = new ConcurrentSkipListMap<>(journal.all());
    }

    /**
     * What is kept now.
     *
     * @param driven what it put in force
     */
    record Written(String service, Rollout before, Rollout after, Optional<Driven> driven) {

        /** Whether it stands elsewhere than before. */
        boolean movedOn() {
            return !sameStanding(before, after);
        }

        /** Whether what was seen until now is no evidence of it; while webhooks are asked it goes on as it was. */
        boolean watchedAnew() {
            boolean asksMeanwhile = before.phase() instanceof Phase.Underway && after.phase() instanceof Phase.Asking;
            return !before.weight().equals(after.weight()) || (!asksMeanwhile && movedOn());
        }
    }

    Collection<RolloutBook> books() {
        return books.values();
    }

    RolloutBook book(String service) {
        return books.getOrDefault(service, RolloutBook.empty(service));
    }

    RolloutStatus status(String service, Rollout rollout) {
        Verdict verdict = judge.verdict(rollout);
        return RolloutPicture.of(service, rollout, verdict, cause(service, rollout, verdict));
    }

    private RolloutCause cause(String service, Rollout rollout, Verdict verdict) {
        boolean itsTurn = rollout.phase() instanceof Phase.Queued
                && book(service)
                        .next()
                        .filter(next -> next.rollout().number() == rollout.number())
                        .isPresent();
        if ((itsTurn || goesOnOnceConfirmed(rollout, verdict)) && policies.waits(service)) {
            return RolloutCause.CONFIRMATION;
        }
        return itsTurn ? RolloutCause.REGISTRATIONS : RolloutPicture.cause(rollout.phase(), verdict);
    }

    /** Whether nothing but a change of the policy that waits to be confirmed can hold it where it stands. */
    private static boolean goesOnOnceConfirmed(Rollout rollout, Verdict verdict) {
        return switch (rollout.phase()) {
            case Phase.Running _, Phase.Baking _ -> verdict instanceof Verdict.Advance;
            case Phase.Asking asking ->
                asking.open().isEmpty()
                        && (verdict instanceof Verdict.Advance
                                || (verdict instanceof Verdict.NotEnough && !RolloutMachine.asksByVerdict(rollout)));
            case Phase.AtGate _, Phase.Queued _, Phase.Paused _, Phase.Ended _ -> false;
        };
    }

    List<RolloutBook.Entry> ended(String service) {
        return journal.ended(service);
    }

    /** Reads what the store has, after a write of which nobody knows what became of it. */
    void reload(String service) {
        try {
            take(journal.book(service));
        } catch (StoreException e) {
            // it is asked again at the next write, which the store refuses as long as this is out of date
        }
    }

    /** Takes over what the store holds, unless what is known is newer. */
    void take(RolloutBook kept) {
        books.merge(kept.service(), kept, (known, read) -> known.seen() < read.seen() ? read : known);
    }

    /** Lets one wait for its turn. */
    Written queue(RolloutBook with, RolloutBook.Entry entry, ChangeNote note) {
        Rollout rollout = entry.rollout();
        AuditLog.Change change = AuditLog.Change.done(AuditEntry.Kind.ROLLOUT, with.service(), told(rollout));
        Transaction write = RolloutJournal.write(with, Optional.empty());
        settled(with, audit.commit(change, note, clock.instant(), write));
        return new Written(with.service(), rollout, rollout, Optional.empty());
    }

    Written apply(RolloutBook book, RolloutBook.Entry entry, RolloutEvent event) {
        return apply(book, entry, event, Transaction.EMPTY);
    }

    /** @param together written with it, or not at all */
    Written apply(RolloutBook book, RolloutBook.Entry entry, RolloutEvent event, Transaction together) {
        Instant now = clock.instant();
        Rollout before = entry.rollout();
        RolloutMachine.Move move = machine.on(before, event, now);
        return switch (move.effect()) {
            case Effect.Nothing() -> quiet(book, entry, move.after(), now, together);
            case Effect.Share(Weight weight, ChangeNote note) ->
                driven(book, entry, move.after(), share(book.service(), move.after(), weight, note), together);
            case Effect.Choice(String winner, String loser, ChangeNote note) ->
                driven(book, entry, move.after(), promotion(book.service(), winner, loser, note), together);
        };
    }

    /** Tells of a rollout that moved; sidecars know already. */
    void tell(Written written) {
        Rollout after = written.after();
        boolean environment = isBad(judge.verdict(written.before())) != isBad(judge.verdict(after)) && !after.ended();
        if (written.movedOn() || environment || after.phase() instanceof Phase.Queued) {
            RolloutStatus status = status(written.service(), after);
            events.append(new MeshEvent.RolloutMoved(
                    written.service(),
                    after.number(),
                    status.candidate(),
                    status.phase(),
                    status.weight(),
                    status.why(),
                    status.cause(),
                    status.cause() == RolloutCause.VERDICT ? status.verdict().reason() : null,
                    status.movedBy() == null ? RolloutMachine.ITSELF : status.movedBy()));
        }
    }

    private Written quiet(RolloutBook book, RolloutBook.Entry entry, Rollout after, Instant now, Transaction together) {
        Rollout before = entry.rollout();
        RolloutBook.Entry kept = entry.with(after);
        // what never began takes nobody's place
        boolean neverBegan = before.phase() instanceof Phase.Queued && after.ended();
        RolloutBook next = neverBegan && book.current().isPresent() ? book.without(after.number()) : book.with(kept);
        Transaction write = RolloutJournal.write(next, Optional.of(kept).filter(_ -> after.ended()))
                .and(together);
        boolean same = sameStanding(before, after);
        Outcome outcome = same
                ? store.commit(write)
                : audit.commit(
                        AuditLog.Change.of(AuditEntry.Kind.ROLLOUT, book.service(), told(before), told(after)),
                        RolloutPicture.note(after.phase()).orElse(new ChangeNote(RolloutMachine.ITSELF, "")),
                        now,
                        write);
        settled(next, outcome);
        return new Written(book.service(), before, after, Optional.empty());
    }

    private Written driven(
            RolloutBook book, RolloutBook.Entry entry, Rollout after, RolloutStep step, Transaction together) {
        Rollout before = entry.rollout();
        long expected = before.phase() instanceof Phase.Queued
                ? policies.currentOrDefault(book.service()).revision()
                : before.revision();
        Driven driven = policies.drive(step, expected, revision -> {
            RolloutBook.Entry kept = entry.with(after.inForceAs(revision));
            return RolloutJournal.write(book.with(kept), Optional.of(kept).filter(_ -> after.ended()))
                    .and(together);
        });
        Rollout now = after.inForceAs(driven.now().revision());
        books.put(book.service(), book.with(entry.with(now)).seenAt(driven.stored()));
        return new Written(book.service(), before, now, Optional.of(driven));
    }

    private RolloutStep share(String service, Rollout after, Weight weight, ChangeNote note) {
        PolicyRevision standing = policies.standing(service);
        TrafficPolicy policy = standing.policy();
        boolean onlyShares = policy.splitting().equals(after.plan())
                && policies.currentOrDefault(service).equals(standing);
        Splitting.Canary canary = policy.splitting() instanceof Splitting.Canary its && its.sameVersions(after.plan())
                ? after.ended() ? its : after.plan()
                : after.plan();
        return new RolloutStep(
                new AskedPolicy(
                        policy.withSplitting(canary),
                        Optional.of(weight),
                        after.ended() ? PolicyRevision.NO_STAGE : after.stage()),
                onlyShares ? PolicyRevision.Change.WEIGHTS : PolicyRevision.Change.PUT,
                note);
    }

    private RolloutStep promotion(String service, String winner, String loser, ChangeNote note) {
        TrafficPolicy policy = policies.currentOrDefault(service).policy();
        Map<String, Weight> all = new LinkedHashMap<>();
        all.put(loser, Weight.NONE);
        all.put(winner, Weight.ALL);
        return new RolloutStep(
                new AskedPolicy(policy.withSplitting(new Splitting.Weighted(all)), Optional.empty()),
                PolicyRevision.Change.PUT,
                note);
    }

    private void settled(RolloutBook next, Outcome outcome) {
        switch (outcome) {
            case Outcome.Committed(long revision) -> books.put(next.service(), next.seenAt(revision));
            case Outcome.Refused refused -> throw refused.asChangedByAnother();
        }
    }

    /** What a webhook answered, while another answer is waited for, is told by the rollout itself. */
    private static boolean sameStanding(Rollout before, Rollout after) {
        boolean samePhase = (before.phase() instanceof Phase.Asking asked && after.phase() instanceof Phase.Asking asks)
                ? asked.behind() == asks.behind() && failing(asked) == failing(asks)
                : before.phase().equals(after.phase());
        return samePhase && before.weight().equals(after.weight()) && before.stage() == after.stage();
    }

    private static boolean failing(Phase.Asking asking) {
        return asking.open().filter(call -> call.asked() > 0).isPresent();
    }

    private static boolean isBad(Verdict verdict) {
        return verdict instanceof Verdict.EnvironmentBad;
    }

    private static String told(Rollout rollout) {
        return "rollout " + rollout.number() + " of " + rollout.plan().candidate() + " "
                + RolloutPicture.phase(rollout.phase()).words() + " at " + rollout.weight();
    }
}
