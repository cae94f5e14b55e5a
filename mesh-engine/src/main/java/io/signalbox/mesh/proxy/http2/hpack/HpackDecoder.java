package io.signalbox.mesh.proxy.http2.hpack;

import io.signalbox.mesh.proxy.message.Octets;

/**
 * Reads the field blocks of one direction of a connection (RFC 7541): strictly, and in their order, each to its end.
 *
 * <p>It belongs to one thread. After an {@link HpackException} it is of no more use, nor is the connection.
 */
public final class HpackDecoder {

    /** The size of a table before the settings are known (RFC 9113, 6.5.2). */
    static final int INITIAL_TABLE_SIZE = 4096;

    /** A buffer for Huffman encoded strings is kept up to this size. */
    private static final int KEPT = 4096;

    private final DynamicTable table = new DynamicTable(INITIAL_TABLE_SIZE);
    private final LiteralNames names = new LiteralNames();
    private final int tableSize;
    private final int listLimit;

    /** No longer string is made: it is neither handed over, nor would it fit into the table. */
    private final int longest;

    private int tableLimit;
    private boolean updateDue;
    private byte[] decoded = new byte[HuffmanReader.room(64)];

    private byte[] block = {};
    private int at;
    private int end;
    private long room;
    private boolean overlong;

    /**
     * A decoder for blocks of a peer that does not know our settings yet.
     *
     * @param tableSize our SETTINGS_HEADER_TABLE_SIZE, in octets
     * @param listLimit our SETTINGS_MAX_HEADER_LIST_SIZE: names and values, and 32 for each field
     */
    public HpackDecoder(int tableSize, int listLimit) {
        if (tableSize < 0 || listLimit < 0) {
            throw new IllegalArgumentException(
                    "table size, list limit: " + tableSize + ", " + listLimit + " (expected: not negative)");
        }
        this.tableSize = tableSize;
        this.listLimit = listLimit;
        tableLimit = Math.max(tableSize, INITIAL_TABLE_SIZE);
        longest = Math.max(tableLimit, listLimit);
    }

    /**
     * Notes that the peer has acknowledged our settings: from now on no larger table is taken, and the next block says so
     * first if ours is smaller than the initial one (RFC 9113, 4.3.1). To be called once.
     */
    public void acknowledged() {
        tableLimit = tableSize;
        updateDue = tableSize < INITIAL_TABLE_SIZE;
    }

    /**
     * Reads one whole block.
     *
     * @return whether all fields were handed over. From the field on that makes the list larger than our limit none is,
     *     though the block is read to its end to keep the tables in step.
     */
    public boolean decode(byte[] bytes, int from, int to, FieldSink sink) throws HpackException {
        block = bytes;
        at = from;
        end = to;
        room = listLimit;
        readSizeUpdates();
        while (at < end) {
            int first = block[at];
            if (first < 0) {
                int index = integer(0x7f);
                hand(name(index), value(index), false, sink);
            } else if (first >= 0x40) {
                literal(0x3f, true, false, sink);
            } else if (first >= 0x20) {
                throw new HpackException("a table size update after a field");
            } else {
                literal(0x0f, false, first >= 0x10, sink);
            }
        }
        return room >= 0;
    }

    private void readSizeUpdates() throws HpackException {
        while (at < end && (block[at] & 0xe0) == 0x20) {
            int size = integer(0x1f);
            if (size > tableLimit) {
                throw new HpackException("table size: " + size + " (expected: 0.." + tableLimit + ")");
            }
            table.resize(size);
            updateDue = false;
        }
        if (updateDue) {
            throw new HpackException("no table size update after our settings (expected: 0.." + tableLimit + ")");
        }
    }

    private void literal(int mask, boolean indexed, boolean never, FieldSink sink) throws HpackException {
        int index = integer(mask);
        String name = index == 0 ? literalName() : name(index);
        String value = string();
        if (overlong) {
            overlong = false;
            room = -1;
            if (indexed) {
                table.clear();
            }
            return;
        }
        hand(name, value, never, sink);
        if (indexed) {
            table.add(name, value);
        }
    }

    private void hand(String name, String value, boolean never, FieldSink sink) {
        room -= name.length() + value.length() + DynamicTable.OVERHEAD;
        if (room < 0) {
            room = -1; // no later field may fit again
        } else if (never) {
            sink.neverIndexed(name, value);
        } else {
            sink.field(name, value);
        }
    }

    private String name(int index) throws HpackException {
        if (index < StaticTable.END && index > 0) {
            return StaticTable.NAMES[index];
        }
        return table.name(dynamic(index));
    }

    private String value(int index) throws HpackException {
        if (index < StaticTable.END && index > 0) {
            return StaticTable.VALUES[index];
        }
        return table.value(dynamic(index));
    }

    private int dynamic(int index) throws HpackException {
        int nth = index - StaticTable.END;
        if (nth < 0 || nth >= table.count()) {
            throw new HpackException(
                    "index: " + index + " (expected: 1.." + (StaticTable.END - 1 + table.count()) + ")");
        }
        return nth;
    }

    private String literalName() throws HpackException {
        int begin = at;
        if (at < end && (block[at] & 0x7f) <= end - at - 1) {
            String known = names.known(block, at, at + 1 + (block[at] & 0x7f));
            if (known != null) {
                at += 1 + (block[at] & 0x7f);
                return known;
            }
        }
        String name = string();
        if (!overlong) {
            names.keep(block, begin, at, name);
        }
        return name;
    }

    /** The next string; if it is too long to be of use, an empty one, and {@link #overlong} says so. */
    private String string() throws HpackException {
        if (at == end) {
            throw new HpackException("a field ends before its string");
        }
        boolean huffman = block[at] < 0;
        int length = integer(0x7f);
        int from = at;
        if (length > end - from) {
            throw new HpackException("length of a string: " + length + " (expected: 0.." + (end - from) + ")");
        }
        at = from + length;
        byte[] octets = block;
        if (huffman) {
            octets = buffer(Math.min(HuffmanReader.room(length), longest + 2));
            length = HuffmanReader.read(block, from, at, octets);
            from = 0;
        }
        if (length > longest) {
            overlong = true;
            return "";
        }
        return Octets.string(octets, from, from + length);
    }

    private byte[] buffer(int size) {
        if (size <= decoded.length) {
            return decoded;
        }
        if (size > KEPT) {
            return new byte[size];
        }
        decoded = new byte[Math.min(KEPT, 2 * size)];
        return decoded;
    }

    /** An integer whose first octet has the bits of the mask for it (RFC 7541, 5.1). */
    private int integer(int mask) throws HpackException {
        int value = block[at++] & mask;
        return value < mask ? value : longer(mask);
    }

    private int longer(int first) throws HpackException {
        long value = first;
        for (int shift = 0; ; shift += 7) {
            if (at == end) {
                throw new HpackException("a field ends within an integer");
            }
            byte octet = block[at++];
            value += (long) (octet & 0x7f) << shift;
            if (value > Integer.MAX_VALUE || (octet < 0 && shift == 28)) {
                throw new HpackException("an integer of more than 31 bits");
            }
            if (octet >= 0) {
                return (int) value;
            }
        }
    }
}
