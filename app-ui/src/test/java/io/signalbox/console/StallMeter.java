package io.signalbox.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.application.Platform;

/**
 * Asks the FX thread for an answer again and again, from a thread of its own, and keeps how long the longest took; of the
 * waits that are longer than the bound also where the FX thread was.
 */
final class StallMeter implements AutoCloseable {

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int PAUSE_MILLIS = 5;
    private static final int LOOK_MILLIS = 10;
    private static final int OWN_FRAMES = 4;
    private static final int TOP_FRAMES = 6;

    private final Thread watched;
    private final Duration bound;
    private final Thread asking =
            Thread.ofPlatform().daemon().name("stall-meter").unstarted(this::run);
    private volatile String phase = "before the first screen";

    @GuardedBy("this")
    private final Map<String, Wait> longest = new TreeMap<>();

    @GuardedBy("this")
    private final Map<String, Integer> places = new TreeMap<>();

    /**
     * One wait for the FX thread.
     *
     * @param cpuNanos what the FX thread computed meanwhile; the rest is collections, painting and other programs
     */
    record Wait(long nanos, long cpuNanos) {}

    /** @param watched the FX thread */
    StallMeter(Thread watched, Duration bound) {
        this.watched = watched;
        this.bound = bound;
    }

    void start() {
        asking.start();
    }

    /** What is done from now on, for the report. */
    void phase(String name) {
        phase = name;
    }

    /** The longest wait of each phase. */
    synchronized Map<String, Wait> longest() {
        return new TreeMap<>(longest);
    }

    /** Where the FX thread was found in waits over the bound, and how often. */
    synchronized Map<String, Integer> places() {
        return new TreeMap<>(places);
    }

    @Override
    public void close() {
        asking.interrupt();
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                ask();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        String during = phase;
        CountDownLatch answered = new CountDownLatch(1);
        long worked = CPU.getThreadCpuTime(watched.threadId());
        long asked = System.nanoTime();
        Platform.runLater(answered::countDown);
        if (!answered.await(bound.toNanos(), TimeUnit.NANOSECONDS)) {
            while (!answered.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look(during);
            }
        }
        Wait wait = new Wait(System.nanoTime() - asked, CPU.getThreadCpuTime(watched.threadId()) - worked);
        synchronized (this) {
            longest.merge(during, wait, (one, other) -> one.nanos() >= other.nanos() ? one : other);
        }
    }

    private synchronized void look(String during) {
        StackTraceElement[] stack = watched.getStackTrace();
        String own = Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith("io.signalbox"))
                .limit(OWN_FRAMES)
                .map(frame -> named(frame) + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" < "));
        String top =
                Arrays.stream(stack).limit(TOP_FRAMES).map(StallMeter::named).collect(Collectors.joining(" < "));
        places.merge(during + ": " + (own.isEmpty() ? top : own), 1, Integer::sum);
    }

    private static String named(StackTraceElement frame) {
        return frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }
}
