package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.canary.rollout.WebhookCall;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks of rollouts that have ended: what is to be told is written with the end, under
 * {@code notice/SERVICE/NUMBER/WEBHOOK}, and taken off when it was taken or tried often enough. For one thread.
 */
final class WebhookNotices {

    private static final Logger log = LoggerFactory.getLogger(WebhookNotices.class);
    private static final String KEYS = "notice/";
    private static final Duration READ = Duration.ofSeconds(2);

    private final Store store;
    private final WebhookSender sender;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Map<String, CompletableFuture<WebhookSender.Answer>> underWay = new HashMap<>();

    /** What could not be read, which is said once. */
    private final Set<String> unreadable = new HashSet<>();

    private long readNanos;
    private boolean read;

    WebhookNotices(Store store, WebhookSender sender, Ticker ticker, InstantSource clock) {
        this.store = store;
        this.sender = sender;
        this.ticker = ticker;
        this.clock = clock;
    }

    /**
     * What is kept of one.
     *
     * @param asked how often it was tried
     * @param next when it is tried again
     */
    record Stored(String service, StoredRollout rollout, String webhook, int asked, Instant next) {}

    private record Due(Stored stored, Rollout rollout) {

        static Due of(Stored stored) {
            return new Due(stored, stored.rollout().entry().rollout());
        }
    }

    /** What writes down who is to be told of an end. */
    static Transaction due(String service, RolloutBook.Entry ended) {
        Transaction due = Transaction.EMPTY;
        for (CanaryWebhook webhook : told(ended.rollout())) {
            String key = KEYS + service + "/" + Serial.of(ended.rollout().number()) + "/" + webhook.name();
            Instant at = RolloutPicture.at(ended.rollout().phase()).orElse(Instant.EPOCH);
            Stored stored = new Stored(service, StoredRollout.of(service, ended), webhook.name(), 0, at);
            due = due.put(key, Json.text(stored));
        }
        return due;
    }

    private static List<CanaryWebhook> told(Rollout rollout) {
        return switch (rollout.phase()) {
            case Phase.Promoted _ -> rollout.plan().terms().webhooks(CanaryWebhook.When.PROMOTED);
            case Phase.RolledBack _ -> rollout.plan().terms().webhooks(CanaryWebhook.When.ROLLBACK);
            case Phase.Queued _, Phase.Underway _, Phase.Paused _, Phase.Decided _, Phase.Withdrawn _, Phase.Failed _ ->
                List.of();
        };
    }

    /** @param fence on what the leader's writes are conditional */
    void look(Transaction fence) {
        long now = ticker.nanos();
        boolean answered = underWay.values().stream().anyMatch(CompletableFuture::isDone);
        if (read && !answered && now - readNanos < READ.toNanos()) {
            return;
        }
        read = true;
        readNanos = now;
        Set<String> there = new HashSet<>();
        for (StoreEntry entry : store.range(KeyRange.prefix(KEYS))) {
            there.add(entry.key());
            read(entry).ifPresent(due -> look(entry, due, fence));
        }
        underWay.keySet().retainAll(there);
        unreadable.retainAll(there);
    }

    /** One that cannot be read keeps nobody else from being told. */
    private Optional<Due> read(StoreEntry entry) {
        try {
            return Optional.of(StoredJson.read(entry, Stored.class, Due::of));
        } catch (RuntimeException e) {
            if (unreadable.add(entry.key())) {
                log.warn("{}: nobody is told: {}", entry.key(), e.toString());
            }
            return Optional.empty();
        }
    }

    private void look(StoreEntry entry, Due due, Transaction fence) {
        CompletableFuture<WebhookSender.Answer> answer = underWay.get(entry.key());
        Stored stored = due.stored();
        Rollout rollout = due.rollout();
        Optional<CanaryWebhook> webhook = rollout.plan().terms().webhook(stored.webhook());
        if (webhook.isEmpty() || !(rollout.phase() instanceof Phase.Ended end)) {
            write(fence.when(entry.key(), entry.modified()).delete(entry.key()));
        } else if (answer == null) {
            if (!clock.instant().isBefore(stored.next())) {
                underWay.put(
                        entry.key(),
                        sender.send(WebhookLetter.ended(
                                stored.service(), rollout, end, webhook.get(), stored.asked() + 1)));
            }
        } else if (answer.isDone()) {
            underWay.remove(entry.key());
            write(answered(entry, stored, webhook.get(), answer.join(), fence));
        }
    }

    private Transaction answered(
            StoreEntry entry, Stored stored, CanaryWebhook webhook, WebhookSender.Answer answer, Transaction fence) {
        Transaction write = fence.when(entry.key(), entry.modified());
        if (answer.agrees()) {
            return write.delete(entry.key());
        }
        if (stored.asked() >= webhook.retries()) {
            log.warn(
                    "{}: webhook {} was not told of the end of rollout {}: it {}",
                    stored.service(),
                    webhook.name(),
                    stored.rollout().number(),
                    answer.said());
            return write.delete(entry.key());
        }
        Instant next = clock.instant().plus(WebhookCall.pause(stored.asked()));
        return write.put(
                entry.key(),
                Json.text(new Stored(stored.service(), stored.rollout(), stored.webhook(), stored.asked() + 1, next)));
    }

    private void write(Transaction write) {
        switch (store.commit(write)) {
            case Outcome.Committed _ -> {}
            case Outcome.Refused refused -> log.debug("Another control plane was first: {}", refused);
        }
    }
}
