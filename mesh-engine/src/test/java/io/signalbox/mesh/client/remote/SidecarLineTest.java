package io.signalbox.mesh.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.attach.CircuitOrder;
import io.signalbox.mesh.client.attach.CircuitQuestion;
import io.signalbox.mesh.client.attach.ReadUpdate;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.client.attach.UpdateReader;
import io.signalbox.mesh.model.status.ServiceKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of changes that a sidecar misses or cannot take. */
final class SidecarLineTest {

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final Heard heard = new Heard();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    SidecarLineTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(threads);
    }

    @AfterEach
    void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void changesThatFollowEachOtherAreTakenOnOneConnection() {
        try (MeshConnection.Subscription _ = follow(mesh(4), change(5), event("warm", 6), change(7))) {
            await().until(() -> heard.revisions.size() == 4);

            assertThat(heard.revisions).containsExactly("whole 4", "change 5", "warm 6", "change 7");
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void whoMissedAChangeIsToldEverythingAnew() {
        try (MeshConnection.Subscription _ = follow(mesh(4), change(6))) {
            await().until(() -> connections.get() > 1 && heard.revisions.size() > 1);

            assertThat(heard.revisions).startsWith("whole 4", "whole 4").noneMatch(one -> one.startsWith("change"));
            assertThat(heard.breaks.getFirst()).isEqualTo("a change was missed: revision: 6 (expected: 5)");
        }
    }

    @Test
    void whoCannotReadAChangeIsToldEverythingAnew() {
        try (MeshConnection.Subscription _ = follow(mesh(4), "event: change\ndata: {\"revision\":\n\n", change(5))) {
            await().until(() -> connections.get() > 1 && heard.revisions.size() > 1);

            assertThat(heard.revisions).startsWith("whole 4", "whole 4");
            assertThat(heard.unreadable).isNotEmpty();
            assertThat(heard.breaks.getFirst()).startsWith("a change could not be taken: ");
        }
    }

    /** What stands alone is asked for by nobody, and everything that is unreadable once more would be so again. */
    @Test
    void whoCannotReadAnythingElseStaysConnected() {
        try (MeshConnection.Subscription _ =
                follow("event: mesh\ndata: {\n\n", "event: circuit\ndata: {\n\n", mesh(4))) {
            await().until(() -> heard.revisions.size() == 1);

            assertThat(heard.unreadable).hasSize(2);
            assertThat(connections).hasValue(1);
        }
    }

    /** Each connection is told the same, and stays open. */
    private MeshConnection.Subscription follow(String... events) {
        byte[] told = String.join("", events).getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                connections.incrementAndGet();
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(told);
                exchange.getResponseBody().flush();
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        SidecarLine line = new SidecarLine(
                List.of(address),
                Optional.empty(),
                Optional.empty(),
                new SplittableRandom(1),
                new UpdateReader(1),
                "cart",
                "cart-1");
        MeshConnection.Subscription following = line.follow(ServiceKind.CLIENT, heard);
        return () -> {
            following.close();
            line.close();
        };
    }

    private static String mesh(long revision) {
        return event("mesh", revision);
    }

    private static String change(long revision) {
        return event("change", revision);
    }

    private static String event(String name, long revision) {
        return "event: " + name + "\ndata: {\"revision\":" + revision
                + ",\"warm\":true,\"services\":[],\"removed\":[]}\n\n";
    }

    private static final class Heard implements SidecarLine.Listener {

        private final List<String> revisions = new CopyOnWriteArrayList<>();
        private final List<String> unreadable = new CopyOnWriteArrayList<>();
        private final List<String> breaks = new CopyOnWriteArrayList<>();

        @Override
        public void whole(ReadUpdate update) {
            revisions.add("whole " + update.revision());
        }

        @Override
        public void change(ReadUpdate update) {
            revisions.add("change " + update.revision());
        }

        @Override
        public void warm(ReadUpdate update) {
            revisions.add("warm " + update.revision());
        }

        @Override
        public void circuit(CircuitOrder order) {}

        @Override
        public void question(CircuitQuestion question) {}

        @Override
        public void trust(TrustUpdate update) {}

        @Override
        public void unreadable(String why) {
            unreadable.add(why);
        }

        @Override
        public void disconnected(String why) {
            breaks.add(why);
        }
    }
}
