package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.canary.rollout.WebhookCall;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutPhase;
import java.util.List;

/**
 * What a webhook is told, as JSON.
 *
 * @param id of the question, the same whenever it is put again
 * @param attempt counted from 1
 * @param rollout its number
 * @param step at which it stands, counted from 1; 0 before the first
 * @param phase where it stands
 * @param weight what the candidate gets
 * @param next what it gets if the webhook agrees; or what it has got, when it has happened
 * @param by in whose name it goes on or has ended
 */
record WebhookLetter(
        String id,
        int attempt,
        String webhook,
        String when,
        String service,
        long rollout,
        String stable,
        String candidate,
        int step,
        int steps,
        RolloutPhase phase,
        int weight,
        int next,
        String by,
        String why,
        String startedBy,
        String reason) {

    /** The question before a rollout goes on. */
    static WebhookSender.Letter asking(
            String service, Rollout rollout, Phase.Asking asking, WebhookCall call, CanaryWebhook webhook) {
        String id = service + "/" + rollout.number() + "/" + webhook.when().wireName() + "/" + (rollout.step() + 1)
                + "/" + webhook.name() + "/" + asking.since().toEpochMilli();
        return letter(
                service,
                rollout,
                webhook,
                id,
                call.asked() + 1,
                next(rollout, asking),
                asking.why().by(),
                asking.why().reason());
    }

    /** What has become of it. */
    static WebhookSender.Letter ended(
            String service, Rollout rollout, Phase.Ended end, CanaryWebhook webhook, int attempt) {
        return letter(
                service,
                rollout,
                webhook,
                service + "/" + rollout.number() + "/" + webhook.when().wireName() + "/" + webhook.name(),
                attempt,
                rollout.weight(),
                end.note().by(),
                end.note().reason());
    }

    private static WebhookSender.Letter letter(
            String service,
            Rollout rollout,
            CanaryWebhook webhook,
            String id,
            int attempt,
            Weight next,
            String by,
            String why) {
        WebhookLetter letter = new WebhookLetter(
                id,
                attempt,
                webhook.name(),
                webhook.when().wireName(),
                service,
                rollout.number(),
                rollout.plan().stable(),
                rollout.plan().candidate(),
                rollout.step() + 1,
                rollout.steps().size(),
                RolloutPicture.phase(rollout.phase()),
                rollout.weight().percent(),
                next.percent(),
                by,
                why,
                rollout.asked().by(),
                rollout.asked().reason());
        return new WebhookSender.Letter(webhook, id, Json.text(letter));
    }

    private static Weight next(Rollout rollout, Phase.Asking asking) {
        List<CanaryStep> steps = rollout.steps();
        int next = rollout.step() + 1;
        return switch (asking.behind()) {
            case PROMOTION -> Weight.ALL;
            case STEP -> next < steps.size() ? steps.get(next).weight() : rollout.weight();
        };
    }
}
