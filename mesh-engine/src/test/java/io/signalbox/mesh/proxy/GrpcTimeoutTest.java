package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.proxy.filter.GrpcTimeout;
import io.signalbox.mesh.proxy.message.Fields;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time that a gRPC caller gives its call, from hop to hop. */
class GrpcTimeoutTest extends MeshCase {

    private static final String ASKING = "POST /a.B/C HTTP/1.1\n"
            + "Host: catalog\n"
            + "Content-Type: application/grpc\n"
            + "grpc-timeout: %s\n"
            + "Content-Length: 0\n\n";

    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void aCallersTimeIsShorterThanTheRoutesAndEndsTheCall() throws IOException {
        expose(RawApp.talking(connection -> {
            connection.request();
            over.await();
        }));

        RawHttp.Answer answer = call(ASKING.formatted("200m"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().field("grpc-status")).isEqualTo("4");
        assertThat(answer.cause()).isEqualTo("timeout");
        over.countDown();
    }

    @Test
    void anAnswerThatGoesOnWhenTheTimeIsOverIsBrokenOff() throws IOException {
        expose(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n");
            over.await();
        }));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send(ASKING.formatted("300m"));
            assertThat(http.line()).isEqualTo("HTTP/1.1 200 OK");
            http.fields();
            assertThat(http.line()).isEqualTo("3");
            assertThat(http.line()).isEqualTo("abc");
            assertThatThrownBy(http::line).isInstanceOf(IOException.class);
        }
        over.countDown();
    }

    @Test
    void theNextHopIsToldWhatIsLeft() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        expose(RawApp.talking(connection -> {
            connection.http().line();
            seen.addAll(connection.http().fields());
            connection.send("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        }));

        call(ASKING.formatted("50S"));

        assertThat(seen).anySatisfy(field -> {
            assertThat(field).startsWith("grpc-timeout: ").endsWith("u");
            assertThat(Long.parseLong(field.substring(14, field.length() - 1))).isBetween(40_000_000L, 50_000_000L);
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        1H, PT1H
        2M, PT2M
        3S, PT3S
        4m, PT0.004S
        5u, PT0.000005S
        6n, PT0.000000006S
        99999999S, PT99999999S
        """)
    void aTimeoutHasDigitsAndAUnit(String text, Duration expected) {
        assertThat(GrpcTimeout.asked(fields(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "S", "123456789S", "-1S", "1.5S", "1 S", "1s"})
    void whatIsNoTimeoutIsNone(String text) {
        assertThat(GrpcTimeout.asked(fields(text))).isNull();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        PT1.5S, 1500000u
        PT3M, 180000m
        PT100H, 360000S
        """)
    void whatIsLeftIsSaidAsFinelyAsEightDigitsAllow(Duration left, String expected) {
        Fields fields = fields("1H");

        GrpcTimeout.pass(fields, left);

        assertThat(fields.first("grpc-timeout")).isEqualTo(expected);
    }

    private static Fields fields(String timeout) {
        Fields fields = new Fields();
        fields.add("grpc-timeout", timeout);
        return fields;
    }
}
