package io.signalbox.mesh.proxy.io;

import io.signalbox.mesh.time.Nanos;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import io.signalbox.mesh.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that serves many sockets. Whatever belongs to a loop is touched by its thread alone, so nothing on the way
 * of a request needs a lock; other threads hand work over with {@link #execute}.
 *
 * <p>The deadlines of connections are looked at a few times a second: they end what hangs, and time nothing finely. What
 * is to happen at a moment is given to {@link #after}.
 */
public final class EventLoop implements Executor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);
    private static final long SWEEP_NANOS = 100_000_000;
    private static final long MILLI = 1_000_000;

    private final Selector selector;
    private final EventTime.LoopThread thread;
    private final EventTime time;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Set<Wire> wires = new HashSet<>();
    private final ArrayDeque<Wire> unflushed = new ArrayDeque<>();
    private final List<Runnable> afterOthers = new ArrayList<>();
    private final Turnstile turnstile = new Turnstile();
    private final Timers timers = new Timers();
    private final BufferPool buffers = new BufferPool();
    private final byte[] readArray = new byte[BufferPool.SIZE];
    private final ByteBuffer readBuffer = ByteBuffer.wrap(readArray);
    private final Consumer<SelectionKey> ready = this::ready;
    private long nextSweep;
    private volatile boolean closing;

    public EventLoop(String name, Ticker ticker) {
        time = EventTime.of(ticker);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nextSweep = time.nanos();
        thread = new EventTime.LoopThread(name, time, this::serve);
    }

    public void start() {
        thread.start();
    }

    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Runs the task on the loop's thread: at once when that is the caller's, else soon. */
    public void run(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** Runs the task on the loop's thread after what it does now. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!isCurrent() && woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /**
     * Runs the task so long after the present event, to the millisecond. Call it, and what it gives, on the loop's thread.
     */
    public Cancellable after(Duration delay, Runnable task) {
        long now = time.nanos();
        return timers.add(now, Nanos.ahead(now, delay), task);
    }

    /** How many tasks wait for their time. Call on the loop's thread. */
    public int waiting() {
        return timers.count();
    }

    /** What that wire gathers is sent at the end of the loop's present turn. */
    void flushSoon(Wire wire) {
        unflushed.add(wire);
    }

    /** Whether the wire may begin something new in this turn; if not, it is told to go on in a later one. */
    boolean admits(Wire wire) {
        return turnstile.admits(wire);
    }

    /** Runs the task once the other sockets have had their turn. Call on the loop's thread. */
    void afterOthers(Runnable task) {
        afterOthers.add(task);
    }

    /** When the present event began. */
    public long nanos() {
        return time.nanos();
    }

    public BufferPool buffers() {
        return buffers;
    }

    /** Where one read goes before it is looked at; holds nothing from one event to the next. */
    byte[] readArray() {
        return readArray;
    }

    /** The same array, empty. */
    ByteBuffer readBuffer() {
        return readBuffer.clear();
    }

    SelectionKey register(SelectableChannel channel, int interest, Ready ready) throws IOException {
        return channel.register(selector, interest, ready);
    }

    void added(Wire wire) {
        wires.add(wire);
    }

    void removed(Wire wire) {
        wires.remove(wire);
    }

    /** Closes every socket and ends the thread; waits for it. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try {
            while (!closing) {
                turnstile.newTurn();
                select();
                woken.set(false);
                letBegin();
                tasks.addAll(afterOthers);
                afterOthers.clear();
                runTasks();
                // Before the timers: no try is over before its request was sent.
                flushAll();
                thread.nextEvent();
                long now = time.nanos();
                runTimers(now);
                sweep(now);
                flushAll();
            }
            List.copyOf(wires).forEach(Wire::close);
            runTasks();
            selector.close();
        } catch (IOException | ClosedSelectorException e) {
            log.error("An event loop ended", e);
        }
    }

    private void select() throws IOException {
        boolean mayWait = tasks.isEmpty() && afterOthers.isEmpty() && turnstile.isEmpty();
        thread.nextEvent();
        long pause = mayWait ? timers.untilNext(time.nanos(), SWEEP_NANOS) : 0;
        if (pause > 0) {
            selector.select(ready, (pause + MILLI - 1) / MILLI);
        } else {
            selector.selectNow(ready);
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            // Closed by what an event before it in this turn led to.
            return;
        }
        Ready target = (Ready) key.attachment();
        thread.nextEvent();
        try {
            target.ready(key.readyOps());
        } catch (RuntimeException | StackOverflowError e) {
            log.error("A connection could not be served", e);
            giveUp(target);
        }
    }

    private static void giveUp(Ready target) {
        try {
            target.failed(new IOException("the connection could not be served"));
        } catch (RuntimeException e) {
            log.error("A connection did not end cleanly", e);
        }
    }

    private void letBegin() {
        for (Wire wire = turnstile.next(); wire != null; wire = turnstile.next()) {
            thread.nextEvent();
            try {
                wire.goOn();
            } catch (RuntimeException | StackOverflowError e) {
                log.error("A connection could not be served", e);
                giveUp(wire);
            }
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            attempt(task);
        }
    }

    private void runTimers(long now) {
        for (Runnable task = timers.nextDue(now); task != null; task = timers.nextDue(now)) {
            attempt(task);
        }
    }

    private void attempt(Runnable task) {
        thread.nextEvent();
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("A task failed", e);
        }
    }

    private void flushAll() {
        for (Wire wire = unflushed.poll(); wire != null; wire = unflushed.poll()) {
            try {
                wire.flushNow();
            } catch (RuntimeException e) {
                log.error("A connection could not be written to", e);
                giveUp(wire);
            }
        }
    }

    private void sweep(long now) {
        if (now - nextSweep < 0) {
            return;
        }
        nextSweep = now + SWEEP_NANOS;
        List<Wire> overdue = null;
        for (Wire wire : wires) {
            if (wire.isOverdue(now)) {
                overdue = overdue == null ? new ArrayList<>() : overdue;
                overdue.add(wire);
            }
        }
        if (overdue != null) {
            overdue.forEach(EventLoop::expire);
        }
    }

    private static void expire(Wire wire) {
        try {
            wire.expire();
        } catch (RuntimeException | StackOverflowError e) {
            log.error("A deadline could not be kept", e);
            giveUp(wire);
        }
    }

    /** What a key of the selector leads to. */
    interface Ready {

        void ready(int operations);

        /** Serving it has failed. */
        void failed(IOException failure);
    }
}
