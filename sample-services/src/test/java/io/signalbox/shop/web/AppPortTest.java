package io.signalbox.shop.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.Switch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppPortTest {

    private final AppHost host = new AppHost();

    @AfterEach
    void close() {
        host.close();
    }

    private static Socket connect(AppPort port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.number());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c > 0 && c != '\r'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Test
    void twoPortsOfOneHostAnswerEachForItself() throws IOException {
        AppPort one = host.reserve("one-1");
        AppPort two = host.reserve("two-1");
        one.serve(_ -> Reply.json(201, "one"));
        two.serve(_ -> Reply.json(202, "two"));
        try (Socket first = connect(one);
                Socket second = connect(two)) {
            send(first, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            send(second, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(firstLine(first.getInputStream())).startsWith("HTTP/1.1 201");
            assertThat(firstLine(second.getInputStream())).startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void aPortThatIsSwitchedOffCutsItsConnectionsAndRefusesNewOnes() throws IOException {
        AppPort port = host.reserve("one-1");
        port.serve(_ -> Reply.ok("fine"));
        try (Socket socket = connect(port)) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(firstLine(socket.getInputStream())).startsWith("HTTP/1.1 200");
            port.switchTo(Switch.OFF);
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        assertThatThrownBy(() -> connect(port).close()).isInstanceOf(ConnectException.class);
        int number = port.number();
        port.switchTo(Switch.ON);
        assertThat(port.number()).isEqualTo(number);
        try (Socket socket = connect(port)) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(firstLine(socket.getInputStream())).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws IOException {
        AppPort port = host.reserve("one-1");
        port.serve(call -> Reply.ok(call.body().length()));
        try (Socket socket = connect(port)) {
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n" + "x".repeat(70_000));
            assertThat(firstLine(socket.getInputStream())).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aRefusalBecomesAnAnswerOfItsStatus() throws IOException {
        AppPort port = host.reserve("one-1");
        port.serve(_ -> {
            throw new Refusal(418, "short and stout");
        });
        try (Socket socket = connect(port)) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(firstLine(socket.getInputStream())).startsWith("HTTP/1.1 418");
        }
    }
}
