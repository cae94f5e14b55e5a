package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.Protocol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A sidecar that closes lets what is at hand end, and takes nothing new. */
final class DrainTest extends MeshCase {

    /** Longer than a test may take: whoever waits it out fails. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answering = new CountDownLatch(1);

    @Test
    void aRequestAtHandEndsWellWhileTheSidecarCloses() throws Exception {
        expose(holding());
        Sidecar till = start(LONG);

        try (RawHttp http = new RawHttp(till.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            asked.await();
            Thread closing = Thread.ofVirtual().start(till::close);
            await().until(() -> refuses(till.outboundPort()));
            assertThat(ready(till)).contains("503", "draining");

            answering.countDown();
            RawHttp.Answer answer = http.answer();
            assertThat(answer.body()).isEqualTo("hi");
            assertThat(answer.head().field("Connection")).isEqualTo("close");
            closing.join();
        }
        await().until(() -> refuses(till.adminPort()));
    }

    @Test
    void aStreamOfHttp2EndsWellWhileTheSidecarCloses() throws Exception {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Slow())
                .build()
                .start();
        mesh.closing(server::shutdownNow);
        mesh.register(new Endpoint("catalog", "catalog-1", "v1", "127.0.0.1", server.getPort(), Protocol.GRPC, null));
        Sidecar till = start(LONG);
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), till.outboundPort()))
                .overrideAuthority("catalog")
                .usePlaintext()
                .build();
        mesh.closing(channel::shutdownNow);

        Iterator<StreamingOutputCallResponse> answers = TestServiceGrpc.newBlockingStub(channel)
                .streamingOutputCall(StreamingOutputCallRequest.getDefaultInstance());
        assertThat(answers.next()).isNotNull();
        Thread closing = Thread.ofVirtual().start(till::close);
        await().until(() -> refuses(till.outboundPort()));
        answering.countDown();

        assertThat(answers.next()).isNotNull();
        assertThat(answers.hasNext()).as("the stream ends, and well").isFalse();
        closing.join();
    }

    @Test
    void theApplicationMayStillCallWhileItHasARequestToAnswer() throws Exception {
        RawApp app = mesh.closing(holding());
        Sidecar catalog = mesh.start(
                SidecarSpec.of("catalog", "v1", "catalog-9", app.port(), mesh.authority.issue("catalog", "catalog-9"))
                        .withMtls(MtlsMode.OFF)
                        .withLimits(new SidecarSpec.Limits(10, LONG)));
        TestApp stock = mesh.closing(TestApp.saying(200, "three"));
        mesh.plain("stock", "v1", "stock-1", stock.port());

        try (RawHttp http = new RawHttp(catalog.inboundPort().orElseThrow())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            asked.await();
            Thread closing = Thread.ofVirtual().start(catalog::close);
            await().until(() -> refuses(catalog.inboundPort().orElseThrow()));
            try (RawHttp own = new RawHttp(catalog.outboundPort())) {
                assertThat(own.send("GET / HTTP/1.1\nHost: stock\n\n").answer().body())
                        .isEqualTo("three");
            }
            answering.countDown();
            assertThat(http.answer().body()).isEqualTo("hi");
            closing.join();
        }
        await().until(() -> refuses(catalog.outboundPort()));
    }

    @Test
    void anUpgradedConnectionGetsTheTimeAsWell() throws Exception {
        expose(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: echo\n\n");
            TcpCase.echo(connection);
        }));
        Sidecar till = start(LONG);

        try (RawHttp http = new RawHttp(till.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\nConnection: Upgrade\nUpgrade: echo\n\n");
            http.head();
            Thread closing = Thread.ofVirtual().start(till::close);
            await().until(() -> refuses(till.outboundPort()));
            // Longer than connections without a request get.
            assertThat(closing.join(Duration.ofMillis(900))).isFalse();
            assertThat(http.send("still here\n").line()).isEqualTo("still here");
            http.close();
            closing.join();
        }
    }

    @Test
    void withNothingAtHandItClosesSoon() throws Exception {
        expose(TestApp.saying(200, "hi"));
        Sidecar till = start(LONG);

        try (RawHttp idle = new RawHttp(till.outboundPort());
                RawHttp silent = new RawHttp(till.outboundPort())) {
            idle.send("GET / HTTP/1.1\nHost: catalog\n\n");
            assertThat(idle.answer().body()).isEqualTo("hi");

            till.close();

            assertThat(idle.in.read()).isEqualTo(-1);
            assertThat(silent.in.read()).isEqualTo(-1);
        }
    }

    @Test
    void whatTakesTooLongIsCutOff() throws Exception {
        expose(holding());
        Sidecar till = start(Duration.ofMillis(100));

        try (RawHttp http = new RawHttp(till.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            asked.await();
            till.close();
            assertThatThrownBy(http::answer).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        expose(holding());
        Sidecar till = start(LONG);

        try (RawHttp http = new RawHttp(till.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            asked.await();
            Thread closing = Thread.ofVirtual().start(till::close);
            await().until(() -> refuses(till.outboundPort()));
            closing.interrupt();
            closing.join();
            assertThatThrownBy(http::answer).isInstanceOf(IOException.class);
        }
    }

    private Sidecar start(Duration drain) {
        return mesh.start(SidecarSpec.client("till", "till-0", null).withLimits(new SidecarSpec.Limits(100, drain)));
    }

    private RawApp holding() throws IOException {
        return RawApp.talking(connection -> {
            connection.request();
            asked.countDown();
            answering.await();
            connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi");
        });
    }

    private static String ready(Sidecar sidecar) throws IOException {
        try (RawHttp http = new RawHttp(sidecar.adminPort())) {
            RawHttp.Answer answer =
                    http.send("GET /ready HTTP/1.1\nHost: admin\n\n").answer();
            return answer.status() + " " + answer.body();
        }
    }

    private static boolean refuses(int port) throws IOException {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    /** Says one thing at once, and one when it may. */
    private final class Slow extends TestServiceGrpc.TestServiceImplBase {

        @Override
        public void streamingOutputCall(
                StreamingOutputCallRequest request, StreamObserver<StreamingOutputCallResponse> answer) {
            answer.onNext(StreamingOutputCallResponse.getDefaultInstance());
            try {
                answering.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer.onNext(StreamingOutputCallResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }
}
