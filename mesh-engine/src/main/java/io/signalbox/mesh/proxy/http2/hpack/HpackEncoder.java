package io.signalbox.mesh.proxy.http2.hpack;

/**
 * Writes the field blocks of one direction of a connection (RFC 7541), in the order in which they are sent.
 *
 * <p>It belongs to one thread. Every block begins with {@link #begin}, and must be sent: the peer's table follows it.
 */
public final class HpackEncoder {

    private static final int INDEXED = 0x80;
    private static final int ADDED = 0x40;
    private static final int SIZE = 0x20;
    private static final int NEVER_INDEXED = 0x10;
    private static final int NOT_INDEXED = 0;

    private static final int SEEN = 64;

    private final EncoderTable table = new EncoderTable(HpackDecoder.INITIAL_TABLE_SIZE);
    private final int tableSize;

    /** Hashes of fields that came lately and may come again. */
    private final int[] seen = new int[SEEN];

    private int peerSize = HpackDecoder.INITIAL_TABLE_SIZE;
    private int lowest = HpackDecoder.INITIAL_TABLE_SIZE;
    private boolean resized;

    /**
     * An encoder for a peer whose settings are not known yet.
     *
     * @param tableSize the most that is used of the peer's table, in octets
     */
    public HpackEncoder(int tableSize) {
        if (tableSize < 0) {
            throw new IllegalArgumentException("table size: " + tableSize + " (expected: not negative)");
        }
        this.tableSize = tableSize;
        if (tableSize < HpackDecoder.INITIAL_TABLE_SIZE) {
            lowest = tableSize;
            resized = true;
        }
    }

    /**
     * Takes the peer's SETTINGS_HEADER_TABLE_SIZE; the next block tells the peer's decoder.
     *
     * @param size in octets; a value of more than 31 bits may be given as the greatest int
     */
    public void peerTableSize(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("table size: " + size + " (expected: not negative)");
        }
        // A peer that takes back what it gave waits for an answer, even if we never used that much (RFC 9113, 4.3.1).
        resized |= size < peerSize || used(size) != table.capacity();
        lowest = Math.min(lowest, used(size));
        peerSize = size;
    }

    /** Begins a block, with the changes of the table's size: the lowest and the last since the block before. */
    public void begin(HpackOutput out) {
        if (resized) {
            int last = used(peerSize);
            if (lowest < Math.min(last, table.capacity())) {
                resize(out, lowest);
            }
            resize(out, last);
            resized = false;
        }
    }

    /** Appends a field. Its name may be in any case; each char is one octet. */
    public void field(HpackOutput out, String name, String value) {
        Name known = out.name(name);
        int index = known.withValue(value);
        if (index > 0) {
            out.integer(INDEXED, 0x7f, index);
            return;
        }
        switch (known.indexing().with(value)) {
            case AT_ONCE -> indexed(out, known, value, true);
            case WHEN_REPEATED -> indexed(out, known, value, false);
            case NEVER -> literal(out, NEVER_INDEXED, 0x0f, known, value);
            case NOT, PATH, COOKIE -> literal(out, NOT_INDEXED, 0x0f, known, value);
        }
    }

    /** Appends a field that nobody on the way may index, as {@link FieldSink#neverIndexed} received it. */
    public void neverIndexed(HpackOutput out, String name, String value) {
        literal(out, NEVER_INDEXED, 0x0f, out.name(name), value);
    }

    private void indexed(HpackOutput out, Name name, String value, boolean atOnce) {
        int hash = EncoderTable.hash(name, value);
        int index = table.field(name, value, hash);
        if (index > 0) {
            out.integer(INDEXED, 0x7f, index);
        } else if ((atOnce || cameBefore(hash)) && isSmall(name, value)) {
            literal(out, ADDED, 0x3f, name, value);
            table.add(name, value, hash);
        } else {
            literal(out, NOT_INDEXED, 0x0f, name, value);
        }
    }

    private void literal(HpackOutput out, int kind, int mask, Name name, String value) {
        int index = name.first() > 0 ? name.first() : table.name(name);
        out.integer(kind, mask, index);
        if (index == 0) {
            out.octets(name.literal());
        }
        out.string(value);
    }

    private boolean cameBefore(int hash) {
        int slot = hash & (SEEN - 1);
        if (seen[slot] == hash) {
            return true;
        }
        seen[slot] = hash;
        return false;
    }

    /** A field that would push most others out is not worth it. */
    private boolean isSmall(Name name, String value) {
        return EncoderTable.octets(name, value) <= table.capacity() / 2;
    }

    private void resize(HpackOutput out, int size) {
        table.resize(size);
        out.integer(SIZE, 0x1f, size);
        lowest = size;
    }

    private int used(int peer) {
        return Math.min(tableSize, peer);
    }
}
