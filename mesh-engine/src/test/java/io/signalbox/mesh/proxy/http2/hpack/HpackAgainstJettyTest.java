package io.signalbox.mesh.proxy.http2.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ours and another implementation understand each other. */
class HpackAgainstJettyTest {

    private static final int LIMIT = 1 << 20;

    private final Random random = new Random(7541);
    private final RandomLists lists = new RandomLists(random);
    private final HpackOutput out = new HpackOutput();

    @Test
    void jettyReadsWhatWeWriteWhileTableSizesChange() throws Exception {
        for (int connection = 0; connection < 10; connection++) {
            HpackEncoder encoder = new HpackEncoder(65_536);
            var decoder = new org.eclipse.jetty.http2.hpack.HpackDecoder(LIMIT, () -> 0L);
            for (int i = 0; i < 500; i++) {
                if (random.nextInt(20) == 0) {
                    int size = random.nextInt(6000);
                    decoder.setMaxTableCapacity(size);
                    encoder.peerTableSize(size);
                }
                List<Line> request = request();
                Line.write(encoder, out, request);
                MetaData read = decoder.decode(ByteBuffer.wrap(out.bytes(), 0, out.length()));
                assertThat(lines((MetaData.Request) read)).as("list %d", i).isEqualTo(request);
            }
        }
    }

    @Test
    void weReadWhatJettyWritesWhileTableSizesChange() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(LIMIT);
        for (int connection = 0; connection < 10; connection++) {
            var encoder = new org.eclipse.jetty.http2.hpack.HpackEncoder();
            HpackDecoder decoder = new HpackDecoder(65_536, LIMIT);
            encoder.setTableCapacity(4096);
            encoder.setMaxHeaderListSize(LIMIT);
            for (int i = 0; i < 500; i++) {
                buffer.clear();
                if (random.nextInt(20) == 0) {
                    int size = random.nextInt(6000);
                    encoder.setMaxTableCapacity(size);
                    encoder.setTableCapacity(size);
                }
                List<Line> request = request();
                encoder.encode(buffer, metaData(request));
                byte[] block = new byte[buffer.flip().remaining()];
                buffer.get(block);
                assertThat(Line.read(decoder, block)).as("list %d", i).containsExactlyInAnyOrderElementsOf(request);
            }
        }
    }

    private List<Line> request() {
        List<Line> request = new ArrayList<>();
        request.add(new Line(":method", random.nextBoolean() ? "GET" : random.nextBoolean() ? "POST" : "PATCH"));
        request.add(new Line(":scheme", random.nextBoolean() ? "https" : "http"));
        request.add(new Line(":authority", "shop-" + random.nextInt(3) + ".example:8080"));
        request.add(new Line(":path", lists.path()));
        for (Line line : lists.next()) {
            // Jetty looks into these two, and trims values.
            if (!line.name().equals("content-length") && !line.name().equals("te")) {
                request.add(new Line(line.name(), line.value().strip()));
            }
        }
        return request;
    }

    private static MetaData.Request metaData(List<Line> request) {
        HttpFields.Mutable fields = HttpFields.build();
        request.stream().skip(4).forEach(line -> fields.add(line.name(), line.value()));
        String uri = request.get(1).value() + "://" + request.get(2).value()
                + request.get(3).value();
        return new MetaData.Request(request.get(0).value(), HttpURI.from(uri), HttpVersion.HTTP_2, fields);
    }

    private static List<Line> lines(MetaData.Request request) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(":method", request.getMethod()));
        lines.add(new Line(":scheme", request.getHttpURI().getScheme()));
        lines.add(new Line(":authority", request.getHttpURI().getAuthority()));
        lines.add(new Line(":path", request.getHttpURI().getPathQuery()));
        request.getHttpFields()
                .forEach(field -> lines.add(new Line(field.getLowerCaseName(), value(field.getValue()))));
        return lines;
    }

    private static String value(@Nullable String value) {
        return value == null ? "" : value;
    }
}
