package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription to a control plane's server-sent events on a thread of its own; connects again by itself, after a pause
 * that grows to {@link #LONGEST_PAUSE} with jitter.
 */
final class EventStream implements MeshConnection.Subscription {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** Characters of one line, which holds all that one event says. */
    private static final int LONGEST_LINE = 32 << 20;

    static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How often it is looked whether anything came. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Supplier<HttpCalls> http;
    private final Reader reader;
    private final RandomGenerator jitter;
    private final Consumer<EventStream> ended;
    private final Duration look;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable InputStream open;
    private int failures;

    /** Whether a reader failed, which is said once. */
    private boolean failing;

    /** @param http asked at each attempt to connect */
    EventStream(Supplier<HttpCalls> http, Reader reader, RandomGenerator jitter, Consumer<EventStream> ended) {
        this(http, reader, jitter, ended, LOOK);
    }

    /** @param look how often it is looked whether anything came */
    EventStream(
            Supplier<HttpCalls> http,
            Reader reader,
            RandomGenerator jitter,
            Consumer<EventStream> ended,
            Duration look) {
        this.http = http;
        this.reader = reader;
        this.jitter = jitter;
        this.ended = ended;
        this.look = look;
        this.thread = Thread.ofVirtual().name(reader.name()).unstarted(this::run);
    }

    /** What is read, and who reads it. Called on the stream's thread. */
    interface Reader {

        /** Of the thread. */
        String name();

        String path();

        /** What the pause between two attempts to connect grows to. */
        default Duration longestPause() {
            return LONGEST_PAUSE;
        }

        /** The id of the last event that was read on this connection; 0 for none. */
        long lastSeen();

        /** @param data what it says, which is read before this returns */
        void event(String name, java.io.Reader data) throws IOException;

        /** How long nothing more is read after the last event; what comes meanwhile waits at the sender. */
        default Duration rest() {
            return Duration.ZERO;
        }

        /** After how long without a byte nobody is believed to be there any more: three comments that did not come. */
        default Duration silence() {
            return Duration.ofSeconds(30);
        }

        void disconnected(String why);
    }

    /** One that reads events which are short, each as a whole. */
    interface TextReader extends Reader {

        void event(String name, String data);

        @Override
        default void event(String name, java.io.Reader data) throws IOException {
            event(name, data.readAllAsString().strip());
        }
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        reconnect();
        thread.interrupt();
        ended.accept(this);
    }

    /** Lets go of the connection that is open, if one is, and connects again. */
    void reconnect() {
        InputStream stream = open;
        if (stream != null) {
            closeQuietly(stream);
        }
    }

    private void run() {
        while (isOpen()) {
            String why = follow();
            if (!isOpen()) {
                return;
            }
            tell(() -> reader.disconnected(why));
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
        CountDownLatch over = new CountDownLatch(1);
        try (HeardStream stream = new HeardStream(http.get().stream(reader.path(), reader.lastSeen()), patience())) {
            open = stream;
            Thread.ofVirtual().name(reader.name() + "-silence").start(() -> watch(stream, over));
            BoundedLines lines = new BoundedLines(new InputStreamReader(stream, StandardCharsets.UTF_8), LONGEST_LINE);
            String name = "";
            while (lines.next() && isOpen()) {
                switch (lines.before(':')) {
                    case "event" -> name = lines.rest().readAllAsString().strip();
                    case "data" -> deliver(name, lines.rest());
                    default -> {
                        // Comments, and what a later control plane may tell.
                    }
                }
            }
            return "the control plane ended the stream";
        } catch (MeshException | MalformedJsonException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            return "the connection broke: " + e.getMessage();
        } catch (RuntimeException | Error e) {
            // Whatever it was: a stream that ends here would never be read again.
            if (!failing) {
                failing = true;
                log.error("{}: what came could not be taken; it is asked for again", reader.name(), e);
            }
            return "what came could not be taken: " + e;
        } finally {
            open = null;
            over.countDown();
        }
    }

    /** In looks, with chance in it, so that not all who hear nothing connect again at once. */
    private int patience() {
        long looks = reader.silence().dividedBy(look);
        return Math.toIntExact(looks + jitter.nextLong(looks / 4 + 1));
    }

    private void watch(HeardStream stream, CountDownLatch over) {
        try {
            boolean silent = false;
            while (!silent && !over.await(look.toNanos(), TimeUnit.NANOSECONDS)) {
                silent = stream.look();
            }
        } catch (IOException e) {
            log.debug("The stream was broken already", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(String name, java.io.Reader data) throws IOException {
        if (isOpen()) {
            reader.event(name, data);
            failures = 0;
            failing = false;
            boolean _ = closedWithin(reader.rest());
        }
    }

    /** Calls a listener; what fails there does not end the stream. */
    static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            log.error("A listener failed", e);
        }
    }

    /** Waits before the next attempt; false when closed meanwhile. */
    private boolean pause() {
        long bound = Math.min(reader.longestPause().toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures++, 10));
        return !closedWithin(Duration.ofMillis(bound / 2 + jitter.nextLong(bound / 2 + 1)));
    }

    private boolean closedWithin(Duration pause) {
        try {
            return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
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
