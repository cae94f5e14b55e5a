package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes, ends and resets between an application and another one, through two sidecars and mutual TLS. */
class TcpStreamTest extends TcpCase {

    private static final int MEGABYTE = 1 << 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void whatIsSaidComesBack() throws Exception {
        serveEcho();

        try (Socket socket = connect()) {
            assertThat(ask(socket, "one")).isEqualTo("one");
            assertThat(ask(socket, "two")).isEqualTo("two");
            socket.shutdownOutput();
            assertThat(hearAll(socket)).isEmpty();
        }
    }

    @Test
    void theServerAnswersAfterTheClientHasEnded() throws Exception {
        serve(connection -> {
            byte[] asked = connection.socket().getInputStream().readAllBytes();
            connection.socket().getOutputStream().write(asked);
            connection.send(" and more");
        });

        try (Socket socket = connect()) {
            say(socket, "tea");
            socket.shutdownOutput();
            assertThat(hearAll(socket)).isEqualTo("tea and more");
        }
        await().atMost(PATIENCE).until(() -> closed("") == 1);
    }

    @Test
    void theClientSpeaksOnAfterTheServerHasEnded() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        serve(connection -> {
            connection.send("my last word");
            connection.socket().shutdownOutput();
            heard.complete(hearAll(connection.socket()));
        });

        try (Socket socket = connect()) {
            assertThat(hearAll(socket)).isEqualTo("my last word");
            say(socket, "not mine");
            socket.shutdownOutput();
            assertThat(heard.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("not mine");
        }
        await().atMost(PATIENCE).until(() -> closed("") == 1);
    }

    @Test
    void theServersResetReachesTheClientAsOne() throws Exception {
        serve(connection -> {
            connection.socket().getInputStream().readNBytes(3);
            connection.reset();
        });

        try (Socket socket = connect()) {
            say(socket, "tea");
            assertThat(isReset(socket)).isTrue();
        }
        assertThat(closed("upstream-reset")).isEqualTo(1);
    }

