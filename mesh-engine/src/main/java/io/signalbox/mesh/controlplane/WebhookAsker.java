package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.canary.rollout.RolloutEvent;
import io.signalbox.mesh.canary.rollout.WebhookCall;
import io.signalbox.mesh.model.CanaryWebhook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Puts the questions of rollouts to webhooks, one a rollout at a time, and takes their answers when it is looked at. An answer
 * is kept until the rollout that has it is written. What is under way is known here alone: whoever comes after a crash puts
 * the question again. Called under the lock of the {@link RolloutControl}.
 */
final class WebhookAsker {

    private final WebhookSender sender;
    private final InstantSource clock;
    private final Map<String, Question> underWay = new HashMap<>();

    private record Question(
            long rollout, String webhook, Instant since, int failures, CompletableFuture<WebhookSender.Answer> answer) {

        boolean isOf(Rollout asked, Phase.Asking asking, WebhookCall call) {
            return rollout == asked.number()
                    && since.equals(asking.since())
                    && webhook.equals(call.webhook())
                    && failures == call.asked();
        }
    }

    WebhookAsker(WebhookSender sender, InstantSource clock) {
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * What was answered and is not written; otherwise asks whoever is to be asked by now.
     *
     * @param settled whether no change of the policy waits to be confirmed
     */
    Optional<RolloutEvent> look(String service, Rollout rollout, boolean settled) {
        Optional<WebhookCall> open = rollout.phase() instanceof Phase.Asking asking ? asking.open() : Optional.empty();
        if (open.isEmpty() || !(rollout.phase() instanceof Phase.Asking asking)) {
            forget(service);
            return Optional.empty();
        }
        WebhookCall call = open.get();
        Question question = underWay.get(service);
        if (question != null && !question.isOf(rollout, asking, call)) {
            forget(service);
            question = null;
        }
        if (question == null) {
            if (!clock.instant().isBefore(call.next())) {
                underWay.put(
                        service,
                        new Question(
                                rollout.number(),
                                call.webhook(),
                                asking.since(),
                                call.asked(),
                                ask(service, rollout, asking, call)));
            }
            return Optional.empty();
        }
        if (!question.answer().isDone()) {
            return Optional.empty();
        }
        WebhookSender.Answer answer = question.answer().join();
        return Optional.of(new RolloutEvent.WebhookAnswered(
                call.webhook(),
                asking.since(),
                answer.agrees() ? RolloutEvent.Answer.AGREES : RolloutEvent.Answer.FAILS,
                answer.said(),
                settled));
    }

    /** Gives up what is asked for a service. */
    void forget(String service) {
        Question question = underWay.remove(service);
        if (question != null) {
            question.answer().cancel(true);
        }
    }

    /** Gives up what is asked for any: somebody else asks now. */
    void forget() {
        underWay.values().forEach(question -> question.answer().cancel(true));
        underWay.clear();
    }

    private CompletableFuture<WebhookSender.Answer> ask(
            String service, Rollout rollout, Phase.Asking asking, WebhookCall call) {
        Optional<CanaryWebhook> webhook = rollout.plan().terms().webhook(call.webhook());
        return webhook.map(asked -> sender.send(WebhookLetter.asking(service, rollout, asking, call, asked)))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new WebhookSender.Answer(false, "is not in the policy any more")));
    }
}
