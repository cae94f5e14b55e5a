package io.signalbox.mesh.proxy.http2.hpack;

import static io.signalbox.mesh.proxy.http2.hpack.Line.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HpackDecoderTest {

    private static final List<Line> TOO_LARGE = List.of(new Line("", "the list is too large"));

    private final HpackDecoder decoder = new HpackDecoder(4096, 8192);
    private final HpackOutput out = new HpackOutput();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        80                         | index: 0 (expected: 1..61)
        be                         | index: 62 (expected: 1..61)
        7e 01 61                   | index: 62 (expected: 1..61)
        1f 2f 01 61                | index: 62 (expected: 1..61)
        40 01 61 01 62 bf          | index: 63 (expected: 1..62)
        ff ff ff ff ff 07          | an integer of more than 31 bits
        ff ff ff ff ff 0f          | an integer of more than 31 bits
        ff 80 80 80 80 80 00       | an integer of more than 31 bits
        ff 80 80 80 80 80 80 80 00 | an integer of more than 31 bits
        00 7f ff ff ff ff 7f       | an integer of more than 31 bits
        ff                         | a field ends within an integer
        ff 80                      | a field ends within an integer
        0f                         | a field ends within an integer
        3f e1                      | a field ends within an integer
        04 7f                      | a field ends within an integer
        3f e2 1f                   | table size: 4097 (expected: 0..4096)
        82 20                      | a table size update after a field
        82 3f e1 1f                | a table size update after a field
        40                         | a field ends before its string
        00 01 61                   | a field ends before its string
        04                         | a field ends before its string
        04 02 61                   | length of a string: 2 (expected: 0..1)
        00 03 61                   | length of a string: 3 (expected: 0..1)
        04 82 1f                   | length of a string: 2 (expected: 0..1)
        00 7f 80 ff ff ff 07       | length of a string: 2147483647 (expected: 0..0)
        04 ff 80 ff ff ff 07 61    | length of a string: 2147483647 (expected: 0..1)
        04 84 ff ff ff fc          | the end of a string within it
        04 84 ff ff ff ff          | the end of a string within it
        04 88 1f ff ff ff e3 1f 1f 1f | the end of a string within it
        04 81 ff                   | padding of a string: 8 bits (expected: 0..7)
        04 82 1f ff                | padding of a string: 11 bits (expected: 0..7)
        04 83 ff ff ff             | padding of a string: 24 bits (expected: 0..7)
        04 81 18                   | padding of a string: not all ones
        04 81 1e                   | padding of a string: not all ones
        04 81 fe                   | padding of a string: 8 bits (expected: 0..7)
        """)
    void blocksThatBreakTheRulesAreRefused(String block, String message) {
        assertThatExceptionOfType(HpackException.class)
                .isThrownBy(() -> read(decoder, block))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
        04 81 1f|:path: a
        04 82 18 ff|:path: aa
        04 80|:path:\s
        04 00|:path:\s
        3f e1 1f 82|:method: GET
        20 3f e1 1f 82|:method: GET
        """)
    void blocksAtTheEdgeOfTheRulesAreTaken(String block, String field) throws HpackException {
        assertThat(read(decoder, block)).isEqualTo(Line.all(field));
    }

    @Test
    void anIntegerMayHaveMoreOctetsThanItNeeds() {
        assertThatExceptionOfType(HpackException.class)
                .isThrownBy(() -> read(decoder, "ff 80 80 80 00"))
                .withMessage("index: 127 (expected: 1..61)");
    }

    @Test
    void theGreatestIndexIsAnIndexAndNoOverflow() {
        assertThatExceptionOfType(HpackException.class)
                .isThrownBy(() -> read(decoder, "ff 80 ff ff ff 07"))
                .withMessage("index: 2147483647 (expected: 1..61)");
    }

    @Test
    void anEmptyBlockIsAnEmptyList() throws HpackException {
        assertThat(read(decoder, "")).isEmpty();
    }

    @Test
    void aListOfExactlyTheLimitIsHandedOver() throws HpackException {
        HpackDecoder small = new HpackDecoder(4096, 2 * 42);
        assertThat(read(small, "8282")).hasSize(2);
        assertThat(read(new HpackDecoder(4096, 2 * 42 - 1), "8282"))
                .containsExactly(new Line(":method", "GET"), TOO_LARGE.get(0));
    }

    @Test
    void nothingIsHandedOverOnceTheListIsTooLargeEvenIfItWouldFit() throws HpackException {
        HpackDecoder small = new HpackDecoder(4096, 45);
        assertThat(read(small, "04 09 2f61616161616161 61" + "82")).isEqualTo(TOO_LARGE);
        assertThat(read(small, "82")).containsExactly(new Line(":method", "GET"));
    }

    @Test
    void aListThatIsTooLargeIsReadToItsEndAndKeepsTheTableInStep() throws HpackException {
        HpackDecoder small = new HpackDecoder(4096, 64);
        assertThat(read(small, "8287 40 01 61 01 62 40 01 63 01 64"))
                .containsExactly(new Line(":method", "GET"), TOO_LARGE.get(0));
        assertThat(Line.table(small)).containsExactly(new Line("c", "d"), new Line("a", "b"));
        assertThatExceptionOfType(HpackException.class).isThrownBy(() -> read(small, "8287 87 80"));
    }

    @ParameterizedTest
    @CsvSource({"v, 9000", "\u00ff, 9000", "v, 100000"})
    void aStringBeyondAllLimitsEmptiesTheTableAsAnEntryTooLargeForItDoes(String letter, int length)
            throws HpackException {
        HpackDecoder small = new HpackDecoder(4096, 64);
        read(small, "40 01 61 01 62");
        out.integer(0, 0x0f, 4);
        out.string(letter.repeat(length));
        assertThat(read(small, out)).isEqualTo(TOO_LARGE);
        assertThat(Line.table(small)).hasSize(1);

        out.reset();
        out.integer(0x40, 0x3f, 4);
        out.string(letter.repeat(length));
        out.integer(0x80, 0x7f, 2);
        assertThat(read(small, out)).isEqualTo(TOO_LARGE);
        assertThat(Line.table(small)).isEmpty();
    }

    @Test
    void aNameBeyondAllLimitsIsNoEntryEither() throws HpackException {
        HpackDecoder small = new HpackDecoder(4096, 64);
        read(small, "40 01 61 01 62");
        out.integer(0x40, 0x3f, 0);
        out.string("n".repeat(9000));
        out.string("v");
        assertThat(read(small, out)).isEqualTo(TOO_LARGE);
        assertThat(Line.table(small)).isEmpty();
    }

    @Test
    void aFieldMayTakeItsNameFromTheEntryThatMakesRoomForIt() throws HpackException {
        String block = "3f 22" + "40 03 616263 01 64" + "7e 1c" + "65".repeat(28);
        assertThat(read(decoder, block)).containsExactly(new Line("abc", "d"), new Line("abc", "e".repeat(28)));
        assertThat(Line.table(decoder)).containsExactly(new Line("abc", "e".repeat(28)));
    }

    @Test
    void aNameThatComesAgainIsTheSameString() throws HpackException {
        String block = "00 03 616263 01 64";
        assertThat(read(decoder, block).get(0).name())
                .isSameAs(read(decoder, block).get(0).name());
        assertThat(read(decoder, "82").get(0).name())
                .isSameAs(read(decoder, "83").get(0).name());
    }

    @Test
    void untilTheyAreAcknowledgedOurSettingsBindNobody() throws HpackException {
        HpackDecoder tiny = new HpackDecoder(100, 8192);
        assertThat(read(tiny, "3f e1 1f 82")).hasSize(1);
        tiny.acknowledged();
        assertThatExceptionOfType(HpackException.class)
                .isThrownBy(() -> read(tiny, "3f 46"))
                .withMessage("table size: 101 (expected: 0..100)");
    }

    @Test
    void afterSettingsThatTakeMemoryAwayTheNextBlockMustSaySo() throws HpackException {
        HpackDecoder tiny = new HpackDecoder(100, 8192);
        tiny.acknowledged();
        assertThatExceptionOfType(HpackException.class)
                .isThrownBy(() -> read(tiny, "82"))
                .withMessage("no table size update after our settings (expected: 0..100)");
        HpackDecoder other = new HpackDecoder(100, 8192);
        other.acknowledged();
        assertThat(read(other, "3f 45 82")).hasSize(1);
        assertThat(read(other, "82")).hasSize(1);
    }

    @Test
    void aDecoderOfANegativeSizeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HpackDecoder(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new HpackDecoder(0, -1));
    }
}
