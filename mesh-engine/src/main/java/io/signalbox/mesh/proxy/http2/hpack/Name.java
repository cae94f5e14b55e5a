package io.signalbox.mesh.proxy.http2.hpack;

/**
 * A field name, and what an encoder wants to know of it.
 *
 * @param given as it was given, in any case
 * @param text in lower case, as it is sent
 * @param hash of the text
 * @param first the first entry of the static table with this name, or 0
 * @param end after its last entry there
 * @param indexing what holds for its values
 * @param literal its octets on the wire where no table has it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Name(String given, String text, int hash, int first, int end, Indexing indexing, byte[] literal) {

    static Name of(String given, String text, byte[] literal) {
        int first = StaticTable.first(text);
        int end = first;
        while (end > 0 && end < StaticTable.END && StaticTable.NAMES[end].equals(text)) {
            end++;
        }
        return new Name(given, text, text.hashCode(), first, end, Indexing.of(text), literal);
    }

    /** The entry of the static table with this value, or 0. */
    int withValue(String value) {
        for (int i = first; i < end; i++) {
            if (StaticTable.VALUES[i].equals(value)) {
                return i;
            }
        }
        return 0;
    }
}
