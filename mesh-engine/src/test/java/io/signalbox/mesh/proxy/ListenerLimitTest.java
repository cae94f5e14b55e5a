package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A listener that has as many connections open as it may lets more of them wait until one closes. */
final class ListenerLimitTest extends MeshCase {

    /** Longer than an answer takes, and than an idle connection must be idle to make room. */
    private static final int SILENCE_MILLIS = 1_500;

    private final CountDownLatch answering = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void moreConnectionsThanTheLimitWaitUntilOneCloses() throws IOException {
        expose(RawApp.talking(connection -> {
            while (!connection.request().isEmpty()) {
                asked.incrementAndGet();
                answering.await();
                connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi");
            }
        }));
        int port = limitedTo(2).outboundPort();

        try (RawHttp first = new RawHttp(port);
                RawHttp second = new RawHttp(port);
                RawHttp third = new RawHttp(port)) {
            ask(first);
            ask(second);
            await().until(() -> asked.get() == 2);
            ask(third);
            third.socket.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(third::line).isInstanceOf(SocketTimeoutException.class);
            assertThat(asked).hasValue(2);

            answering.countDown();
            assertThat(first.answer().body()).isEqualTo("hi");
            first.close();

            third.socket.setSoTimeout(10_000);
            assertThat(third.answer().body()).isEqualTo("hi");
            assertThat(second.answer().body()).isEqualTo("hi");
        }
    }

    @Test
    void aConnectionThatHasLongBeenIdleMakesRoomForOneThatWaits() throws IOException {
        expose(TestApp.saying(200, "hi"));
        int port = limitedTo(1).outboundPort();

        try (RawHttp idle = new RawHttp(port);
                RawHttp waiting = new RawHttp(port)) {
            ask(idle);
            assertThat(idle.answer().body()).isEqualTo("hi");
            ask(waiting);

            assertThat(waiting.answer().body()).isEqualTo("hi");
            assertThat(idle.in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aConnectionThatHasSaidNothingMakesRoomAsWell() throws IOException {
        expose(TestApp.saying(200, "hi"));
        int port = limitedTo(1).outboundPort();

        try (RawHttp silent = new RawHttp(port);
                RawHttp waiting = new RawHttp(port)) {
            ask(waiting);

            assertThat(waiting.answer().body()).isEqualTo("hi");
            assertThat(silent.in.read()).isEqualTo(-1);
        }
    }

    @Test
    void withoutAnybodyWaitingAnIdleConnectionStays() throws IOException {
        expose(TestApp.saying(200, "hi"));

        try (RawHttp only = new RawHttp(limitedTo(1).outboundPort())) {
            ask(only);
            assertThat(only.answer().body()).isEqualTo("hi");
            only.socket.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(() -> only.in.read()).isInstanceOf(SocketTimeoutException.class);
            ask(only);
            assertThat(only.answer().body()).isEqualTo("hi");
        }
    }

    @Test
    void streamsOverTheLimitWaitUntilOneCloses() throws IOException {
        RawApp app = mesh.closing(RawApp.talking(TcpCase::echo));
        mesh.register(new Endpoint("stock", "stock-1", "v1", "127.0.0.1", app.port(), Protocol.TCP, null));
        Sidecar caller = mesh.start(SidecarSpec.client("till", "till-0", null)
                .withTcp(Map.of("stock", 0))
                .withLimits(new SidecarSpec.Limits(1, Duration.ofSeconds(2))));
        int port = Objects.requireNonNull(caller.tcpPorts().get("stock"));

        try (RawHttp first = new RawHttp(port);
                RawHttp second = new RawHttp(port)) {
            assertThat(first.send("one\n").line()).isEqualTo("one");
            second.send("two\n");
            second.socket.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(second::line).isInstanceOf(SocketTimeoutException.class);

            first.close();

            second.socket.setSoTimeout(10_000);
            assertThat(second.line()).isEqualTo("two");
        }
    }

    private Sidecar limitedTo(int connections) {
        return mesh.start(SidecarSpec.client("till", "till-0", null)
                .withLimits(new SidecarSpec.Limits(connections, Duration.ofSeconds(2))));
    }

    private static void ask(RawHttp http) throws IOException {
        http.send("GET / HTTP/1.1\nHost: catalog\n\n");
    }
}
