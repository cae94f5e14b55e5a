package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies flow at the pace of the slower side, and are never held whole. */
class StreamingTest extends MeshCase {

    private static final long LARGE = 50L * 1024 * 1024;

    /** More than all the sockets' buffers on the way hold together, and far less than a large body. */
    private static final long ON_THE_WAY = 30L * 1024 * 1024;

    @Test
    void responseBodiesAreBufferedWholeByTheReferenceAndStreamedHere() throws IOException {
        serve(TestApp.answering(exchange -> {
            exchange.sendResponseHeaders(200, LARGE);
            pour(LARGE, exchange.getResponseBody());
        }));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            assertThat(http.head().status()).isEqualTo(200);
            assertThat(drain(http.in, LARGE)).isEqualTo(LARGE);
        }
    }

    @Test
    void aLargeUploadArrivesWhole() throws IOException {
        serve(TestApp.answering(exchange ->
                TestApp.say(exchange, 200, Long.toString(drain(exchange.getRequestBody(), Long.MAX_VALUE)))));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("POST / HTTP/1.1\nHost: catalog\nContent-Length: " + LARGE + "\n\n");
            pour(LARGE, http.out);
            assertThat(http.answer().body()).isEqualTo(Long.toString(LARGE));
        }
    }

    @Test
    void aStalledReaderStallsTheWriter() throws IOException {
        AtomicLong written = new AtomicLong();
        serve(TestApp.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            pour(10 * LARGE, exchange.getResponseBody(), written);
        }));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            assertThat(http.head().status()).isEqualTo(200);
            assertThat(settled(written)).isLessThan(ON_THE_WAY);
        }
    }

    @Test
    void anApplicationThatDoesNotReadStallsTheUpload() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        serve(TestApp.answering(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        AtomicLong written = new AtomicLong();

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("POST / HTTP/1.1\nHost: catalog\nContent-Length: " + 10 * LARGE + "\n\n");
            Thread.startVirtualThread(() -> {
                try {
                    pour(10 * LARGE, http.out, written);
                } catch (IOException e) {
                    // The test has seen enough and closed the connection.
                }
            });
            assertThat(settled(written)).isLessThan(ON_THE_WAY);
        } finally {
            over.countDown();
        }
    }

    @Test
    void theHeadAndEachEventComeAtOnce() throws Exception {
        CompletableFuture<Void> second = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        serve(TestApp.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            second.join();
            exchange.getResponseBody().write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            end.join();
        }));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            assertThat(http.head().status()).isEqualTo(200);
            second.complete(null);
            assertThat(http.exactly(http.chunkSize())).isEqualTo("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
            end.complete(null);
            http.line();
            assertThat(http.chunkSize()).isZero();
        }
    }

    @Test
    void anAnswerBeforeTheWholeUploadReachesTheCaller() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 413 Too Large\nContent-Length: 2\nConnection: close\n\nno");
            connection.http().in.readNBytes(64 * 1024);
        }));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("POST / HTTP/1.1\nHost: catalog\nContent-Length: 100000\n\nbeginning");
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("no");
        }
    }

    private static void pour(long bytes, OutputStream out) throws IOException {
        pour(bytes, out, new AtomicLong());
    }

    private static void pour(long bytes, OutputStream out, AtomicLong written) throws IOException {
        byte[] block = new byte[64 * 1024];
        for (long left = bytes; left > 0; left -= block.length) {
            int size = (int) Math.min(block.length, left);
            out.write(block, 0, size);
            written.addAndGet(size);
        }
        out.flush();
    }

    private static long drain(InputStream in, long atMost) throws IOException {
        byte[] block = new byte[64 * 1024];
        long total = 0;
        while (total < atMost) {
            int read = in.read(block, 0, (int) Math.min(block.length, atMost - total));
            if (read < 0) {
                return total;
            }
            total += read;
        }
        return total;
    }

    /** The count once it has stood still for a while, but is not nothing. */
    private static long settled(AtomicLong count) {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            long before = count.get();
            await().pollDelay(Duration.ofMillis(400)).until(() -> true);
            return before > 0 && count.get() == before;
        });
        return count.get();
    }
}
