package io.signalbox.mesh.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.time.LogEar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventStreamTest {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> breaks = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    EventStreamTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] event = ("event: number\ndata: " + connections.incrementAndGet() + "\n\n")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, event.length);
                exchange.getResponseBody().write(event);
            }
        });
    }

    @BeforeEach
    void open() {
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void aReaderThatFailsIsSaidOnceAndAskedAgain() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (LogEar log = new LogEar(EventStream.class.getName());
                HttpCalls calls = new HttpCalls(Addresses.of(address), Optional.empty(), Optional.empty());
                EventStream stream =
                        new EventStream(() -> calls, new FailingAtFirst(), new SplittableRandom(1), _ -> {})) {
            stream.start();

            await().atMost(Duration.ofSeconds(15)).until(() -> taken.contains("4"));
            assertThat(log.heard()).hasSize(1);
            assertThat(breaks.getFirst())
                    .startsWith("what came could not be taken: ")
                    .contains("1 is a defect");
        }
    }

    @Test
    void anErrorEndsNoStreamForGood() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (LogEar log = new LogEar(EventStream.class.getName());
                HttpCalls calls = new HttpCalls(Addresses.of(address), Optional.empty(), Optional.empty());
                EventStream stream = new EventStream(
                        () -> calls,
                        new FailingAtFirst() {
                            @Override
                            public void event(String name, String data) {
                                if (data.equals("1")) {
                                    throw new OutOfMemoryError("of a test");
                                }
                                taken.add(data);
                            }
                        },
                        new SplittableRandom(1),
                        _ -> {})) {
            stream.start();

            await().atMost(Duration.ofSeconds(15)).until(() -> taken.contains("2"));
            assertThat(log.heard()).hasSize(1);
            assertThat(breaks.getFirst()).contains("OutOfMemoryError: of a test");
        }
    }

    @Test
    void whereNothingComesAnyMoreAnotherConnectionIsMade() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            List<Socket> accepted = new CopyOnWriteArrayList<>();
            Thread.ofVirtual().start(() -> greetAndSayNothing(silent, accepted));
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            try (HttpCalls calls = new HttpCalls(Addresses.of(address), Optional.empty(), Optional.empty());
                    EventStream stream = new EventStream(
                            () -> calls,
                            new FailingAtFirst() {
                                @Override
                                public Duration silence() {
                                    return LOOK.multipliedBy(4);
                                }
                            },
                            new SplittableRandom(1),
                            _ -> {},
                            LOOK)) {
                stream.start();

                await().atMost(Duration.ofSeconds(15)).until(() -> accepted.size() > 2);
                assertThat(taken).contains("7");
                assertThat(breaks.getFirst())
                        .isEqualTo("the connection broke: nothing came any more, not even a sign of life");
            }
            for (Socket socket : accepted) {
                socket.close();
            }
        }
    }

    private static void greetAndSayNothing(ServerSocket server, List<Socket> accepted) {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.add(socket);
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent: number\ndata: 7\n\n"
                                .getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private class FailingAtFirst implements EventStream.TextReader {

        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public long lastSeen() {
            return 0;
        }

        @Override
        public void event(String name, String data) {
            if (Integer.parseInt(data) < 4) {
                throw new IllegalStateException(data + " is a defect");
            }
            taken.add(data);
        }

        @Override
        public void disconnected(String why) {
            breaks.add(why);
        }
    }
}
