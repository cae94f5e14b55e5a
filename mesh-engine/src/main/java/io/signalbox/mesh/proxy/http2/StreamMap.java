package io.signalbox.mesh.proxy.http2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open streams of a connection by their number, without an object a number. */
final class StreamMap {

    private @Nullable Http2Stream[] slots = new Http2Stream[16];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    Http2Stream get(int id) {
        int mask = slots.length - 1;
        for (int i = home(id, mask); ; i = (i + 1) & mask) {
            Http2Stream stream = slots[i];
            if (stream == null || stream.id() == id) {
                return stream;
            }
        }
    }

    void add(Http2Stream stream) {
        if (2 * (size + 1) > slots.length) {
            @Nullable Http2Stream[] before = slots;
            slots = new Http2Stream[2 * before.length];
            for (Http2Stream moved : before) {
                if (moved != null) {
                    place(moved);
                }
            }
        }
        place(stream);
        size++;
    }

    private void place(Http2Stream stream) {
        int mask = slots.length - 1;
        int i = home(stream.id(), mask);
        while (slots[i] != null) {
            i = (i + 1) & mask;
        }
        slots[i] = stream;
    }

    /** Takes a stream out; those behind it move up, so that no gap hides them. */
    boolean remove(int id) {
        int mask = slots.length - 1;
        int gap = home(id, mask);
        for (Http2Stream stream = slots[gap]; stream == null || stream.id() != id; stream = slots[gap]) {
            if (stream == null) {
                return false;
            }
            gap = (gap + 1) & mask;
        }
        size--;
        int i = gap;
        while (true) {
            i = (i + 1) & mask;
            Http2Stream next = slots[i];
            if (next == null) {
                slots[gap] = null;
                return true;
            }
            if (((i - home(next.id(), mask)) & mask) >= ((i - gap) & mask)) {
                slots[gap] = next;
                gap = i;
            }
        }
    }

    List<Http2Stream> all() {
        List<Http2Stream> all = new ArrayList<>(size);
        for (Http2Stream stream : slots) {
            if (stream != null) {
                all.add(stream);
            }
        }
        return all;
    }

    private static int home(int id, int mask) {
        return (((id >>> 1) * 0x9E3779B1) >>> 7) & mask;
    }
}
