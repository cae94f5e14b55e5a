package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.canary.rollout.RolloutEvent;
import io.signalbox.mesh.canary.rollout.WrongPhaseException;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.store.ChangedByAnotherException;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rollouts of a mesh: begins them, looks at them some times a step, and moves them as the evidence says or somebody
 * asks. Safe from any thread; what is moved is told outside the lock.
 *
 * <p>A policy that somebody else changed is noticed before anything else is done, so a rollout never writes over it.
 */
public final class RolloutControl implements Following.Follower {

    private static final Logger log = LoggerFactory.getLogger(RolloutControl.class);
    private static final int ATTEMPTS = 10;
    private static final int FAILURES_A_ROUND = 3;

    private final PolicyControl policies;
    private final Ticker ticker;
    private final RolloutWatch watch = new RolloutWatch();
    private final RolloutStarts starts;
    private final RolloutWriter writer;
    private final Optional<SharedEvidence> evidence;
    private final WebhookNotices notices;

    @GuardedBy("this")
    private final WebhookAsker webhooks;

    /**
     * @param evidence of sidecars that other control planes have; empty where there are none
     * @param complete whether all instances had time to register since this control plane began
     */
    RolloutControl(
            PolicyControl policies,
            Membership members,
            RolloutWriter writer,
            Optional<SharedEvidence> evidence,
            Ticker ticker,
            InstantSource clock,
            BooleanSupplier complete,
            WebhookSender sender,
            WebhookNotices notices) {
        this.notices = notices;
        this.evidence = evidence;
        this.policies = policies;
        this.writer = writer;
        this.ticker = ticker;
        webhooks = new WebhookAsker(sender, clock);
        starts = new RolloutStarts(policies, members, writer, clock, complete, sender);
    }

    /** Of each service the one that goes on or ended last, then those that wait. */
    public List<RolloutStatus> list() {
        return writer.books().stream()
                .flatMap(book -> Stream.concat(book.current().stream(), book.queue().stream())
                        .map(entry -> writer.status(book.service(), entry.rollout())))
                .toList();
    }

    /** Those of a service that ended, newest first. */
    public List<RolloutStatus> history(String service) {
        return writer.ended(service).stream()
                .map(entry -> writer.status(service, entry.rollout()))
                .toList();
    }

    /** Begins a rollout at once, or lets it wait for its turn. */
    public RolloutStatus start(String service, RolloutRequest request, ChangeNote note) {
        return moved(service, () -> starts.asked(service, request, note));
    }

    /** @param number of the rollout that is meant; empty for whichever it is */
    public RolloutStatus pause(String service, OptionalLong number, ChangeNote note) {
        return moved(service, () -> {
            RolloutBook book = writer.book(service);
            return writer.apply(book, current(book, number), new RolloutEvent.PauseAsked(note));
        });
    }

    public RolloutStatus resume(String service, OptionalLong number, ChangeNote note) {
        return moved(service, () -> {
            RolloutBook book = writer.book(service);
            RolloutBook.Entry current = current(book, number);
            requireCanary(book, current.rollout());
            starts.requireSettled(service);
            return writer.apply(book, current, new RolloutEvent.ResumeAsked(note));
        });
    }

    public RolloutStatus promote(String service, OptionalLong number, ChangeNote note) {
        return moved(service, () -> {
            RolloutBook book = writer.book(service);
            RolloutBook.Entry current = current(book, number);
            starts.requireSettled(service);
            return writer.apply(book, current, new RolloutEvent.PromotionAsked(note));
        });
    }

    public RolloutStatus rollBack(String service, OptionalLong number, ChangeNote note) {
        return moved(service, () -> {
            RolloutBook book = writer.book(service);
            RolloutBook.Entry current = current(book, number);
            boolean there = canary(policies.standing(service))
                    .filter(current.rollout().plan()::sameVersions)
                    .isPresent();
            return writer.apply(
                    book, current, there ? new RolloutEvent.RollbackAsked(note) : new RolloutEvent.AbandonAsked(note));
        });
    }

    /** Takes one that waits out of the queue. */
    public RolloutStatus withdraw(String service, long number, ChangeNote note) {
        return moved(service, () -> {
            RolloutBook book = writer.book(service);
            RolloutBook.Entry waiting = book.queue().stream()
                    .filter(entry -> entry.rollout().number() == number)
                    .findFirst()
                    .orElseThrow(() -> new UnknownNameException(
                            "rollout that waits",
                            Long.toString(number),
                            book.queue().stream()
                                    .map(entry -> Long.toString(entry.rollout().number()))
                                    .toList()));
            return writer.apply(book, waiting, new RolloutEvent.RollbackAsked(note));
        });
    }

