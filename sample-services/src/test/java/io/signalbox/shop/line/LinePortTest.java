package io.signalbox.shop.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.Switch;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinePortTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinePort port = LinePort.open("echo-1", LinePortTest::echo, threads);
    private final AtomicInteger dialled = new AtomicInteger();
    private final Dialler byNumber =
            Dialler.by(_ -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
    private final LinePool pool = new LinePool(
            service -> {
                dialled.incrementAndGet();
                return byNumber.dial(service);
            },
            "echo");

    @AfterEach
    void close() {
        pool.close();
        port.close();
        threads.shutdownNow();
    }

    private static LineReply echo(String line) {
        return switch (line) {
            case "QUIT" -> new LineReply.Last("BYE");
            case "CUT" -> new LineReply.Cut("half an ans");
            default -> new LineReply.Line(line);
        };
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.number());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void linesThatComeTogetherAreAnsweredOneByOne() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "one\ntwo\r\nQUIT\nnot asked\n");
            assertThat(all(socket)).isEqualTo("one\ntwo\nBYE\n");
        }
    }

    @Test
    void aLineWithoutAnEndIsNotReadForEver() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "x".repeat(LineConnection.LONGEST_LINE + 1));
            assertThat(all(socket)).isEmpty();
        }
    }

    @Test
    void anAnswerThatIsCutEndsInAReset() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "CUT\n");
            assertThatThrownBy(() -> all(socket)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aPortThatIsSwitchedOffCutsItsConnectionsAndComesBackOnTheSameNumber() throws IOException {
        int number = port.number();
        try (Socket socket = connect()) {
            send(socket, "one\n");
            assertThat(socket.getInputStream().readNBytes(4)).hasSize(4);
            port.switchTo(Switch.OFF);
            assertThat(port.position()).isEqualTo(Switch.OFF);
            assertThat(all(socket)).isEmpty();
        }
        assertThatThrownBy(() -> connect().close()).isInstanceOf(ConnectException.class);
        port.switchTo(Switch.ON);
        assertThat(port.number()).isEqualTo(number);
        assertThat(pool.ask("again")).isEqualTo("again");
    }

    @Test
    void oneConnectionServesOneAskerAfterTheOther() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThat(pool.ask("line " + i)).isEqualTo("line " + i);
        }
        assertThat(dialled).hasValue(1);
    }

    @Test
    void aConnectionIsRenewedAfterTwentyLines() throws IOException {
        for (int i = 0; i < 41; i++) {
            assertThat(pool.ask("line " + i)).isEqualTo("line " + i);
        }
        assertThat(dialled).hasValue(3);
    }

    @Test
    void aConnectionThatBrokeIsNotUsedAgain() throws IOException {
        assertThat(pool.ask("one")).isEqualTo("one");
        assertThatThrownBy(() -> pool.ask("CUT")).isInstanceOf(IOException.class);
        assertThat(pool.ask("two")).isEqualTo("two");
        assertThat(dialled).hasValue(2);
    }
}
