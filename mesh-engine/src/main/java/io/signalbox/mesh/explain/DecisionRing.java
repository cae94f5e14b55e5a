package io.signalbox.mesh.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The newest records of one kind, in a ring of fixed size. Safe to use from any thread; adding takes no lock. */
final class DecisionRing<R extends KeptRequest> {

    private record Slot<R>(long index, R record) {}

    private final AtomicReferenceArray<@Nullable Slot<R>> slots;
    private final AtomicLong added = new AtomicLong();

    DecisionRing(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
    }

    /** Where a reader begins who wants what comes from now on. */
    long end() {
        return added.get();
    }

    /** A writer that was held up for a whole round finds a newer record in its place, and leaves it there. */
    void add(R record) {
        Slot<R> own = new Slot<>(added.getAndIncrement(), record);
        int place = place(own.index());
        Slot<R> seen = slots.get(place);
        while ((seen == null || seen.index() < own.index()) && !slots.compareAndSet(place, seen, own)) {
            seen = slots.get(place);
        }
    }

    /** All that are held, the last added first. */
    List<R> newest() {
        List<R> records = new ArrayList<>();
        long newest = added.get() - 1;
        for (long i = newest; i >= 0 && i > newest - slots.length(); i--) {
            Slot<R> slot = slots.get(place(i));
            if (slot != null && slot.index() == i) {
                records.add(slot.record());
            }
        }
        return records;
    }

    /** The oldest that is held, once others have been written over. */
    Optional<R> oldestIfFull() {
        long oldest = added.get() - slots.length();
        Slot<R> slot = oldest <= 0 ? null : slots.get(place(oldest));
        return slot == null ? Optional.empty() : Optional.of(slot.record());
    }

    /**
     * Reads on from there.
     *
     * @param into takes what was read, in order
     * @return where to go on, and how many records were written over before they could be read
     */
    Progress read(long from, List<? super R> into) {
        long oldest = Math.max(from, added.get() - slots.length());
        long dropped = oldest - from;
        long next = oldest;
        for (Slot<R> slot = slots.get(place(next));
                slot != null && slot.index() >= next;
                slot = slots.get(place(next))) {
            if (slot.index() == next) {
                into.add(slot.record());
            } else {
                dropped++;
            }
            next++;
        }
        return new Progress(next, dropped);
    }

    record Progress(long next, long dropped) {}

    private int place(long index) {
        return (int) (index % slots.length());
    }
}
