package io.signalbox.console.control;

import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * Whether a mesh may be changed from this console: locked, until somebody says why not, and then for a quarter of an hour.
 *
 * <p>Belongs to the FX thread; {@link #refuses} may be asked by any.
 */
public final class WriteLock implements AutoCloseable {

    /** How long it stays open. */
    public static final Duration OPEN = Duration.ofMinutes(15);

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final ReadOnlyBooleanWrapper locked = new ReadOnlyBooleanWrapper(this, "locked", true);
    private final ReadOnlyObjectWrapper<Optional<Unlocked>> unlocked =
            new ReadOnlyObjectWrapper<>(this, "unlocked", Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final Scheduler.Cancellable ticking;
    private volatile boolean refusing = true;
    private long untilNanos;

    /** A lock that is closed. */
    public WriteLock(Scheduler scheduler, Ticker ticker) {
        this.ticker = ticker;
        ticking = scheduler.scheduleEvery(EVERY, this::tick);
    }

    /**
     * It is open.
     *
     * @param left until it closes by itself
     */
    public record Unlocked(Duration left, String reason) {}

    public ReadOnlyBooleanProperty locked() {
        return locked.getReadOnlyProperty();
    }

    /** Set while it is open. */
    public ReadOnlyObjectProperty<Optional<Unlocked>> unlocked() {
        return unlocked.getReadOnlyProperty();
    }

    /** Why the last attempt to open it was refused; empty while none was. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /** Whether changes are refused now. */
    public boolean refuses() {
        return refusing;
    }

    /** Opens it once the reason is in the mesh's audit log, and not before. */
    public void unlock(ChangeNote note, Commands plain) {
        plain.run(mesh -> mesh.recordUnlock(note), outcome -> {
            switch (outcome) {
                case Outcome.Done() -> {
                    problem.set("");
                    untilNanos = ticker.nanos() + OPEN.toNanos();
                    set(Optional.of(new Unlocked(OPEN, note.reason())));
                }
                case Outcome.Failed failed -> problem.set(failed.message());
            }
        });
    }

    public void lock() {
        set(Optional.empty());
    }

    @Override
    public void close() {
        lock();
        ticking.cancel();
    }

    private void tick() {
        unlocked.get().ifPresent(open -> {
            Duration left = Duration.ofNanos(untilNanos - ticker.nanos());
            set(left.isPositive() ? Optional.of(new Unlocked(left, open.reason())) : Optional.empty());
        });
    }

    private void set(Optional<Unlocked> now) {
        refusing = now.isEmpty();
        unlocked.set(now);
        locked.set(now.isEmpty());
    }
}
