package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription to a control plane's snapshots on a thread of its own; connects again by itself, after a pause that
 * grows to {@link #LONGEST_PAUSE} with jitter.
 */
final class SnapshotStream implements MeshConnection.Subscription {

    private static final Logger log = LoggerFactory.getLogger(SnapshotStream.class);

    static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final HttpCalls http;
    private final MeshConnection.SnapshotListener listener;
    private final RandomGenerator jitter;
    private final Consumer<SnapshotStream> ended;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable InputStream open;
    private long lastSeen;
    private int failures;

    SnapshotStream(
            HttpCalls http,
            MeshConnection.SnapshotListener listener,
            RandomGenerator jitter,
            Consumer<SnapshotStream> ended) {
        this.http = http;
        this.listener = listener;
        this.jitter = jitter;
        this.ended = ended;
        this.thread = Thread.ofVirtual().name("snapshots").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        InputStream stream = open;
        if (stream != null) {
            closeQuietly(stream);
        }
        thread.interrupt();
        ended.accept(this);
    }

    private void run() {
        while (isOpen()) {
            String why = follow();
            if (!isOpen()) {
                return;
            }
            tell(() -> listener.disconnected(why));
            lastSeen = 0;
            if (!pause()) {
                return;
            }
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Reads one stream to its end; answers why it ended. */
    private String follow() {
        try (InputStream stream = http.stream("/api/v1/stream", lastSeen)) {
            open = stream;
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && isOpen(); line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    deliver(Json.read(line.substring("data:".length()).strip(), MeshSnapshot.class));
                }
            }
            return "the control plane ended the stream";
        } catch (MeshException | MalformedJsonException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            return "the connection broke: " + e.getMessage();
        } finally {
            open = null;
        }
    }

    private void deliver(MeshSnapshot snapshot) {
        failures = 0;
        lastSeen = snapshot.sequence();
        if (isOpen()) {
            tell(() -> listener.snapshot(snapshot));
        }
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("A listener failed", e);
        }
    }

    /** Waits before the next attempt; false when closed meanwhile. */
    private boolean pause() {
        long bound = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures++, 10));
        try {
            return !closed.await(bound / 2 + jitter.nextLong(bound / 2 + 1), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            log.debug("The stream was broken already", e);
        }
    }
}
