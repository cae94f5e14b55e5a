package io.signalbox.mesh.store;

import io.signalbox.mesh.model.InvalidValueException;

/**
 * The keys from one on and before another, by the order of their characters.
 *
 * @param from the first key
 * @param before the first key that is no more in the range
 * @param limit at most so many
 */
public record KeyRange(String from, String before, int limit, Order order) {

    public KeyRange {
        InvalidValueException.unless(limit > 0, "limit", limit, "> 0");
    }

    /** From which end a range is read. */
    public enum Order {
        ASCENDING,
        DESCENDING
    }

    /** Every key that begins so, ascending. */
    public static KeyRange prefix(String prefix) {
        return new KeyRange(prefix, end(prefix), Integer.MAX_VALUE, Order.ASCENDING);
    }

    /** The last keys, beginning with the very last. */
    public KeyRange last(int most) {
        return new KeyRange(from, before, most, Order.DESCENDING);
    }

    /** Only those before a key. */
    public KeyRange below(String key) {
        return key.compareTo(before) < 0 ? new KeyRange(from, key, limit, order) : this;
    }

    /** Prefixes end in a character that has a next one. */
    private static String end(String prefix) {
        Keys.require(prefix);
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }
}
