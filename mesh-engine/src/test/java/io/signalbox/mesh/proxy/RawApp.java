package io.signalbox.mesh.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application on bare sockets, for answers that no decent server would give. */
final class RawApp implements AutoCloseable {

    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private RawApp(Conversation conversation) throws IOException {
        listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(conversation));
    }

    /** What happens on one connection. */
    interface Conversation {
        void on(RawConnection connection) throws Exception;
    }

    /** The application's end of a connection. */
    record RawConnection(Socket socket, RawHttp http) {

        /** Reads a request's head, and returns its first line. */
        String request() throws IOException {
            String first = http.line();
            http.fields();
            return first;
        }

        void send(String text) throws IOException {
            http.send(text);
        }

        /** Ends with a reset and not with a proper end. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    static RawApp talking(Conversation conversation) throws IOException {
        return new RawApp(conversation);
    }

    int port() {
        return listening.getLocalPort();
    }

    int connections() {
        return sockets.size();
    }

    private void accept(Conversation conversation) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                if (listening.isClosed()) {
                    // One that came while the port was closing is accepted all the same.
                    socket.close();
                    return;
                }
                sockets.add(socket);
                Thread.startVirtualThread(() -> talk(socket, conversation));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void talk(Socket socket, Conversation conversation) {
        try (socket) {
            conversation.on(new RawConnection(socket, new RawHttp(socket)));
        } catch (Exception e) {
            // The other side has gone, which is for the test to judge.
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
