package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Callers that leave in the middle leave nothing behind. {@code bench/streaming} has a million of them leave. */
class AbortTest extends MeshCase {

    private static final int ABORTS = 600;
    private static final byte[] SOME = new byte[20_000];

    private enum Leaving {
        IN_HEAD,
        IN_SIZED_BODY,
        IN_CHUNKED_BODY,
        WAITING,
        IN_ANSWER
    }

    private enum By {
        END,
        RESET
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "descriptors are not counted there")
    void callersThatLeaveAtAnyPointLeaveNoDescriptorOrThreadBehind() throws IOException {
        // One who ends his side properly while he waits may only have no more to say: the timeout ends his call.
        mesh.policy(TestMesh.draft("catalog")
                .timeout(Duration.ofMillis(500))
                .breaker(1_000_000, 1, Duration.ofSeconds(1), 1)
                .done());
        expose(RawApp.talking(AbortTest::talk));
        Random random = new Random(9112);
        leave(random, 50);
        // What the first ones opened: connections that are kept, files of classes.
        await().atMost(Duration.ofSeconds(10)).until(() -> get("/small").status() == 200);
        long descriptors = descriptors();
        int threads = threads();

        leave(random, ABORTS);

        assertThat(get("/small").status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 4);
            assertThat(threads()).isLessThanOrEqualTo(threads);
        });
    }

    private void leave(Random random, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Leaving when = Leaving.values()[random.nextInt(Leaving.values().length)];
            By how = By.values()[random.nextInt(By.values().length)];
            try (RawHttp http = new RawHttp(shop.outboundPort())) {
                begin(http, when, random);
                if (how == By.RESET) {
                    http.socket.setSoLinger(true, 0);
                }
            }
        }
    }

    private static void begin(RawHttp http, Leaving when, Random random) throws IOException {
        String head = "POST /wait HTTP/1.1\nHost: catalog\n";
        switch (when) {
            case IN_HEAD -> http.send(head.substring(0, random.nextInt(head.length())));
            case IN_SIZED_BODY -> {
                http.send(head + "Content-Length: 100000\n\n");
                http.out.write(SOME, 0, random.nextInt(SOME.length));
            }
            case IN_CHUNKED_BODY -> {
                http.send(head + "Transfer-Encoding: chunked\n\n5000\n");
                http.out.write(SOME, 0, random.nextInt(SOME.length));
            }
            case WAITING -> http.send("GET /wait HTTP/1.1\nHost: catalog\n\n");
            case IN_ANSWER -> {
                http.send("GET /answer HTTP/1.1\nHost: catalog\n\n");
                http.exactly(1 + random.nextInt(SOME.length));
            }
        }
    }

    /** Waits for its caller to leave, unless it is asked for something. */
    private static void talk(RawApp.RawConnection connection) throws IOException {
        for (String request = connection.request(); ; request = connection.request()) {
            if (request.contains("/small")) {
                connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
            } else if (request.contains("/answer")) {
                connection.send("HTTP/1.1 200 OK\nContent-Length: 10000000\n\n");
                for (int i = 0; i < 500; i++) {
                    connection.http().out.write(SOME);
                }
            } else {
                connection.http().in.readAllBytes();
                return;
            }
        }
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private static int threads() {
        return (int) Arrays.stream(ManagementFactory.getThreadMXBean()
                        .getThreadInfo(ManagementFactory.getThreadMXBean().getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("signalbox-"))
                .count();
    }
}
