package io.signalbox.mesh.proxy.conformance;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 to the letter of RFC 9112, and takes nothing that two readers could read differently.
 *
 * <p>It owes nothing to the code under test. An end before the first byte of a message is a {@code null} head, an end
 * within one an {@link EOFException}, and anything else that is wrong a {@link MalformedException}.
 */
final class StrictReader {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern REQUEST = Pattern.compile("(" + TOKEN + ") [\\x21-\\x7e\\x80-\\xff]+ HTTP/1\\.1");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 [1-9][0-9][0-9] [\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern FIELD =
            Pattern.compile("(" + TOKEN + "):[ \\t]*((?:[\\x21-\\x7e\\x80-\\xff](?:[\\t\\x20-\\x7e\\x80-\\xff]*"
                    + "[\\x21-\\x7e\\x80-\\xff])?)?)[ \\t]*");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})(?:;[\\t\\x20-\\x7e\\x80-\\xff]*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,30}");
    private static final int LINE_LIMIT = 1 << 20;

    private final InputStream in;
    private boolean idle = true;

    StrictReader(InputStream in) {
        this.in = in;
    }

    /** Whether nothing of a further message has been read. */
    boolean idle() {
        return idle;
    }

    @Nullable
    Message requestHead() throws IOException {
        Message head = head(REQUEST);
        if (head != null) {
            if (head.all("Host").size() != 1) {
                throw new MalformedException("not one Host", head.toString());
            }
            framing(head);
        }
        return head;
    }

    Message requestBody(Message head) throws IOException {
        return switch (framing(head)) {
            case Framing.Chunked _ -> chunked(head);
            case Framing.Length(long length) -> head.with(exactly(length), List.of());
            case Framing.None _ -> head;
        };
    }

    @Nullable
    Message answerHead() throws IOException {
        return head(STATUS);
    }

    /** The rest of the answer to a request of that method and that version. */
    Message answerBody(Message head, String method, String version) throws IOException {
        int status = head.status();
        Framing framing = framing(head);
        boolean interim = status < 200;
        if ((interim || status == 204) && !(framing instanceof Framing.None)) {
            throw new MalformedException("a length where none may be", head.toString());
        }
        if (framing instanceof Framing.Chunked && version.equals("HTTP/1.0")) {
            throw new MalformedException("a transfer coding for an old caller", head.toString());
        }
        if (interim || status == 204 || status == 304 || method.equals("HEAD")) {
            return head;
        }
        return switch (framing) {
            case Framing.Chunked _ -> chunked(head);
            case Framing.Length(long length) -> head.with(exactly(length), List.of());
            case Framing.None _ -> head.with(Wire.text(in.readAllBytes()), List.of());
        };
    }

    private @Nullable Message head(Pattern first) throws IOException {
        idle = true;
        int c = in.read();
        if (c < 0) {
            return null;
        }
        idle = false;
        String start = line(c);
        if (!first.matcher(start).matches()) {
            throw new MalformedException("not a start line", start);
        }
        return new Message(start, fields(), "", List.of());
    }

    private List<Field> fields() throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String line = line(in.read()); !line.isEmpty(); line = line(in.read())) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new MalformedException("not a field line", line);
            }
            fields.add(new Field(field.group(1), field.group(2)));
        }
        return fields;
    }

    private Message chunked(Message head) throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.append(exactly(size));
            String end = line(in.read());
            if (!end.isEmpty()) {
                throw new MalformedException("bytes after a chunk", end);
            }
        }
        List<Field> trailers = fields();
        for (Field trailer : trailers) {
            if (trailer.name().toLowerCase(Locale.ROOT).matches("content-length|transfer-encoding|host")) {
                throw new MalformedException("a trailer that would change the message", trailer.toString());
            }
        }
        return head.with(body.toString(), trailers);
    }

    private int chunkSize() throws IOException {
        String line = line(in.read());
        Matcher size = CHUNK.matcher(line);
        if (!size.matches()) {
            throw new MalformedException("not a chunk size", line);
        }
        return Integer.parseUnsignedInt(size.group(1), 16);
    }

    private String exactly(long length) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(length, 1 << 24));
        if (bytes.length < length) {
            throw new EOFException("the body ended after " + bytes.length + " of " + length + " bytes");
        }
        return Wire.text(bytes);
    }

    private String line(int first) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = first; c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the end within a line: " + Wire.shown(Wire.text(line.toByteArray())));
            }
            if (c == '\n' || c == 0 || line.size() > LINE_LIMIT) {
                throw new MalformedException("a bare LF, a NUL or no end", Wire.text(line.toByteArray()));
            }
            line.write(c);
        }
        int feed = in.read();
        if (feed < 0) {
            throw new EOFException("the end within a line break");
        }
        if (feed != '\n') {
            throw new MalformedException("a bare CR", Wire.text(line.toByteArray()));
        }
        return Wire.text(line.toByteArray());
    }

    private static Framing framing(Message head) throws MalformedException {
        List<String> codings = head.all("Transfer-Encoding");
        List<String> lengths = head.all("Content-Length");
        if (codings.isEmpty() && lengths.isEmpty()) {
            return new Framing.None();
        }
        if (codings.isEmpty()
                && lengths.size() == 1
                && LENGTH.matcher(lengths.getFirst()).matches()
                && new BigInteger(lengths.getFirst()).bitLength() < Long.SIZE) {
            return new Framing.Length(Long.parseLong(lengths.getFirst()));
        }
        if (lengths.isEmpty() && codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")) {
            return new Framing.Chunked();
        }
        throw new MalformedException("no single framing", head.toString());
    }

    private sealed interface Framing {
        record None() implements Framing {}

        record Length(long bytes) implements Framing {}

        record Chunked() implements Framing {}
    }
}
