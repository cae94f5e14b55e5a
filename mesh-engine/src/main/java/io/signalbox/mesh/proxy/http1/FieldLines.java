package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.Octets;

/** Reads field lines strictly: no white space around names, no folded lines, no control characters. */
final class FieldLines {

    private static final int MOST_FIELDS = 256;
    private static final int NAMES = 512;
    private static final int LONGEST_KNOWN = 64;

    /** Names that came before, by their octets: a name that comes again costs no new string. One per thread of use. */
    private final String[] known = new String[NAMES];

    /**
     * Reads the lines up to and with the empty one; every line ends in CR LF, as the scanner has seen.
     *
     * @param to after the empty line
     */
    void read(byte[] bytes, int from, int to, Fields fields) throws BadMessage {
        int at = from;
        while (bytes[at] != '\r') {
            at = line(bytes, at, fields);
        }
        if (at + 2 != to) {
            throw BadMessage.invalid("an empty line among the fields");
        }
    }

    private int line(byte[] bytes, int from, Fields fields) throws BadMessage {
        int at = from;
        int hash = 0;
        while (Octets.isToken(bytes[at])) {
            hash = 31 * hash + bytes[at++];
        }
        if (at == from || bytes[at] != ':') {
            throw BadMessage.invalid("a field line without a valid name");
        }
        String name = name(bytes, from, at, hash);
        int begin = at + 1;
        while (Octets.isBlank(bytes[begin])) {
            begin++;
        }
        int end = begin;
        while (Octets.isText(bytes[end])) {
            end++;
        }
        if (bytes[end] != '\r') {
            throw BadMessage.invalid("a control character in the value of " + name);
        }
        int next = end + 2;
        while (end > begin && Octets.isBlank(bytes[end - 1])) {
            end--;
        }
        if (fields.count() == MOST_FIELDS) {
            throw new BadMessage(431, "more than " + MOST_FIELDS + " fields");
        }
        fields.add(name, Octets.string(bytes, begin, end));
        return next;
    }

    private String name(byte[] bytes, int from, int to, int hash) {
        int slot = (hash ^ (hash >>> 15)) & (NAMES - 1);
        String name = known[slot];
        if (name != null && matches(name, bytes, from, to)) {
            return name;
        }
        String fresh = Octets.string(bytes, from, to);
        if (fresh.length() <= LONGEST_KNOWN) {
            known[slot] = fresh;
        }
        return fresh;
    }

    private static boolean matches(String name, byte[] bytes, int from, int to) {
        if (name.length() != to - from) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
