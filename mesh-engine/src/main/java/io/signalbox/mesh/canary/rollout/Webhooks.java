package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.ChangeNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who is asked when, and what follows from an answer: pure functions. */
final class Webhooks {

    private Webhooks() {}

    /** What an answer makes of a rollout. */
    sealed interface After {}

    /** It is kept, and whatever follows from it may follow. */
    record Noted(Phase.Asking asking) implements After {}

    record RollBack(String why) implements After {}

    /** Nobody asked that any more. */
    record Stale() implements After {}

    static List<WebhookCall> toBeAsked(Rollout rollout, CanaryWebhook.When when, Instant now) {
        return rollout.plan().terms().webhooks(when).stream()
                .map(webhook -> WebhookCall.toBeAsked(webhook.name(), now))
                .toList();
    }

    /** After the step where it stands, if it stands at one, and before the next, if there is one. */
    static List<WebhookCall> betweenSteps(Rollout rollout, Instant now) {
        List<WebhookCall> calls = new ArrayList<>();
        if (rollout.step() >= 0) {
            calls.addAll(toBeAsked(rollout, CanaryWebhook.When.AFTER_STEP, now));
        }
        if (rollout.step() + 1 < rollout.steps().size()) {
            calls.addAll(toBeAsked(rollout, CanaryWebhook.When.BEFORE_STEP, now));
        }
        return calls;
    }

    /** The one step of blue/green is done only then. */
    static List<WebhookCall> beforePromotion(Rollout rollout, Instant now) {
        List<WebhookCall> calls = new ArrayList<>();
        if (rollout.plan().isAtOnce()) {
            calls.addAll(toBeAsked(rollout, CanaryWebhook.When.AFTER_STEP, now));
        }
        calls.addAll(toBeAsked(rollout, CanaryWebhook.When.BEFORE_PROMOTE, now));
        return calls;
    }

    static After after(Rollout rollout, RolloutEvent.WebhookAnswered answer, Instant now) {
        if (!(rollout.phase() instanceof Phase.Asking asking) || !asking.since().equals(answer.since())) {
            return new Stale();
        }
        Optional<WebhookCall> open = asking.open().filter(call -> call.webhook().equals(answer.webhook()));
        if (open.isEmpty()) {
            return new Stale();
        }
        WebhookCall call = open.get();
        Optional<CanaryWebhook> asked = rollout.plan().terms().webhook(call.webhook());
        if (asked.isEmpty()) {
            return new Noted(asking.with(call.ignored("is not in the policy any more")));
        }
        return switch (answer.answer()) {
            case AGREES -> new Noted(asking.with(call.agreed(answer.said())));
            case FAILS -> failed(asking, call, asked.get(), answer.said(), now);
        };
    }

    private static After failed(
            Phase.Asking asking, WebhookCall call, CanaryWebhook webhook, String said, Instant now) {
        if (call.asked() < webhook.retries()) {
            return new Noted(asking.with(call.again(said, now.plus(WebhookCall.pause(call.asked())))));
        }
        return switch (webhook.onFailure()) {
            case HOLD -> new Noted(asking.with(call.again(said, now.plus(WebhookCall.LONGEST_PAUSE))));
            case IGNORE -> new Noted(asking.with(call.ignored(said)));
            case ROLL_BACK -> new RollBack("webhook " + call.webhook() + " " + said);
        };
    }

    /** Why it goes on: the verdict's word, and what each webhook said. */
    static ChangeNote note(Phase.Asking asking) {
        String said = asking.calls().stream()
                .map(call -> "webhook " + call.webhook() + " " + call.said()
                        + (call.state() == WebhookCall.State.IGNORED ? ", which is ignored" : ""))
                .collect(Collectors.joining("; "));
        String why = asking.why().reason();
        return RolloutMachine.note(asking.why().by(), why.isEmpty() ? said : why + "; " + said);
    }
}
