package io.signalbox.mesh.client.remote;

import java.io.IOException;
import java.io.Reader;

/**
 * Lines of a text that somebody else writes, each read as it comes: one that is too long is refused before it is held. What
 * ends a line is a line feed, a carriage return or both.
 */
final class BoundedLines {

    private static final int BUFFER = 8_192;

    private final Reader text;
    private final int longest;
    private final Reader rest = new Rest();
    private final char[] buffer = new char[BUFFER];
    private int next;
    private int end;
    private boolean afterReturn;

    /** Whether what is next belongs to a line that has begun. */
    private boolean within;

    /** Characters of the line that were read. */
    private int taken;

    /** @param longest characters of a line */
    BoundedLines(Reader text, int longest) {
        this.text = text;
        this.longest = longest;
    }

    /**
     * Goes to the next line, past what was not read of this one; false at the end.
     *
     * @throws IOException also when a line is too long
     */
    boolean next() throws IOException {
        for (int run = run(BUFFER); run > 0; run = run(BUFFER)) {
            take(run);
        }
        if (afterReturn && hasMore() && buffer[next] == '\n') {
            next++;
        }
        afterReturn = false;
        within = hasMore();
        taken = 0;
        return within;
    }

    /** What comes before the first such character, which is passed over; or the whole rest of the line. */
    String before(char mark) throws IOException {
        StringBuilder before = new StringBuilder();
        for (int run = run(BUFFER); run > 0; run = run(BUFFER)) {
            int from = next;
            int found = from;
            while (found < from + run && buffer[found] != mark) {
                found++;
            }
            boolean marked = found < from + run;
            take(found - from + (marked ? 1 : 0));
            before.append(buffer, from, found - from);
            if (marked) {
                break;
            }
        }
        return before.toString();
    }

    /** What was not read of this line, until the next is gone to. */
    Reader rest() {
        return rest;
    }

    /** How many characters of this line can be read at once, up to so many; none at its end, which is passed over. */
    private int run(int most) throws IOException {
        if (!within || !hasMore()) {
            return 0;
        }
        int last = Math.min(end, next + most);
        int to = next;
        while (to < last && buffer[to] != '\n' && buffer[to] != '\r') {
            to++;
        }
        if (to == next) {
            afterReturn = buffer[next++] == '\r';
            within = false;
            return 0;
        }
        return to - next;
    }

    private void take(int count) throws IOException {
        taken += count;
        if (taken > longest) {
            throw new IOException("a line of more than " + longest + " characters came (expected: shorter ones)");
        }
        next += count;
    }

    private boolean hasMore() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, text.read(buffer, 0, BUFFER));
        }
        return next < end;
    }

    private final class Rest extends Reader {

        @Override
        public int read(char[] to, int offset, int length) throws IOException {
            int count = run(length);
            if (count == 0 && length > 0) {
                return -1;
            }
            int from = next;
            take(count);
            System.arraycopy(buffer, from, to, offset, count);
            return count;
        }

        @Override
        public void close() {
            // The line ends, and not the text.
        }
    }
}
