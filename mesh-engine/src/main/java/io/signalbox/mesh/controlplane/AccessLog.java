package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.SeenCalls;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.metrics.AccessInterval;
import io.signalbox.mesh.model.AccessDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What sidecars made of calls by their policies: alike ones are one entry with a number, and {@value #MOST} entries are kept,
 * those that were seen last. Safe from any thread.
 */
final class AccessLog {

    static final int MOST = 1_000;

    /** Alike denials are announced at once, and then no oftener than that. */
    static final Duration BETWEEN_EVENTS = Duration.ofMinutes(1);

    /** Denials of one service that are announced at a time; the others wait, or nobody would see any other event. */
    static final int MOST_EVENTS = 4;

    @GuardedBy("this")
    private final Map<Key, Entry> entries = new HashMap<>();

    private record Key(
            String service, String source, @Nullable String identity, AccessDecision decision, String rule) {}

    private static final class Entry {
        private final Instant first;
        private SeenCalls calls;
        private long untold;
        private @Nullable Instant told;

        Entry(SeenCalls calls) {
            this.first = calls.first();
            this.calls = calls;
        }
    }

    synchronized void record(String service, String instance, List<AccessInterval> counted, Instant now) {
        for (AccessInterval interval : counted) {
            Key key = new Key(service, interval.source(), interval.identity(), interval.decision(), interval.rule());
            Entry entry = entries.get(key);
            long before = entry == null ? 0 : entry.calls.count();
            SeenCalls calls = new SeenCalls(
                    service,
                    interval.source(),
                    interval.identity(),
                    interval.decision(),
                    interval.rule(),
                    instance,
                    interval.method(),
                    interval.path(),
                    before + interval.count(),
                    entry == null ? now : entry.first,
                    now);
            if (entry == null) {
                makeRoom();
                entry = new Entry(calls);
                entries.put(key, entry);
            }
            entry.calls = calls;
            entry.untold += interval.count();
        }
    }

    /** The latest first. */
    synchronized List<SeenCalls> latestFirst() {
        return entries.values().stream()
                .map(entry -> entry.calls)
                .sorted(Comparator.comparing(SeenCalls::last)
                        .reversed()
                        .thenComparing(SeenCalls::service)
                        .thenComparing(SeenCalls::source)
                        .thenComparing(SeenCalls::rule))
                .toList();
    }

    /** What is to be said of denials now; each is handed out once. */
    synchronized List<MeshEvent> untold(Instant now) {
        List<MeshEvent> events = new ArrayList<>();
        Map<String, Integer> announced = new HashMap<>();
        for (Entry entry : entries.values()) {
            Instant told = entry.told;
            boolean due = told == null || !now.isBefore(told.plus(BETWEEN_EVENTS));
            if (entry.calls.decision() != AccessDecision.ALLOWED
                    && entry.untold > 0
                    && due
                    && announced.merge(entry.calls.service(), 1, Integer::sum) <= MOST_EVENTS) {
                SeenCalls calls = entry.calls;
                events.add(new MeshEvent.CallsDenied(
                        calls.service(), calls.source(), calls.decision(), calls.rule(), entry.untold));
                entry.untold = 0;
                entry.told = now;
            }
        }
        return events;
    }

    @GuardedBy("this")
    private void makeRoom() {
        if (entries.size() >= MOST) {
            entries.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().calls.last()))
                    .map(Map.Entry::getKey)
                    .ifPresent(entries::remove);
        }
    }
}
