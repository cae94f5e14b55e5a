package io.signalbox.mesh.proxy.http2.hpack;

import static io.signalbox.mesh.proxy.http2.hpack.Line.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All examples of RFC 7541, appendix C. */
class Rfc7541ExamplesTest {

    private static final String GET = """
        :method: GET
        :scheme: http
        :path: /
        :authority: www.example.com
        """;

    private static final List<String> REQUESTS = List.of(GET, GET + "cache-control: no-cache", """
        :method: GET
        :scheme: https
        :path: /index.html
        :authority: www.example.com
        custom-key: custom-value
        """);

    private static final List<String> AFTER_REQUESTS = List.of(":authority: www.example.com", """
        cache-control: no-cache
        :authority: www.example.com
        """, """
        custom-key: custom-value
        cache-control: no-cache
        :authority: www.example.com
        """);

    private static final String COOKIE = "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";

    private static final List<String> ANSWERS = List.of("""
        :status: 302
        cache-control: private
        date: Mon, 21 Oct 2013 20:13:21 GMT
        location: https://www.example.com
        """, """
        :status: 307
        cache-control: private
        date: Mon, 21 Oct 2013 20:13:21 GMT
        location: https://www.example.com
        """, """
            :status: 200
            cache-control: private
            date: Mon, 21 Oct 2013 20:13:22 GMT
            location: https://www.example.com
            content-encoding: gzip
            set-cookie:\
            """ + " " + COOKIE);

    private static final List<String> AFTER_ANSWERS = List.of("""
        location: https://www.example.com
        date: Mon, 21 Oct 2013 20:13:21 GMT
        cache-control: private
        :status: 302
        """, """
        :status: 307
        location: https://www.example.com
        date: Mon, 21 Oct 2013 20:13:21 GMT
        cache-control: private
        """, "set-cookie: " + COOKIE + """

            content-encoding: gzip
            date: Mon, 21 Oct 2013 20:13:22 GMT
            """);

    private static final String TABLE_OF_256 = "3fe101";

    private final HpackDecoder decoder = new HpackDecoder(4096, 8192);
    private final HpackOutput out = new HpackOutput();

    @Test
    void c1IntegersAreWrittenAndReadByPrefix() throws HpackException {
        out.integer(0xe0, 0x1f, 10);
        out.integer(0x20, 0x1f, 1337);
        out.integer(0, 0xff, 42);
        assertThat(Line.hex(out)).isEqualTo("ea" + "3f9a0a" + "2a");

        // 1337 as a table size: an entry of 1337 octets stays, one of 1338 does not.
        read(decoder, "3f9a0a" + added("x", "v".repeat(1337 - 33)));
        assertThat(Line.table(decoder)).hasSize(1);
        read(decoder, added("x", "v".repeat(1338 - 33)));
        assertThat(Line.table(decoder)).isEmpty();
        // 10, the method's third, and 42 in a seven bit prefix
        assertThat(read(decoder, "8a aa")).isEqualTo(List.of(new Line(":status", "206"), new Line("if-range", "")));
    }

    @Test
    void c2FieldsAreReadAsTheyAreRepresented() throws HpackException {
        assertThat(read(decoder, "400a637573746f6d2d6b65790d637573746f6d2d686561646572"))
                .isEqualTo(Line.all("custom-key: custom-header"))
                .isEqualTo(Line.table(decoder));
        HpackDecoder fresh = new HpackDecoder(4096, 8192);
        assertThat(read(fresh, "040c2f73616d706c652f70617468")).isEqualTo(Line.all(":path: /sample/path"));
        assertThat(read(fresh, "100870617373776f726406736563726574")).isEqualTo(Line.all("password: secret"));
        assertThat(read(fresh, "82")).isEqualTo(Line.all(":method: GET"));
        assertThat(Line.table(fresh)).isEmpty();
    }

    @Test
    void c2TheNeverIndexedFieldIsHandedOverAsSuch() throws HpackException {
        List<String> never = new ArrayList<>();
        byte[] block = Line.hex("100870617373776f726406736563726574" + "82");
        decoder.decode(block, 0, block.length, new FieldSink() {
            @Override
            public void field(String name, String value) {}

            @Override
            public void neverIndexed(String name, String value) {
                never.add(name + ": " + value);
            }
        });
        assertThat(never).containsExactly("password: secret");
    }

    @Test
    void c3RequestsWithoutHuffmanCoding() throws HpackException {
        check(
                REQUESTS,
                AFTER_REQUESTS,
                List.of(57, 110, 164),
                "828684410f7777772e6578616d706c652e636f6d",
                "828684be58086e6f2d6361636865",
                "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
    }

    @Test
    void c4RequestsWithHuffmanCoding() throws HpackException {
        check(
                REQUESTS,
                AFTER_REQUESTS,
                List.of(57, 110, 164),
                "828684418cf1e3c2e5f23a6ba0ab90f4ff",
                "828684be5886a8eb10649cbf",
                "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf");
    }

    @Test
    void c5AnswersWithoutHuffmanCoding() throws HpackException {
        check(
                ANSWERS,
                AFTER_ANSWERS,
                List.of(222, 222, 215),
                TABLE_OF_256
                        + "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54"
                        + "6e1768747470733a2f2f7777772e6578616d706c652e636f6d",
                "4803333037c1c0bf",
                "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d415344"
                    + "4a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31");
    }

    @Test
    void c6AnswersWithHuffmanCoding() throws HpackException {
        check(
                ANSWERS,
                AFTER_ANSWERS,
                List.of(222, 222, 215),
                TABLE_OF_256 + "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
                        + "6e919d29ad171863c78f0b97c8e9ae82ae43d3",
                "4883640effc1c0bf",
                "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b39"
                        + "60d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007");
    }

    @Test
    void ourEncoderWritesTheFirstRequestLikeTheExample() {
        Line.write(new HpackEncoder(4096), out, Line.all(GET));
        assertThat(Line.hex(out)).isEqualTo("828684418cf1e3c2e5f23a6ba0ab90f4ff");
    }

    private void check(List<String> lists, List<String> tables, List<Integer> sizes, String... blocks)
            throws HpackException {
        for (int i = 0; i < blocks.length; i++) {
            assertThat(read(decoder, blocks[i])).isEqualTo(Line.all(lists.get(i)));
            assertThat(Line.table(decoder)).isEqualTo(Line.all(tables.get(i)));
            assertThat(Line.table(decoder).stream().mapToInt(Line::size).sum()).isEqualTo(sizes.get(i));
        }
    }

    private static String added(String name, String value) {
        HpackOutput out = new HpackOutput();
        out.integer(0x40, 0x3f, 0);
        out.string(name);
        out.string(value);
        return Line.hex(out);
    }
}
