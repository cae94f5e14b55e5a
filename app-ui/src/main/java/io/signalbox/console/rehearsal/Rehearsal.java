package io.signalbox.console.rehearsal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.console.shell.Opening;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a screen be made on the FX thread only after it has been gone through once on a thread of its own, and then in
 * steps with a pulse between them. What a first opening costs is loading and linking thousands of classes, reading
 * sheets and texts, and running all that in the interpreter.
 *
 * <p>A screen that somebody waits for is next; the others follow once {@link #goOn} was called, and while
 * none is being opened. One that cannot be gone through is let pass: then its first opening is slow, and nothing else. Safe
 * from any thread.
 */
public final class Rehearsal implements Opening, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

    /** Between two steps, so that the window is drawn and hears its keys. */
    private static final Duration PULSE = Duration.ofMillis(20);

    /** Longer nobody waits for a rehearsal: then the screen is made without. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<Consumer<ScreenId>> play;
    private final Executor fx;
    private final Scheduler scheduler;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("console-rehearsal").unstarted(this::run);

    @GuardedBy("this")
    private final Deque<ScreenId> line = new ArrayDeque<>();

    @GuardedBy("this")
    private final Set<ScreenId> known = EnumSet.noneOf(ScreenId.class);

    @GuardedBy("this")
    private final Map<ScreenId, List<Runnable>> waiting = new EnumMap<>(ScreenId.class);

    /** Screens that somebody opens, until they are there: their steps have the processor to themselves. */
    @GuardedBy("this")
    private int coming;

    @GuardedBy("this")
    private boolean open = true;

    /**
     * A rehearsal that begins when a screen is asked for.
     *
     * @param play makes, on the thread that rehearses, what goes through one screen
     * @param fx runs a task on the FX thread
     * @param scheduler runs its tasks on the FX thread
     */
    public Rehearsal(Supplier<Consumer<ScreenId>> play, Executor fx, Scheduler scheduler) {
        this.play = play;
        this.fx = fx;
        this.scheduler = scheduler;
    }

    /** Goes through all other screens as well, one after the other. */
    public synchronized void goOn() {
        for (ScreenId screen : ScreenId.values()) {
            if (!known.contains(screen) && !line.contains(screen)) {
                line.addLast(screen);
            }
        }
        begin();
    }

    @Override
    public void open(ScreenId screen, List<Runnable> steps) {
        Runnable stepping = () -> step(steps, 0);
        synchronized (this) {
            coming++;
            if (!known.contains(screen)) {
                waiting.computeIfAbsent(screen, none -> new ArrayList<>()).add(stepping);
                line.remove(screen);
                line.addFirst(screen);
                begin();
                scheduler.schedule(PATIENCE, () -> giveUp(screen, stepping));
                return;
            }
        }
        stepping.run();
    }

    /**
     * An opening that takes the steps of a screen at once while no window shows it, and rehearses no such screen: it has
     * then been gone through.
     */
    public Opening onceShown(BooleanSupplier shown) {
        return (screen, steps) -> {
            if (shown.getAsBoolean()) {
                open(screen, steps);
            } else {
                steps.forEach(Runnable::run);
                done(screen).forEach(Runnable::run);
            }
        };
    }

    /** Begins no other screen. */
    @Override
    public synchronized void close() {
        open = false;
        notifyAll();
    }

    private void step(List<Runnable> steps, int at) {
        boolean more = false;
        try {
            steps.get(at).run();
            more = at + 1 < steps.size();
        } finally {
            if (!more) {
                came();
            }
        }
        if (more) {
            scheduler.schedule(PULSE, () -> step(steps, at + 1));
        }
    }

    private synchronized void came() {
        coming--;
        notifyAll();
    }

    @GuardedBy("this")
    private void begin() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        notifyAll();
    }

    private void run() {
        try {
            Consumer<ScreenId> playing = prepared();
            for (Optional<ScreenId> next = next(); next.isPresent(); next = next()) {
                ScreenId screen = next.get();
                rehearse(playing, screen);
                done(screen).forEach(fx::execute);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (ScreenId screen : ScreenId.values()) {
                done(screen).forEach(fx::execute);
            }
        }
    }

    private Consumer<ScreenId> prepared() {
        try {
            return play.get();
        } catch (RuntimeException | Error e) {
            log.warn("Screens are not rehearsed", e);
            return screen -> {};
        }
    }

    private static void rehearse(Consumer<ScreenId> playing, ScreenId screen) {
        try {
            playing.accept(screen);
        } catch (RuntimeException | Error e) {
            log.warn("Screen {} is not rehearsed", screen.id(), e);
        }
    }

    /** Waits for a screen to go through; empty when there is none left. */
    private synchronized Optional<ScreenId> next() throws InterruptedException {
        while (open && known.size() < ScreenId.values().length && !mayGoOn()) {
            wait();
        }
        return open ? Optional.ofNullable(line.poll()) : Optional.empty();
    }

    /** With a screen that somebody waits for at once; with another one when none is coming about. */
    @GuardedBy("this")
    private boolean mayGoOn() {
        return !line.isEmpty() && (coming == 0 || !waiting.isEmpty());
    }

    private synchronized List<Runnable> done(ScreenId screen) {
        known.add(screen);
        line.remove(screen);
        return waiting(screen);
    }

    /** Makes a screen without its rehearsal, unless that has come about meanwhile. */
    private void giveUp(ScreenId screen, Runnable stepping) {
        synchronized (this) {
            List<Runnable> here = waiting.get(screen);
            if (here == null || !here.remove(stepping)) {
                return;
            }
        }
        stepping.run();
    }

    /** Who waits for a screen, and from now on waits no more. */
    private synchronized List<Runnable> waiting(ScreenId screen) {
        List<Runnable> steps = waiting.remove(screen);
        return steps == null ? List.of() : steps;
    }
}
