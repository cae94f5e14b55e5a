package io.signalbox.mesh.cli;

import io.signalbox.mesh.time.Nanos;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives memory back that the heap grew by and no longer needs.
 *
 * <p>The serial collector grows the heap by what outlives the young generation and looks at it whole only when the heap
 * cannot grow further: what a start leaves behind, and what slips through by the hour, would stay for good. So it is
 * collected whole once the start is over, and again after it has grown by a quarter. Requests wait meanwhile, for some tens
 * of milliseconds.
 *
 * <p>Not safe for use by several threads.
 */
final class GrownHeap {

    /** A start is over by then; and the least time between two collections. */
    static final Duration PAUSE = Duration.ofSeconds(20);

    /** Growth up to this much is not worth a collection, in bytes. */
    static final long SLACK = 4 << 20;

    private final LongSupplier committed;
    private final Runnable collect;
    private final Ticker ticker;
    private long due;
    private long enough;

    /** @param committed how large the heap is, in bytes */
    GrownHeap(LongSupplier committed, Runnable collect, Ticker ticker) {
        this.committed = committed;
        this.collect = collect;
        this.ticker = ticker;
        this.due = ticker.nanos() + Nanos.of(PAUSE);
    }

    static GrownHeap ofThisProcess() {
        return new GrownHeap(Runtime.getRuntime()::totalMemory, System::gc, Ticker.system());
    }

    void look() {
        if (ticker.nanos() - due < 0 || committed.getAsLong() <= enough) {
            return;
        }
        collect.run();
        long left = committed.getAsLong();
        enough = left + Math.max(left / 4, SLACK);
        due = ticker.nanos() + Nanos.of(PAUSE);
    }
}
