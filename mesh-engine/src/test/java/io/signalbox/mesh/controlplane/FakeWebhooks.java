package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.CanaryWebhook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Webhooks that keep what they were asked, and answer when a test says so. */
final class FakeWebhooks implements WebhookSender {

    final List<Letter> letters = new ArrayList<>();
    private final Deque<CompletableFuture<Answer>> waiting = new ArrayDeque<>();
    boolean refuses;

    @Override
    public CompletableFuture<Answer> send(Letter letter) {
        letters.add(letter);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.add(answer);
        return answer;
    }

    @Override
    public Optional<Refusal> refusal(CanaryWebhook webhook) {
        return refuses ? Optional.of(new Refusal("url", webhook.url().toString(), "none")) : Optional.empty();
    }

    /** To the oldest question that has no answer. */
    void agree() {
        waiting.remove().complete(new Answer(true, "answered 200 in 3 ms"));
    }

    void fail() {
        waiting.remove().complete(new Answer(false, "answered 503 in 3 ms"));
    }

    /** The newest question. */
    Letter newest() {
        return letters.getLast();
    }
}
