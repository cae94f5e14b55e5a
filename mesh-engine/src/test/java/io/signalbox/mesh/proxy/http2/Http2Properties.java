package io.signalbox.mesh.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.proxy.http1.Http1Properties;
import io.signalbox.mesh.proxy.http2.hpack.FieldSink;
import io.signalbox.mesh.proxy.http2.hpack.HpackDecoder;
import io.signalbox.mesh.proxy.http2.hpack.HpackEncoder;
import io.signalbox.mesh.proxy.http2.hpack.HpackException;
import io.signalbox.mesh.proxy.http2.hpack.HpackOutput;
import io.signalbox.mesh.proxy.io.BufferPool;
import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.relay.RequestMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What must hold of any bytes that come for HTTP/2. */
public final class Http2Properties {

    private static final int TABLE = 4096;
    private static final int LIST = 32 * 1024;

    private Http2Properties() {}

    /** Frames read alike however they come, and nothing is read twice or left out. */
    public static void frames(byte[] bytes) {
        List<String> whole = events(bytes, Math.max(1, bytes.length));
        assertThat(events(bytes, 1)).isEqualTo(whole);
        assertThat(events(bytes, 11)).isEqualTo(whole);
    }

    /**
     * Blocks of one connection, each behind its length in one octet: what they say, written again by our encoder, reads
     * the same.
     */
    public static void hpackBlocks(byte[] bytes) {
        HpackDecoder decoder = new HpackDecoder(TABLE, LIST);
        HpackEncoder encoder = new HpackEncoder(TABLE);
        HpackDecoder again = new HpackDecoder(TABLE, LIST);
        HpackOutput output = new HpackOutput();
        try {
            for (int at = 0; at < bytes.length; ) {
                int from = at + 1;
                int to = Math.min(bytes.length, from + (bytes[at] & 0xff));
                List<String> fields = new ArrayList<>();
                boolean all = decoder.decode(bytes, from, to, new Listing(fields));
                at = to;
                output.reset();
                encoder.begin(output);
                fields.forEach(field -> write(encoder, output, field));
                List<String> read = new ArrayList<>();
                assertThat(again.decode(output.bytes(), 0, output.length(), new Listing(read)))
                        .isTrue();
                assertSame(read, fields);
                assertThat(all || to > from).isTrue();
            }
        } catch (HpackException e) {
            // Then the connection ends, and nothing more is read from it.
        }
    }

    /** A request that is taken can be written as HTTP/1.1 without saying anything else. */
    public static void http2Request(byte[] bytes) {
        HeadBlock block = new HeadBlock();
        try {
            if (!new HpackDecoder(TABLE, LIST).decode(bytes, 0, bytes.length, block)) {
                return;
            }
            block.end();
            RequestMessage read = Requests.read(1, block, false);
            Http1Properties.assertReadsAsWritten(read.method(), read.target(), read.fields());
        } catch (HpackException | Http2Exception e) {
            // It is refused.
        }
    }

    /** Names in lower case, and what no table may hold still so; of what may, the encoder keeps some out. */
    private static void assertSame(List<String> read, List<String> fields) {
        assertThat(read.stream().map(field -> field.substring(1)).toList())
                .isEqualTo(fields.stream()
                        .map(field -> lowerCaseName(field).substring(1))
                        .toList());
        for (int i = 0; i < fields.size(); i++) {
            assertThat(fields.get(i).charAt(0) == 'f' || read.get(i).charAt(0) == 'n')
                    .isTrue();
        }
    }

    private static void write(HpackEncoder encoder, HpackOutput output, String field) {
        int end = field.indexOf('\0', 1);
        String name = field.substring(1, end);
        String value = field.substring(end + 1);
        if (field.charAt(0) == 'n') {
            encoder.neverIndexed(output, name, value);
        } else {
            encoder.field(output, name, value);
        }
    }

    private static String lowerCaseName(String field) {
        int end = field.indexOf('\0', 1);
        StringBuilder name = new StringBuilder();
        field.substring(0, end).chars().forEach(c -> name.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return name + field.substring(end);
    }

    /** Each field as a letter that tells its kind, its name, a NUL and its value; names with a NUL are left out. */
    private record Listing(List<String> fields) implements FieldSink {

        @Override
        public void field(String name, String value) {
            add("f", name, value);
        }

        @Override
        public void neverIndexed(String name, String value) {
            add("n", name, value);
        }

        private void add(String kind, String name, String value) {
            if (name.indexOf('\0') < 0) {
                fields.add(kind + name + '\0' + value);
            }
        }
    }

    private static List<String> events(byte[] bytes, int step) {
        Events events = new Events();
        FrameReader reader = new FrameReader(events);
        Inbox in = new Inbox(new BufferPool());
        in.bytes = new byte[bytes.length + 64];
        Arrays.fill(in.bytes, (byte) 'A');
        try {
            while (in.end < bytes.length) {
                int length = Math.min(step, bytes.length - in.end);
                System.arraycopy(bytes, in.end, in.bytes, in.end, length);
                in.end += length;
                reader.read(in);
            }
            events.add("read " + reader.inBlock());
        } catch (Http2Exception e) {
            events.add(String.format(Locale.ROOT, "error %d on %d: %s", e.code(), e.stream(), e.getMessage()));
        }
        return events.finished();
    }

    /** What a receiver is told, with the parts of each frame of data put together. */
    private static final class Events implements FrameReader.Receiver {

        private final List<String> all = new ArrayList<>();
        private final StringBuilder data = new StringBuilder();

        void add(String event) {
            all.add(data + event);
            data.setLength(0);
        }

        List<String> finished() {
            add("end");
            return all;
        }

        @Override
        public void dataBegins(int stream, int flowLength) {
            add("data of " + stream + ", " + flowLength);
        }

        @Override
        public void data(int stream, byte[] bytes, int offset, int length) {
            assertThat(length).isPositive();
            for (int i = offset; i < offset + length; i++) {
                data.append((char) (bytes[i] & 0xff));
            }
        }

        @Override
        public void dataEnds(int stream, int padding, boolean last) {
            add("data ends " + stream + ", " + padding + ", " + last);
        }

        @Override
        public void headers(int stream, byte[] bytes, int offset, int length, boolean last) {
            add("headers " + stream + ", " + shown(bytes, offset, length) + ", " + last);
        }

        @Override
        public void settings(byte[] bytes, int offset, int length) {
            add("settings " + shown(bytes, offset, length));
        }

        @Override
        public void settingsTaken() {
            add("settings taken");
        }

        @Override
        public void ping(byte[] bytes, int offset, boolean answer) {
            add("ping " + shown(bytes, offset, 8) + answer);
        }

        @Override
        public void goAway(int lastStream, int code) {
            add("go away " + lastStream + ", " + code);
        }

        @Override
        public void windowUpdate(int stream, int increment) {
            assertThat(increment).isNotNegative();
            add("window " + stream + ", " + increment);
        }

        @Override
        public void reset(int stream, int code) {
            add("reset " + stream + ", " + code);
        }

        @Override
        public void idle(int stream) {
            add("idle " + stream);
        }

        private static String shown(byte[] bytes, int offset, int length) {
            return Arrays.toString(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }
}
