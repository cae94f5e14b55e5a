package io.signalbox.mesh.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.proxy.tcp.FirstBytes.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        16 03 01 02 00 01, TLS
        16 03 03 00 2f 01, TLS
        16,                UNDECIDED
        16 03,             UNDECIDED
        16 03 01 02 00,    UNDECIDED
        15,                PLAIN
        16 02,             PLAIN
        16 03 01 02 00 02, PLAIN
        17 03 03 00 2f 01, PLAIN
        """)
    void aHandshakeIsKnownByItsRecordAndItsType(String hex, Verdict verdict) {
        assertThat(of(HexFormat.ofDelimiter(" ").parseHex(hex))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "*1\r\n$4\r\nPING", "SSH-2.0-x", "EHLO me", "PRI * HTTP/2.0"})
    void aProtocolWhoseClientSpeaksFirstIsPlain(String text) {
        assertThat(of(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(Verdict.PLAIN);
    }

    @Test
    void postgresqlIsPlain() {
        assertThat(of(HexFormat.of().parseHex("0000000804d2162f"))).isEqualTo(Verdict.PLAIN);
    }

    @Test
    void nothingSaysNothing() {
        assertThat(FirstBytes.of(new byte[FirstBytes.NEEDED], 0)).isEqualTo(Verdict.UNDECIDED);
    }

    private static Verdict of(byte[] bytes) {
        return FirstBytes.of(bytes, bytes.length);
    }
}