    /** Counts what one sidecar told of both versions of the rollouts that are under way. */
    void record(SidecarLink sidecar, SidecarReport report) {
        watch.record(sidecar, report, ticker.nanos());
    }

    /**
     * Looks at every rollout for which it is time; what cannot be written now is looked at again, and not for all of them.
     *
     * @param fence on what the leader's writes are conditional
     */
    void look(Transaction fence) {
        lookAll(fence);
        try {
            notices.look(fence);
        } catch (StoreException e) {
            log.debug("What is to be told of rollouts that ended waits", e);
        }
    }

    private void lookAll(Transaction fence) {
        int failed = 0;
        for (RolloutBook book : writer.books()) {
            if (failed == FAILURES_A_ROUND) {
                return;
            }
            String service = book.service();
            try {
                // what is due is seen before an answer: it may speak against the step that the answer would lead to
                looked(service, fence).ifPresent(this::tell);
                answered(service, fence).ifPresent(this::tell);
            } catch (StaleRevisionException e) {
                log.debug("{}: the policy was changed meanwhile", service, e);
            } catch (ChangedByAnotherException e) {
                log.debug("{}: another control plane was first", service, e);
                reload(service, e.key());
            } catch (StoreException e) {
                log.warn("{}: the rollout could not be moved yet: {}", service, e.getMessage());
                writer.reload(service);
                failed++;
            } catch (RuntimeException e) {
                log.error("{}: the rollout stands still", service, e);
            }
        }
    }

    private synchronized Optional<RolloutWriter.Written> looked(String service, Transaction fence) {
        RolloutBook book = writer.book(service);
        Optional<RolloutWriter.Written> written = noticed(book, fence);
        if (written.isEmpty()) {
            written = book.active().isEmpty()
                    ? starts.next(book, fence)
                    : book.active()
                            .flatMap(entry -> watch.take(service, entry.rollout(), ticker.nanos())
                                    .map(window -> judged(book, entry, window, fence)));
        }
        written.ifPresent(this::watchAnew);
        return written;
    }

    private synchronized Optional<RolloutWriter.Written> answered(String service, Transaction fence) {
        RolloutBook book = writer.book(service);
        if (book.active().isEmpty()) {
            webhooks.forget(service);
            return Optional.empty();
        }
        Optional<RolloutWriter.Written> written = noticed(book, fence);
        if (written.isEmpty()) {
            RolloutBook.Entry entry = book.active().get();
            written = webhooks.look(service, entry.rollout(), starts.isSettled(service))
                    .map(event -> writer.apply(book, entry, event, fence));
        }
        written.ifPresent(this::watchAnew);
        return written;
    }

    /** With what sidecars of other control planes saw; again, when one of those adds to it just then. */
    private RolloutWriter.Written judged(RolloutBook book, RolloutBook.Entry entry, Window window, Transaction fence) {
        return evidence.map(shared ->
                        shared.with(book.service(), entry.rollout(), window, all -> judgedBy(book, entry, all, fence)))
                .orElseGet(() -> judgedBy(book, entry, new SharedEvidence.Others(window, Transaction.EMPTY), fence));
    }

    private RolloutWriter.Written judgedBy(
            RolloutBook book, RolloutBook.Entry entry, SharedEvidence.Others all, Transaction fence) {
        return writer.apply(
                book,
                entry,
                starts.isSettled(book.service())
                        ? new RolloutEvent.Looked(all.window())
                        : new RolloutEvent.LookedHeld(all.window()),
                fence.and(all.taken()));
    }

    /** What somebody else made of the policy since the rollout put it in force. */
    @GuardedBy("this")
    private Optional<RolloutWriter.Written> noticed(RolloutBook book, Transaction fence) {
        PolicyRevision now = policies.currentOrDefault(book.service());
        return book.active()
                .filter(entry -> entry.rollout().revision() != now.revision())
                .map(entry -> {
                    Splitting.Canary plan = entry.rollout().plan();
                    Optional<Splitting.Canary> canary = ExperimentPlans.following(now, entry.rollout());
                    Weight weight = PolicyControl.weights(now).asked().getOrDefault(plan.candidate(), Weight.NONE);
                    // of a policy that was deleted nothing is in force that could tell who did it
                    ChangeNote by = now.written()
                            ? now.note()
                            : policies.history(book.service(), Long.MAX_VALUE, 1)
                                    .getFirst()
                                    .note();
                    RolloutEvent changed =
                            new RolloutEvent.PolicyChanged(now.revision(), canary, weight, now.stage(), by);
                    return writer.apply(book, entry, changed, fence);
                });
    }

