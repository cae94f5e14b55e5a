package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.CanaryWebhook;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Carries what is asked of webhooks, and brings what they answer. Safe from any thread; nothing of it waits. */
public interface WebhookSender {

    /**
     * One request.
     *
     * @param id of the question: the same whenever it is put again, also after a restart
     * @param body JSON
     */
    record Letter(CanaryWebhook webhook, String id, String body) {}

    /**
     * What came of it.
     *
     * @param said such as {@code answered 503 in 12 ms}
     */
    record Answer(boolean agrees, String said) {}

    /** Never fails: what went wrong is an answer that does not agree. Whoever gives it up cancels it. */
    CompletableFuture<Answer> send(Letter letter);

    /** Why this one can not be asked here; empty when it can. */
    Optional<Refusal> refusal(CanaryWebhook webhook);

    /** A part of a webhook that does not fit, and what is expected of it. */
    record Refusal(String field, String value, String expected) {}

    /** Of a control plane that may call nobody. */
    static WebhookSender none() {
        return new WebhookSender() {
            @Override
            public CompletableFuture<Answer> send(Letter letter) {
                return CompletableFuture.completedFuture(new Answer(false, "is not called: no host is allowed here"));
            }

            @Override
            public Optional<Refusal> refusal(CanaryWebhook webhook) {
                return Optional.of(new Refusal("url", webhook.url().toString(), "none: no host is allowed here"));
            }
        };
    }
}