    @Test
    void theClientsResetReachesTheServerAsOne() throws Exception {
        CompletableFuture<Boolean> reset = new CompletableFuture<>();
        serve(connection -> {
            connection.send("go on");
            reset.complete(isReset(connection.socket()));
        });

        Socket socket = connect();
        assertThat(hear(socket, 5)).isEqualTo("go on");
        reset(socket);

        assertThat(reset.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().atMost(PATIENCE).until(() -> closed("caller-gone") == 1);
        assertThat(shop.circuits().getFirst().recentFailures()).isZero();
    }

    @Test
    void aStalledReaderStallsItsWriterAndNobodyElse() throws Exception {
        CountDownLatch mayRead = new CountDownLatch(1);
        int size = 128 * MEGABYTE;
        CompletableFuture<Long> arrived = new CompletableFuture<>();
        serve(connection -> {
            if (connection.socket().getInputStream().read() == 's') {
                mayRead.await();
                arrived.complete(connection.socket().getInputStream().transferTo(OutputStream.nullOutputStream()));
            } else {
                echo(connection);
            }
        });

        try (Socket stalled = connect()) {
            AtomicLong written = new AtomicLong();
            say(stalled, "s");
            Future<?> writer = threads.submit(() -> {
                byte[] piece = new byte[MEGABYTE / 16];
                while (written.get() < size) {
                    stalled.getOutputStream().write(piece);
                    written.addAndGet(piece.length);
                }
                stalled.shutdownOutput();
                return null;
            });
            AtomicLong before = new AtomicLong(-1);
            await().during(Duration.ofMillis(500))
                    .atMost(PATIENCE)
                    .until(() -> before.getAndSet(written.get()) == written.get());
            assertThat(written.get()).isLessThan(size);
            for (int i = 0; i < 4; i++) {
                try (Socket other = connect()) {
                    say(other, "e");
                    assertThat(ask(other, "still here")).isEqualTo("still here");
                }
            }

            mayRead.countDown();
            writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(arrived.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(size);
        }
    }

    @Test
    void muchGoesBothWaysAtOnceAndArrivesWhole() throws Exception {
        int size = 64 * MEGABYTE;
        CompletableFuture<byte[]> sentBack = new CompletableFuture<>();
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        serve(connection -> {
            Future<byte[]> reading =
                    threads.submit(() -> digest(connection.socket().getInputStream(), size));
            sentBack.complete(send(connection.socket().getOutputStream(), size, 2));
            arrived.complete(reading.get());
        });

        try (Socket socket = connect()) {
            Future<byte[]> reading = threads.submit(() -> digest(socket.getInputStream(), size));
            byte[] sent = send(socket.getOutputStream(), size, 1);
            socket.shutdownOutput();

            assertThat(arrived.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(sent);
            assertThat(reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(sentBack.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertThat(metric("signalbox_tcp_sent_bytes_total", "")).isEqualTo(size);
        assertThat(metric("signalbox_tcp_received_bytes_total", "")).isEqualTo(size);
    }

    @Test
    void aThousandConnectionsLeaveNothingBehind() throws Exception {
        serveEcho();
        connectAndClose(20);
        await().atMost(PATIENCE).until(() -> closed("") == 20);
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getOpenFileDescriptorCount();

        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            callers.add(threads.submit(() -> connectAndClose(100)));
        }
        for (Future<?> caller : callers) {
            caller.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS); // a thousand handshakes
        }

        await().atMost(PATIENCE).until(() -> closed("") == 1020);
        assertThat(metric("signalbox_tcp_connections_open", "")).isZero();
        assertThat(shop.circuits().getFirst().inFlight()).isZero();
        await().atMost(PATIENCE).until(() -> system.getOpenFileDescriptorCount() <= before);
    }

    @Test
    void anOpenConnectionOutlivesAChangeOfConfiguration() throws Exception {
        RawApp app = serveEcho();

        try (Socket socket = connect()) {
            assertThat(ask(socket, "before")).isEqualTo("before");
            mesh.policy(TestMesh.draft("stock")
                    .breaker(1, 1, Duration.ofSeconds(1), 1)
                    .done());
            mesh.deregister("stock-" + app.port());
            assertThat(ask(socket, "after")).isEqualTo("after");
            try (Socket late = connect()) {
                assertThat(isReset(late)).isTrue();
            }
        }
        assertThat(closed("no-endpoints")).isEqualTo(1);
    }

    @Test
    void aTrialThatStandsClosesTheCircuitThoughItHasNotEnded() throws Exception {
        mesh.policy(
                TestMesh.draft("stock").breaker(1, 1, Duration.ofMillis(1), 1).done());
        RawApp app = serve(connection -> {
            connection.send("!");
            connection.socket().getInputStream().readAllBytes();
        });
        Endpoint there = mesh.only("stock");
        mesh.deregister(there.instanceId());
        mesh.register(new Endpoint("stock", there.instanceId(), "v1", "127.0.0.1", closedPort(), Protocol.TCP, null));
        try (Socket failing = connect()) {
            assertThat(isReset(failing)).isTrue();
        }
        mesh.deregister(there.instanceId());
        mesh.register(there);

        // Refused until the circuit's open time, one millisecond, is over.
        try (Socket trial = await().atMost(PATIENCE).until(this::connectAndHear, Objects::nonNull)) {
            assertThat(shop.circuits().getFirst().breaker().state()).isEqualTo(BreakerState.HALF_OPEN);
            await().atMost(PATIENCE)
                    .until(() -> shop.circuits().getFirst().breaker().state() == BreakerState.CLOSED);
            assertThat(metric("signalbox_tcp_connections_open", "")).isEqualTo(1);
            assertThat(app.connections()).isEqualTo(1);
            trial.shutdownOutput();
        }
    }

    @Test
    void aSidecarThatClosesBreaksItsConnectionsOff() throws Exception {
        serveEcho();
        try (Socket socket = connect()) {
            assertThat(ask(socket, "open")).isEqualTo("open");
            shop.close();
            assertThat(isReset(socket)).isTrue();
        }
    }

    private @Nullable Socket connectAndHear() throws IOException {
        Socket socket = connect();
        try {
            return hear(socket, 1).equals("!") ? socket : null;
        } catch (SocketException e) {
            socket.close();
            return null;
        }
    }

    private Void connectAndClose(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (Socket socket = connect()) {
                assertThat(ask(socket, "hello")).isEqualTo("hello");
                socket.shutdownOutput();
                assertThat(hearAll(socket)).isEmpty();
            }
        }
        return null;
    }

    private static byte[] send(OutputStream out, int size, long seed) throws Exception {
        DigestOutputStream digesting = new DigestOutputStream(out, MessageDigest.getInstance("SHA-256"));
        Random random = new Random(seed);
        byte[] piece = new byte[50_000];
        for (int left = size; left > 0; ) {
            random.nextBytes(piece);
            int length = Math.min(left, 1 + random.nextInt(piece.length));
            digesting.write(piece, 0, length);
            left -= length;
        }
        return digesting.getMessageDigest().digest();
    }

    private static byte[] digest(InputStream in, int size) throws Exception {
        DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
        byte[] piece = new byte[64 * 1024];
        for (int left = size; left > 0; ) {
            int count = digesting.read(piece, 0, Math.min(left, piece.length));
            if (count < 0) {
                throw new IOException(left + " bytes are missing");
            }
            left -= count;
        }
        return digesting.getMessageDigest().digest();
    }
}
