package io.signalbox.mesh.proxy.conformance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads to the letter, and answers each request with its {@link Echo}. */
final class EchoServer implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    EchoServer() throws IOException {
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            StrictReader reader = new StrictReader(new BufferedInputStream(socket.getInputStream()));
            for (Message head = reader.requestHead(); head != null; head = reader.requestHead()) {
                Message whole = reader.requestBody(head);
                String body = head.method().equals("HEAD") ? "" : "ok";
                socket.getOutputStream()
                        .write(Wire.bytes("HTTP/1.1 200 OK\n" + Echo.FIELD + ": "
                                + Echo.of(whole).encoded() + "\nContent-Length: 2\n\n" + body));
            }
        } catch (IOException e) {
            // Its caller notices.
        } finally {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
