package io.signalbox.mesh.proxy.http2.hpack;

import org.jspecify.annotations.Nullable;

/**
 * What an encoder has put into the peer's memory, found by name, or by name and value, without looking through it.
 *
 * <p>Entries are numbered as they come. A bucket holds the number of its newest entry, and each entry that of the one
 * before it in the same bucket; a number that has left the table ends the chain, so leaving costs nothing.
 */
final class EncoderTable {

    private static final int FEW = 16;

    private int capacity;
    private int size;
    private int count;
    private int newest;

    // Rings of the same length, a power of two; an entry stands at its number.
    private @Nullable Name[] names = new Name[FEW];
    private @Nullable String[] values = new String[FEW];
    private int[] hashes = new int[FEW];
    private int[] olderOfName = new int[FEW];
    private int[] olderOfField = new int[FEW];

    private int[] byName = new int[FEW];
    private int[] byField = new int[FEW];

    EncoderTable(int capacity) {
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    static int hash(Name name, String value) {
        return mixed(31 * name.hash() + value.hashCode());
    }

    /** The index of a field, or 0. */
    int field(Name name, String value, int hash) {
        int oldest = newest - count;
        int mask = names.length - 1;
        for (int entry = byField[hash & mask]; entry > oldest; entry = olderOfField[entry & mask]) {
            int slot = entry & mask;
            if (hashes[slot] == hash && value.equals(values[slot]) && isOf(slot, name)) {
                return index(entry);
            }
        }
        return 0;
    }

    /** The index of a field with this name, or 0. */
    int name(Name name) {
        int oldest = newest - count;
        int mask = names.length - 1;
        for (int entry = byName[mixed(name.hash()) & mask]; entry > oldest; entry = olderOfName[entry & mask]) {
            if (isOf(entry & mask, name)) {
                return index(entry);
            }
        }
        return 0;
    }

    /** Adds a field, which makes the oldest leave if need be; one that is larger than the table empties it. */
    void add(Name name, String value, int hash) {
        int octets = octets(name, value);
        makeRoom(octets);
        if (octets > capacity) {
            return;
        }
        if (count == names.length) {
            renumber(2 * names.length);
        } else if (newest == Integer.MAX_VALUE) {
            renumber(names.length);
        }
        put(name, value, hash);
        size += octets;
    }

    void resize(int newCapacity) {
        capacity = newCapacity;
        makeRoom(0);
    }

    static int octets(Name name, String value) {
        return name.text().length() + value.length() + DynamicTable.OVERHEAD;
    }

    private void put(Name name, String value, int hash) {
        newest++;
        count++;
        int mask = names.length - 1;
        int slot = newest & mask;
        names[slot] = name;
        values[slot] = value;
        hashes[slot] = hash;
        olderOfField[slot] = byField[hash & mask];
        byField[hash & mask] = newest;
        int bucket = mixed(name.hash()) & mask;
        olderOfName[slot] = byName[bucket];
        byName[bucket] = newest;
    }

    @SuppressWarnings("NullAway") // within the count, nothing is null
    private void makeRoom(int octets) {
        while (count > 0 && octets > capacity - size) {
            int slot = (newest - count + 1) & (names.length - 1);
            size -= octets(names[slot], values[slot]);
            names[slot] = null;
            values[slot] = null;
            count--;
        }
    }

    /** Puts all entries into rings of this length, numbered from 1. */
    @SuppressWarnings("NullAway") // within the count, nothing is null
    private void renumber(int length) {
        @Nullable Name[] oldNames = names;
        @Nullable String[] oldValues = values;
        int[] oldHashes = hashes;
        int mask = names.length - 1;
        int first = newest - count + 1;
        int last = newest;
        names = new Name[length];
        values = new String[length];
        hashes = new int[length];
        olderOfName = new int[length];
        olderOfField = new int[length];
        byName = new int[length];
        byField = new int[length];
        newest = 0;
        count = 0;
        for (int i = 0; i <= last - first; i++) {
            int slot = (first + i) & mask;
            put(oldNames[slot], oldValues[slot], oldHashes[slot]);
        }
    }

    private int index(int entry) {
        return StaticTable.END + newest - entry;
    }

    private boolean isOf(int slot, Name name) {
        Name other = names[slot];
        return other != null && other.text().equals(name.text());
    }

    private static int mixed(int hash) {
        int spread = hash * 0x9e37_79b9;
        return spread ^ (spread >>> 16);
    }
}
