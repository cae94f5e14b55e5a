package io.signalbox.console.widget;

import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;

/**
 * A weight that someone moves: what is in force, what is asked for instead, and when to send it.
 *
 * <p>What is asked stays until it is in force, refused or undone; what is in force already is neither asked nor sent. Sent
 * at most ten times a second, the last value always. Used on the FX thread only.
 */
public final class CanarySliderModel {

    /** When a moved weight is sent. */
    public enum Applying {
        /** As it moves. */
        LIVE,
        /** Once, on Enter. */
        ON_ENTER;

        /** Live only where nobody depends on the mesh. */
        public static Applying in(ConnectionChip.Environment environment) {
            return switch (environment) {
                case DEV -> LIVE;
                case TEST, PROD -> ON_ENTER;
            };
        }
    }

    static final Duration BETWEEN_SENDS = Duration.ofMillis(100);

    private final Applying applying;
    private final Scheduler scheduler;
    private final Ticker ticker;
    private final IntConsumer apply;
    private final IntegerProperty inForce = new SimpleIntegerProperty(this, "inForce");
    private final ReadOnlyObjectWrapper<OptionalInt> asked =
            new ReadOnlyObjectWrapper<>(this, "asked", OptionalInt.empty());
    private final ReadOnlyBooleanWrapper dragging = new ReadOnlyBooleanWrapper(this, "dragging");

    private int beforeMove;
    private OptionalInt lastSent = OptionalInt.empty();
    private long lastSentNanos;
    private Scheduler.Cancellable waitingSend = () -> {};

    /**
     * A weight of zero until the first snapshot says otherwise.
     *
     * @param apply sends a weight in percent; must not block
     */
    public CanarySliderModel(Applying applying, Scheduler scheduler, Ticker ticker, IntConsumer apply) {
        this.applying = applying;
        this.scheduler = scheduler;
        this.ticker = ticker;
        this.apply = apply;
        inForce.subscribe((before, now) -> settle());
    }

    public Applying applying() {
        return applying;
    }

    /** The weight in force in percent, as the mesh says. */
    public IntegerProperty inForceProperty() {
        return inForce;
    }

    /** The weight from before the move; the one in force while nothing is asked. */
    public int from() {
        return asked.get().isPresent() ? beforeMove : inForce.get();
    }

    /** The weight asked for instead; empty when nothing is. */
    public ReadOnlyObjectProperty<OptionalInt> askedProperty() {
        return asked.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty draggingProperty() {
        return dragging.getReadOnlyProperty();
    }

    /** The thumb is taken hold of and moved to this percentage. */
    public void press(int percent) {
        dragging.set(true);
        ask(percent);
    }

    /** The thumb is moved while held. */
    public void drag(int percent) {
        if (dragging.get()) {
            ask(percent);
        }
    }

    /** The thumb is let go. */
    public void release() {
        if (!dragging.get()) {
            return;
        }
        dragging.set(false);
        if (applying == Applying.LIVE) {
            asked.get().ifPresent(this::sendNow);
        }
        settle();
    }

    /** One step by a key, relative to what is asked. */
    public void step(int percentPoints) {
        ask(asked.get().orElse(inForce.get()) + percentPoints);
    }

    /** All the way by a key. */
    public void moveTo(int percent) {
        ask(percent);
    }

    /** Sends what is asked now. */
    public void confirm() {
        asked.get().ifPresent(this::sendNow);
    }

    /** Undoes the move: back to the weight from before, and sends that if another has been sent. */
    public void undo() {
        if (asked.get().isEmpty()) {
            return;
        }
        dragging.set(false);
        waitingSend.cancel();
        if (lastSent.isPresent() && lastSent.getAsInt() != beforeMove) {
            asked.set(OptionalInt.of(beforeMove));
            sendNow(beforeMove);
        } else {
            forget();
        }
    }

    /** The mesh refused what was sent: what is in force stays. */
    public void refused() {
        dragging.set(false);
        waitingSend.cancel();
        forget();
    }

    private void ask(int percent) {
        int wanted = Math.clamp(percent, 0, 100);
        if (asked.get().isEmpty()) {
            beforeMove = inForce.get();
            lastSent = OptionalInt.empty();
        }
        asked.set(OptionalInt.of(wanted));
        if (applying == Applying.LIVE) {
            sendSoon();
        }
        settle();
    }

    private void sendSoon() {
        waitingSend.cancel();
        long since = ticker.nanos() - lastSentNanos;
        long gap = BETWEEN_SENDS.toNanos();
        if (lastSent.isEmpty() || since >= gap) {
            asked.get().ifPresent(this::sendNow);
        } else {
            waitingSend = scheduler.schedule(
                    Duration.ofNanos(gap - since), () -> asked.get().ifPresent(this::sendNow));
        }
    }

    private void sendNow(int percent) {
        waitingSend.cancel();
        if (lastSent.orElse(inForce.get()) == percent) {
            return;
        }
        lastSent = OptionalInt.of(percent);
        lastSentNanos = ticker.nanos();
        apply.accept(percent);
        settle();
    }

    /** What is asked and in force, and not held any more, is no longer asked; but what was sent meanwhile is taken back first. */
    private void settle() {
        boolean reached = asked.get().isPresent() && asked.get().getAsInt() == inForce.get();
        boolean nothingElseSent = lastSent.isEmpty() || asked.get().equals(lastSent);
        if (reached && nothingElseSent && !dragging.get()) {
            forget();
        }
    }

    private void forget() {
        asked.set(OptionalInt.empty());
        lastSent = OptionalInt.empty();
    }
}
