package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.proxy.RawApp.RawConnection;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Connections that leave HTTP: WebSocket and its like, and tunnels. */
class UpgradeTest extends MeshCase {

    private static final String ASKING =
            "GET /live HTTP/1.1\nHost: catalog\nConnection: keep-alive, Upgrade\nUpgrade: echo\n\n";

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private void echoing(RawConnection connection) throws IOException {
        connection.http().line();
        asked.addAll(connection.http().fields());
        connection.send("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: echo\nX-Own: 1\n\nhello\n");
        for (String line = connection.http().line();
                !line.isEmpty();
                line = connection.http().line()) {
            connection.send("echo " + line + "\n");
        }
    }

    @Test
    void bytesGoBothWaysThroughTwoSidecarsAfterAnUpgrade() throws IOException {
        serve(RawApp.talking(this::echoing));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send(ASKING);
            assertThat(http.line()).isEqualTo("HTTP/1.1 101 Switching Protocols");
            assertThat(http.fields()).contains("Upgrade: echo", "Connection: Upgrade", "X-Own: 1");
            assertThat(http.line()).isEqualTo("hello");
            http.send("GET / HTTP/1.1\n");
            assertThat(http.line()).isEqualTo("echo GET / HTTP/1.1");
        }
        assertThat(asked).contains("Upgrade: echo", "Connection: Upgrade");
    }

    @Test
    void whatTheCallerSaysTogetherWithItsWishIsNotLost() throws IOException {
        expose(RawApp.talking(this::echoing));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send(ASKING + "early\n");
            assertThat(http.line()).startsWith("HTTP/1.1 101");
            http.fields();
            assertThat(http.line()).isEqualTo("hello");
            assertThat(http.line()).isEqualTo("echo early");
        }
    }

    @Test
    void anUpgradeThatIsRefusedLeavesAnOrdinaryAnswer() throws IOException {
        serve(RawApp.talking(connection -> {
            while (!connection.request().isEmpty()) {
                connection.send("HTTP/1.1 426 Upgrade Required\nContent-Length: 2\n\nno");
            }
        }));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            assertThat(http.send(ASKING).answer().status()).isEqualTo(426);
            assertThat(http.send(ASKING).answer().body()).isEqualTo("no");
        }
    }

    @Test
    void aConnectionOnWhichAnUpgradeWasRefusedServesNobodyElse() throws IOException {
        RawApp app = serve(RawApp.talking(connection -> {
            while (!connection.request().isEmpty()) {
                connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nno");
            }
        }));

        assertThat(call(ASKING).status()).isEqualTo(200);
        assertThat(get("/").status()).isEqualTo(200);
        assertThat(app.connections()).isEqualTo(2);
    }

    @Test
    void nobodyIsLedPastTheSidecarByAnUpgradeToHttp2() throws IOException {
        serve(RawApp.talking(this::echoing));

        assertThat(call("GET / HTTP/1.1\nHost: catalog\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\n\n")
                        .cause())
                .isEqualTo("upstream-protocol");
        assertThat(asked).noneMatch(field -> field.regionMatches(true, 0, "upgrade", 0, 7));
    }

    @Test
    void anApplicationThatSwitchesUnaskedIsNotBelieved() throws IOException {
        serve(RawApp.talking(this::echoing));

        assertThat(get("/").cause()).isEqualTo("upstream-protocol");
    }

    @Test
    void whenOneSideOfAnUpgradedConnectionEndsTheOtherSeesIt() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: echo\n\nbye\n");
        }));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send(ASKING);
            http.line();
            http.fields();
            assertThat(http.line()).isEqualTo("bye");
            assertThatThrownBy(http::line).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aTunnelReachesAServiceByItsName() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi");
        }));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("CONNECT catalog:80 HTTP/1.1\nHost: catalog:80\n\n");
            assertThat(http.line()).startsWith("HTTP/1.1 200");
            http.fields();
            assertThat(http.send("GET / HTTP/1.1\nHost: catalog\n\n").answer().body())
                    .isEqualTo("hi");
        }
        await().untilAsserted(
                        () -> assertThat(shop.circuits().getFirst().breaker().consecutiveFailures())
                                .isZero());
    }

    @Test
    void aTunnelToNowhereIsAnsweredWithItsCause() throws IOException {
        mesh.plain("catalog", "v1", "catalog-1", closedPort());

        assertThat(call("CONNECT catalog:80 HTTP/1.1\nHost: catalog:80\n\n").cause())
                .isEqualTo("connect-failure");
        assertThat(call("CONNECT elsewhere:80 HTTP/1.1\nHost: elsewhere:80\n\n").cause())
                .isEqualTo("unknown-service");
    }
}
