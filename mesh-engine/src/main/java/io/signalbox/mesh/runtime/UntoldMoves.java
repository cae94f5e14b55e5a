package io.signalbox.mesh.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.controlplane.SidecarDetails;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.time.Ticker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Moves of circuits until the control plane has heard them; the newest {@value #MOST}. Circuits move on event loops; one
 * thread takes.
 */
final class UntoldMoves {

    static final int MOST = 128;

    private final Ticker ticker;
    private final String run;

    @GuardedBy("this")
    private final ArrayDeque<Moved> waiting = new ArrayDeque<>();

    /** Those that are on their way, oldest first. */
    @GuardedBy("this")
    private final ArrayDeque<Moved> telling = new ArrayDeque<>();

    @GuardedBy("this")
    private long numbered;

    @GuardedBy("this")
    private long lost;

    private record Moved(MeshEvent event, long atNanos, long number) {}

    /** @param run tells these apart from those of the same sidecar's process before it was started again */
    UntoldMoves(Ticker ticker, String run) {
        this.ticker = ticker;
        this.run = run;
    }

    synchronized void add(MeshEvent event) {
        waiting.add(new Moved(event, ticker.nanos(), ++numbered));
        trim();
    }

    /** All that nobody has heard, oldest first, until {@link #heard} or {@link #unheard} says what became of them. */
    synchronized List<SidecarDetails.Move> take() {
        unheard();
        telling.addAll(waiting);
        waiting.clear();
        long now = ticker.nanos();
        return telling.stream()
                .map(move -> new SidecarDetails.Move(
                        move.event(),
                        TimeUnit.NANOSECONDS.toMillis(Math.max(0, now - move.atNanos())),
                        move.number(),
                        run))
                .toList();
    }

    synchronized void heard() {
        telling.clear();
    }

    /** Those that were taken are told again, as long as there is room. */
    synchronized void unheard() {
        while (!telling.isEmpty()) {
            waiting.addFirst(telling.removeLast());
        }
        trim();
    }

    /** How many there was no room for since this was last called. */
    synchronized long lost() {
        long now = lost;
        lost = 0;
        return now;
    }

    @GuardedBy("this")
    private void trim() {
        while (waiting.size() > MOST) {
            waiting.remove();
            lost++;
        }
    }
}
