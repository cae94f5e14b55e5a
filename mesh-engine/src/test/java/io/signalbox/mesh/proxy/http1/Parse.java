package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.BufferPool;
import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What became of bytes that were fed to a reader in steps; what has not come yet is filled with a letter. */
sealed interface Parse {

    /** @param length how much of the input it took */
    record Whole(int length, List<String> first, String fields) implements Parse {}

    record Refused(int status) implements Parse {}

    /** More was to come. */
    record Unfinished() implements Parse {}

    static Parse request(byte[] bytes, int step) {
        return head(bytes, step, (in, length) -> {
            Http1Request read = new RequestReader(new FieldLines()).read(in, 0, length);
            return new Whole(
                    length,
                    List.of(
                            read.message().method(),
                            read.message().target(),
                            Boolean.toString(read.http11()),
                            read.framing().toString()),
                    read.message().fields().toString());
        });
    }

    static Parse answer(byte[] bytes, int step) {
        return head(bytes, step, (in, length) -> {
            Http1Answer read = new AnswerReader(new FieldLines()).read(in, 0, length);
            return new Whole(
                    length,
                    List.of(Integer.toString(read.status()), read.reason(), read.http11() ? "1" : "0"),
                    read.fields().toString());
        });
    }

    static Parse chunked(byte[] bytes, int step) {
        BodyReader reader = new BodyReader(new FieldLines(), 32 * 1024);
        reader.begin(Framing.CHUNKED);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Inbox in = new Inbox(new BufferPool());
        in.bytes = new byte[bytes.length + 64];
        Arrays.fill(in.bytes, (byte) 'A');
        try {
            while (in.end < bytes.length && !reader.isDone()) {
                fill(in, bytes, step);
                // One call more may be needed for what follows the data.
                for (int before = -1; before != in.start; ) {
                    before = in.start;
                    reader.read(in, body::write, Integer.MAX_VALUE);
                }
            }
        } catch (BadMessage e) {
            return new Refused(e.status());
        }
        Fields trailers = reader.trailers();
        return reader.isDone()
                ? new Whole(
                        in.start,
                        List.of(body.toString(StandardCharsets.ISO_8859_1)),
                        trailers == null ? "" : trailers.toString())
                : new Unfinished();
    }

    private static Parse head(byte[] bytes, int step, Reader reader) {
        Inbox in = new Inbox(new BufferPool());
        in.bytes = new byte[bytes.length + 64];
        Arrays.fill(in.bytes, (byte) 'A');
        HeadScanner scanner = new HeadScanner(32 * 1024);
        try {
            while (in.end < bytes.length) {
                fill(in, bytes, step);
                int length = scanner.find(in);
                if (length >= 0) {
                    return reader.read(in.bytes, length);
                }
            }
        } catch (BadMessage e) {
            return new Refused(e.status());
        }
        return new Unfinished();
    }

    private static void fill(Inbox in, byte[] bytes, int step) {
        int length = Math.min(step, bytes.length - in.end);
        System.arraycopy(bytes, in.end, in.bytes, in.end, length);
        in.end += length;
    }

    /** Reads a head that has come whole. */
    @FunctionalInterface
    interface Reader {
        Parse read(byte[] bytes, int length) throws BadMessage;
    }
}
