package io.signalbox.mesh.proxy.http2.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HpackEncoderTest {

    private final HpackEncoder encoder = new HpackEncoder(4096);
    private final HpackDecoder decoder = new HpackDecoder(65_536, 65_536);
    private final HpackOutput out = new HpackOutput();

    @Test
    void namesAreSentInLowerCase() throws HpackException {
        assertThat(sent("X-Shop-Till", "4")).containsExactly(new Line("x-shop-till", "4"));
        assertThat(sent("CONTENT-TYPE", "text/plain")).containsExactly(new Line("content-type", "text/plain"));
        assertThat(sent("Content-Type", "text/plain")).containsExactly(new Line("content-type", "text/plain"));
        assertThat(Line.table(decoder)).hasSize(1);
    }

    @Test
    void valuesKeepTheirOctets() throws HpackException {
        StringBuilder octets = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            octets.append(c);
        }
        assertThat(sent("x-octets", octets.toString())).containsExactly(new Line("x-octets", octets.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {":authority", ":status", "user-agent", "content-type", "te", "grpc-encoding"})
    void aFieldOfFewValuesIsOneOctetFromItsSecondTimeOn(String name) throws HpackException {
        sent(name, "some value");
        assertThat(sent(name, "some value")).containsExactly(new Line(name, "some value"));
        assertThat(out.length()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "x-tenant, blue",
        ":path, /cart/items",
        "cookie, session=0123456789abcdef",
        "referer, https://shop.example/"
    })
    void anyOtherFieldIsOneOctetFromItsThirdTimeOn(String name, String value) throws HpackException {
        sent(name, value);
        assertThat(Line.table(decoder)).isEmpty();
        sent(name, value);
        assertThat(Line.table(decoder)).containsExactly(new Line(name, value));
        assertThat(sent(name, value)).containsExactly(new Line(name, value));
        assertThat(out.length()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        ":path, /search?q=tea",
        "content-length, 1234",
        "Content-Length, 1234",
        "date, 'Mon, 21 Oct 2013 20:13:21 GMT'",
        "x-request-id, 7b9c",
        "X-B3-TraceId, 463ac35c9f6413ad",
        "x-b3-spanid, a2fb4a1d1a96d312",
        "b3, 463ac35c9f6413ad-a2fb4a1d1a96d312",
        "traceparent, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    })
    void whatDiffersEachTimeIsNotIndexed(String name, String value) throws HpackException {
        for (int i = 0; i < 3; i++) {
            sent(name, value);
            assertThat(out.bytes()[0] & 0xf0).isZero();
        }
        assertThat(Line.table(decoder)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"authorization, Bearer abc", "Proxy-Authorization, Basic abc", "set-cookie, a=b", "cookie, a=b"})
    void secretsAreMarkedAsNeverToBeIndexed(String name, String value) throws HpackException {
        for (int i = 0; i < 3; i++) {
            sent(name, value);
            assertThat(out.bytes()[0] & 0xf0).isEqualTo(0x10);
        }
        assertThat(Line.table(decoder)).isEmpty();
    }

    @Test
    void aFieldThatCameNeverIndexedGoesOnSo() {
        encoder.begin(out);
        encoder.neverIndexed(out, ":method", "GET");
        assertThat(Line.hex(out)).isEqualTo("1203474554");
    }

    @Test
    void huffmanCodingIsUsedOnlyWhereItIsShorter() {
        out.string("www.example.com");
        out.string("#$<>");
        out.string("XYZ");
        out.string("");
        assertThat(Line.hex(out)).isEqualTo("8cf1e3c2e5f23a6ba0ab90f4ff" + "0423243c3e" + "0358595a" + "00");
    }

    @Test
    void aFieldThatWouldPushMostOthersOutIsNotIndexed() throws HpackException {
        sent("user-agent", "a".repeat(2100));
        assertThat(Line.table(decoder)).isEmpty();
    }

    @Test
    void theOldestFieldsMakeRoom() throws HpackException {
        for (int i = 0; i < 300; i++) {
            sent("user-agent", "agent " + i);
        }
        List<Line> table = Line.table(decoder);
        assertThat(table.get(0)).isEqualTo(new Line("user-agent", "agent 299"));
        assertThat(table.stream().mapToInt(Line::size).sum()).isBetween(4096 - 51, 4096);
        sent("user-agent", "agent 299");
        assertThat(out.length()).isEqualTo(1);
        sent("user-agent", "agent 1");
        assertThat(out.length()).isGreaterThan(1);
    }

    @Test
    void theLowestAndTheLastTableSizeAreToldAtTheStartOfTheNextBlock() throws HpackException {
        sent("user-agent", "some value");
        encoder.peerTableSize(0);
        encoder.peerTableSize(200);
        encoder.peerTableSize(100);
        assertThat(begun()).isEqualTo("20" + "3f45");
        encoder.peerTableSize(4096);
        assertThat(begun()).isEqualTo("3fe11f");
        assertThat(begun()).isEmpty();
    }

    @Test
    void aSizeUpdateMakesTheTablesForgetTheSame() throws HpackException {
        sent("user-agent", "some value");
        encoder.peerTableSize(0);
        assertThat(sent("user-agent", "some value")).containsExactly(new Line("user-agent", "some value"));
        assertThat(out.length()).isGreaterThan(1);
        assertThat(Line.table(decoder)).isEmpty();
        encoder.peerTableSize(4096);
        sent("user-agent", "some value");
        sent("user-agent", "some value");
        assertThat(out.length()).isEqualTo(1);
    }

    @Test
    void noMoreOfThePeersTableIsUsedThanWasAskedFor() {
        encoder.peerTableSize(65_536);
        assertThat(begun()).isEmpty();
        encoder.peerTableSize(8192); // taken back, so it waits for an answer
        assertThat(begun()).isEqualTo("3fe11f");

        HpackEncoder large = new HpackEncoder(8192);
        large.peerTableSize(Integer.MAX_VALUE);
        out.reset();
        large.begin(out);
        assertThat(Line.hex(out)).isEqualTo("3fe13f");
    }

    @Test
    void anEncoderThatUsesLessThanTheInitialTableSaysSoAtOnce() {
        HpackEncoder none = new HpackEncoder(0);
        none.begin(out);
        none.field(out, "user-agent", "a");
        assertThat(Line.hex(out)).isEqualTo("20" + "0f2b0161");
        none.peerTableSize(4096);
        out.reset();
        none.begin(out);
        assertThat(out.length()).isZero();
    }

    @Test
    void aLargeBufferIsNotKept() {
        out.string("a".repeat(100_000));
        assertThat(out.bytes()).hasSizeGreaterThan(65_536);
        out.reset();
        assertThat(out.bytes()).hasSizeLessThan(65_536);
    }

    @Test
    void negativeTableSizesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HpackEncoder(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.peerTableSize(-1));
    }

    private List<Line> sent(String name, String value) throws HpackException {
        Line.write(encoder, out, List.of(new Line(name, value)));
        return Line.read(decoder, out);
    }

    private String begun() {
        out.reset();
        encoder.begin(out);
        return Line.hex(out);
    }
}
