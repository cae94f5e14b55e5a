package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.Experiment;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.canary.rollout.RolloutEvent;
import io.signalbox.mesh.canary.rollout.WrongPhaseException;
import io.signalbox.mesh.client.RolloutPlans;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.store.Transaction;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** How rollouts begin: at once, or when those before them have ended. Called under the lock of the {@link RolloutControl}. */
final class RolloutStarts {

    private final PolicyControl policies;
    private final Membership members;
    private final RolloutWriter writer;
    private final InstantSource clock;
    private final BooleanSupplier complete;
    private final WebhookSender webhooks;

    /** @param complete whether all instances had time to register since this control plane began */
    RolloutStarts(
            PolicyControl policies,
            Membership members,
            RolloutWriter writer,
            InstantSource clock,
            BooleanSupplier complete,
            WebhookSender webhooks) {
        this.webhooks = webhooks;
        this.policies = policies;
        this.members = members;
        this.writer = writer;
        this.clock = clock;
        this.complete = complete;
    }

    /** Begins one, or lets it wait. */
    RolloutWriter.Written asked(String service, RolloutRequest request, ChangeNote note) {
        RolloutBook book = writer.book(service);
        Optional<AbWinner> rule = ExperimentPlans.asked(policies.current(service), request);
        Splitting.Canary plan = rule.map(its -> compared(service, its)).orElseGet(() -> plan(service, request));
        Stream.concat(book.active().stream(), book.queue().stream())
                .map(RolloutBook.Entry::rollout)
                .filter(other -> other.plan().candidate().equals(plan.candidate()))
                .findFirst()
                .ifPresent(other -> {
                    throw new WrongPhaseException(
                            "number " + other.number() + " of " + plan.candidate() + " has not ended",
                            "rolls out another version");
                });
        Rollout waiting = Rollout.queued(book.last() + 1, plan, note, clock.instant());
        RolloutBook.Entry entry = new RolloutBook.Entry(
                request, rule.map(Experiment::of).map(waiting::comparing).orElse(waiting));
        RolloutBook with = book.queued(entry);
        if (with.next().filter(entry::equals).isEmpty()) {
            return writer.queue(with, entry, note);
        }
        requireSettled(service);
        return writer.apply(with, standing(service, entry), new RolloutEvent.Begun(plan));
    }

    /**
     * Begins the one whose turn has come. After a start of the control plane it waits until instances had time to register:
     * which of them run, and which version is stable, is not known before.
     */
    Optional<RolloutWriter.Written> next(RolloutBook book, Transaction fence) {
        return book.next()
                .filter(_ -> complete.getAsBoolean() && isSettled(book.service()))
                .map(entry -> writer.apply(book, standing(book.service(), entry), turn(book.service(), entry), fence));
    }

    /** A change that waits to be confirmed would stand with what is built on it. */
    void requireSettled(String service) {
        if (!isSettled(service)) {
            throw new WrongPhaseException(
                    "a change of the policy waits to be confirmed", "stands on a policy that stands");
        }
    }

    boolean isSettled(String service) {
        return !policies.waits(service);
    }

    private RolloutEvent turn(String service, RolloutBook.Entry entry) {
        try {
            boolean experiment = ExperimentPlans.asked(policies.current(service), entry.request())
                    .isPresent();
            if (entry.rollout().experiment().isPresent() || experiment) {
                AbWinner rule = entry.rollout()
                        .experiment()
                        .map(Experiment::rule)
                        .orElseThrow(() -> new InvalidValueException(
                                "abTest", "in the policy", "a canary, as when the rollout was asked for"));
                return new RolloutEvent.Begun(compared(service, rule));
            }
            return new RolloutEvent.Begun(possible(plans(service).planOfNow(entry.request())));
        } catch (InvalidValueException | UnknownNameException e) {
            return new RolloutEvent.Impossible(String.valueOf(e.getMessage()));
        }
    }

    /** An experiment follows a policy that is there already. */
    private RolloutBook.Entry standing(String service, RolloutBook.Entry entry) {
        Rollout rollout = entry.rollout();
        return rollout.experiment().isPresent()
                ? entry.with(rollout.inForceAs(policies.current(service).revision()))
                : entry;
    }

    private Splitting.Canary compared(String service, AbWinner rule) {
        return ExperimentPlans.plan(policies.current(service), rule, members.versions(service));
    }

    private Splitting.Canary plan(String service, RolloutRequest request) {
        return possible(plans(service).plan(request));
    }

    /** Refuses one that would stop at a webhook which cannot be asked. */
    private Splitting.Canary possible(Splitting.Canary plan) {
        for (CanaryWebhook webhook : plan.terms().webhooks()) {
            webhooks.refusal(webhook).ifPresent(why -> {
                throw new InvalidValueException(
                        "canary.webhooks." + webhook.name() + "." + why.field(), why.value(), why.expected());
            });
        }
        return plan;
    }

    private RolloutPlans plans(String service) {
        PolicyRevision now = policies.current(service);
        return new RolloutPlans(now.policy(), now.candidateWeight(), members.versions(service));
    }
}
