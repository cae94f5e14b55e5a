package io.signalbox.mesh.proxy.http2.hpack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields that the peer has put into our memory (RFC 7541, 2.3.2), newest first; the oldest make room. */
final class DynamicTable {

    /** What an entry counts beyond its octets. */
    static final int OVERHEAD = 32;

    private static final int FEW = 16;

    private @Nullable String[] names = new String[FEW];
    private @Nullable String[] values = new String[FEW];

    /** Where the next entry goes; the arrays are rings whose lengths are powers of two. */
    private int head;

    private int count;
    private int size;
    private int capacity;

    DynamicTable(int capacity) {
        this.capacity = capacity;
    }

    int count() {
        return count;
    }

    int size() {
        return size;
    }

    /** The name of an entry that is there; 0 is the newest. */
    @SuppressWarnings("NullAway") // within the count, nothing is null
    String name(int nth) {
        return names[(head - 1 - nth) & (names.length - 1)];
    }

    @SuppressWarnings("NullAway") // within the count, nothing is null
    String value(int nth) {
        return values[(head - 1 - nth) & (values.length - 1)];
    }

    void add(String name, String value) {
        int octets = name.length() + value.length() + OVERHEAD;
        makeRoom(octets);
        if (octets > capacity) {
            return;
        }
        if (count == names.length) {
            grow();
        }
        names[head] = name;
        values[head] = value;
        head = (head + 1) & (names.length - 1);
        count++;
        size += octets;
    }

    /** As when an entry came that is larger than the table. */
    void clear() {
        makeRoom(capacity + 1);
    }

    void resize(int newCapacity) {
        capacity = newCapacity;
        makeRoom(0);
    }

    private void makeRoom(int octets) {
        while (count > 0 && octets > capacity - size) {
            int oldest = count - 1;
            int slot = (head - count) & (names.length - 1);
            size -= name(oldest).length() + value(oldest).length() + OVERHEAD;
            names[slot] = null;
            values[slot] = null;
            count--;
        }
    }

    private void grow() {
        @Nullable String[] oldNames = names;
        @Nullable String[] oldValues = values;
        names = Arrays.copyOf(oldNames, 2 * count);
        values = Arrays.copyOf(oldValues, 2 * count);
        for (int i = 0; i < count; i++) {
            names[i] = oldNames[(head + i) & (count - 1)];
            values[i] = oldValues[(head + i) & (count - 1)];
        }
        head = count;
    }
}