    /** Moves a rollout once what others did is noticed; tries again when somebody changes the policy just then. */
    private RolloutStatus moved(String service, Moving moving) {
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<RolloutWriter.Written> noticed;
                synchronized (this) {
                    noticed = noticed(writer.book(service), Transaction.EMPTY);
                    noticed.ifPresent(this::watchAnew);
                }
                noticed.ifPresent(this::tell);
                RolloutWriter.Written written;
                synchronized (this) {
                    written = moving.move();
                    watchAnew(written);
                }
                tell(written);
                return writer.status(service, written.after());
            } catch (StaleRevisionException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (ChangedByAnotherException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                reload(service, e.key());
            } catch (StoreException e) {
                writer.reload(service);
                throw e;
            }
        }
    }

    private void tell(RolloutWriter.Written written) {
        written.driven().ifPresent(policies::announce);
        // once more: until now sidecars followed what was before
        watchAnew(written);
        writer.tell(written);
    }

    /** Where a rollout stands elsewhere than before, what was seen until now is no evidence of it. */
    private void watchAnew(RolloutWriter.Written written) {
        if (written.after().ended()) {
            watch.end(written.service());
        } else if (written.watchedAnew()) {
            watch.beginChanged(written.service(), written.after().plan(), ticker.nanos());
        }
    }

    /** What waits in the store when another control plane leads: what was seen here. */
    void share() {
        synchronized (this) {
            webhooks.forget();
        }
        for (RolloutBook book : writer.books()) {
            String service = book.service();
            if (book.active().isPresent()) {
                Rollout rollout = book.active().get().rollout();
                Optional<Window> seen = watch.take(service, rollout, ticker.nanos())
                        .filter(window ->
                                window.stable().requests() + window.candidate().requests() > 0);
                try {
                    seen.ifPresent(window -> evidence.ifPresent(shared -> shared.add(service, rollout, window)));
                } catch (StoreException e) {
                    log.debug("{}: what was seen meanwhile does not count", service, e);
                    return;
                }
            }
        }
    }

    /** Takes over what another control plane made of the rollouts of a service. */
    @Override
    public void written(StoreEntry entry) {
        RolloutBook after = RolloutJournal.read(entry);
        RolloutBook before;
        synchronized (this) {
            before = writer.book(after.service());
            writer.take(after);
        }
        if (before.seen() < after.seen()) {
            after.current()
                    .map(RolloutBook.Entry::rollout)
                    .ifPresent(now ->
                            tell(new RolloutWriter.Written(after.service(), before.of(now), now, Optional.empty())));
        }
    }

    private void reload(String service, String key) {
        if (key.startsWith(RolloutJournal.BOOKS)) {
            writer.reload(service);
        } else if (key.startsWith(PolicyJournal.HEADS)) {
            policies.reload(service);
        }
    }

    private RolloutBook.Entry current(RolloutBook book, OptionalLong number) {
        RolloutBook.Entry current = book.current()
                .orElseThrow(() -> new UnknownNameException(
                        "rollout",
                        book.service(),
                        writer.books().stream().map(RolloutBook::service).toList()));
        Rollout rollout = current.rollout();
        if (number.isPresent() && number.getAsLong() != rollout.number()) {
            throw new WrongPhaseException(
                    "number " + rollout.number() + " of " + rollout.plan().candidate(),
                    "has number " + number.getAsLong());
        }
        return current;
    }

    private void requireCanary(RolloutBook book, Rollout rollout) {
        if (!rollout.ended()
                && ExperimentPlans.following(policies.currentOrDefault(book.service()), rollout)
                        .isEmpty()) {
            String its = rollout.experiment().isPresent() ? "its A/B test with that rule" : "its canary";
            throw new WrongPhaseException(its + " is not in the policy any more", "can be resumed");
        }
    }

    private static Optional<Splitting.Canary> canary(PolicyRevision revision) {
        return revision.policy().splitting() instanceof Splitting.Canary canary
                ? Optional.of(canary)
                : Optional.empty();
    }

    /** Something that is done under the lock. */
    @FunctionalInterface
    private interface Moving {
        RolloutWriter.Written move();
    }
}
