package io.signalbox.mesh.client.remote;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a text that somebody else writes: one that is too long is refused before it is held. */
final class BoundedLines {

    private static final int BUFFER = 8_192;

    private final Reader text;
    private final int longest;
    private final char[] buffer = new char[BUFFER];
    private int next;
    private int end;
    private boolean afterReturn;

    /** @param longest characters of a line */
    BoundedLines(Reader text, int longest) {
        this.text = text;
        this.longest = longest;
    }

    /**
     * The next line, without what ends it: a line feed, a carriage return or both; {@code null} at the end.
     *
     * @throws IOException also when a line is too long
     */
    @Nullable
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        boolean begun = false;
        while (next < end || fill()) {
            if (afterReturn && buffer[next] == '\n') {
                next++;
                afterReturn = false;
                continue;
            }
            afterReturn = false;
            begun = true;
            int from = next;
            while (next < end && buffer[next] != '\n' && buffer[next] != '\r') {
                next++;
            }
            if (line.length() + next - from > longest) {
                throw new IOException("a line of more than " + longest + " characters came (expected: shorter ones)");
            }
            line.append(buffer, from, next - from);
            if (next < end) {
                afterReturn = buffer[next++] == '\r';
                return line.toString();
            }
        }
        return begun ? line.toString() : null;
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, text.read(buffer, 0, BUFFER));
        return end > 0;
    }
}
