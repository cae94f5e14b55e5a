package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.Inquiry;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.Tap;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Server-sent events. Each stream is written by the thread that serves its request; a caller that reads slowly gets
 * the newest snapshot next, and nothing is queued for it.
 */
final class Streams {

    /** How long a stream stays silent at most: a comment then tells both ends that the other is there. */
    static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int EVENTS_AT_ONCE = 500;

    private final Surroundings surroundings;

    Streams(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The last id that the caller saw, from {@code Last-Event-ID}. */
    static EventId lastSeen(Call call) {
        return call.header("Last-Event-ID").map(EventId::parse).orElse(EventId.NONE);
    }

    /** Each holds all there is to know, so whoever comes back is told the newest. */
    void snapshots(OutputStream out, EventId seen) throws IOException, InterruptedException {
        Semaphore news = new Semaphore(1);
        // What is told is sent: asking for the newest would draw one more for each stream.
        AtomicReference<MeshSnapshot> told = new AtomicReference<>();
        Runnable leave = surroundings.controlPlane().subscribe(snapshot -> {
            told.set(snapshot);
            news.release();
        });
        try {
            told.compareAndSet(null, surroundings.controlPlane().snapshot());
            long sent = seen.isOf(run()) ? seen.sequence() : 0;
            while (await(news, out)) {
                MeshSnapshot snapshot = told.getAndSet(null);
                if (snapshot != null && snapshot.sequence() > sent) {
                    sent = snapshot.sequence();
                    send(out, "snapshot", sent, Json.text(snapshot));
                }
            }
        } finally {
            leave.run();
        }
    }

    /** A caller who has seen what is no longer held, or another control plane's, is told to load all anew. */
    void events(OutputStream out, EventId seen) throws IOException, InterruptedException {
        Semaphore news = new Semaphore(1);
        Runnable leave = surroundings.controlPlane().events().listen(_ -> news.release());
        try {
            EventLog log = surroundings.controlPlane().events();
            long sent = seen.sequence();
            if (!seen.isNone() && !(seen.isOf(run()) && log.follows(sent))) {
                sent = log.lastSequence();
                reload(out, sent);
            }
            while (await(news, out)) {
                List<RecordedEvent> fresh = log.next(sent, EVENTS_AT_ONCE);
                while (!fresh.isEmpty()) {
                    for (RecordedEvent event : fresh) {
                        sent = event.sequence();
                        send(out, "event", sent, Json.text(event));
                    }
                    fresh = log.next(sent, EVENTS_AT_ONCE);
                }
            }
        } finally {
            leave.run();
        }
    }

    /** A caller that reads slowly misses requests, as does one that is sent too many; both are told how many. */
    void requests(OutputStream out, EventId seen, RequestFilter filter) throws IOException, InterruptedException {
        long sent = 0;
        Semaphore news = new Semaphore(0);
        Inquiry inquiry = surroundings.controlPlane().requests();
        Tap tap = inquiry.tap(filter);
        Runnable leave = inquiry.listen(news::release);
        try {
            if (!seen.isNone()) {
                // Nothing is queued for a tap: what ended meanwhile is among the newest that are held.
                reload(out, sent);
            }
            while (await(news, out, tap::owes)) {
                Tap.Batch batch = tap.next();
                if (batch.dropped() > 0) {
                    write(out, "event: dropped\ndata: {\"dropped\":" + batch.dropped() + "}\n\n");
                }
                if (batch.untold() > 0) {
                    write(out, "event: untold\ndata: {\"untold\":" + batch.untold() + "}\n\n");
                }
                if (batch.leftOut() > 0) {
                    write(out, "event: left-out\ndata: {\"leftOut\":" + batch.leftOut() + "}\n\n");
                }
                for (RequestLine request : batch.requests()) {
                    write(
                            out,
                            "event: request\nid: " + new EventId(run(), ++sent) + "\ndata: " + Json.text(request)
                                    + "\n\n");
                }
                out.flush();
            }
        } finally {
            leave.run();
        }
    }

    /** Waits for news; false when the server stops. */
    private boolean await(Semaphore news, OutputStream out) throws IOException, InterruptedException {
        return await(news, out, () -> false);
    }

    /** @param due whether a look without news does as well */
    private boolean await(Semaphore news, OutputStream out, BooleanSupplier due)
            throws IOException, InterruptedException {
        int looks = 0;
        while (surroundings.serving().getAsBoolean()) {
            if (news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
                return true;
            }
            if (due.getAsBoolean()) {
                return true;
            }
            if (++looks % (KEEP_ALIVE.toMillis() / LOOK.toMillis()) == 0) {
                out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
        return false;
    }

    private void reload(OutputStream out, long sequence) throws IOException {
        send(out, "reload", sequence, "{\"sequence\":" + sequence + "}");
    }

    private String run() {
        return surroundings.controlPlane().run();
    }

    private void send(OutputStream out, String event, long sequence, String data) throws IOException {
        write(out, "event: " + event + "\nid: " + new EventId(run(), sequence) + "\ndata: " + data + "\n\n");
        out.flush();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
