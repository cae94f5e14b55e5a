import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The application behind the sidecar: HTTP/2 by prior knowledge. A request without a body is answered at once; of any other
 * each message is sent back as it comes, with {@code grpc-status: 0} at the end.
 */
final class EchoApp implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());

    EchoApp() throws IOException {
        Thread.startVirtualThread(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket socket = listening.accept();
                    Thread.startVirtualThread(() -> serve(socket));
                } catch (IOException e) {
                    // It was closed.
                }
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            in.readNBytes(Frame.PREFACE.length);
            new Frame(Frame.SETTINGS, 0, 0, new byte[0]).write(out);
            Set<Integer> open = new HashSet<>();
            while (true) {
                Frame frame = Frame.read(in);
                if (!frame.housekeeping(out)) {
                    answer(frame, open, out);
                }
            }
        } catch (IOException e) {
            // The sidecar closed it: at the end, or since it was idle.
        }
    }

    private static void answer(Frame frame, Set<Integer> open, DataOutputStream out) throws IOException {
        int stream = frame.stream();
        switch (frame.type()) {
            case Frame.HEADERS -> {
                if (frame.ends() && open.add(stream)) {
                    open.remove(stream);
                    Frame.headers(stream, 0, List.of(":status", "200")).write(out);
                    new Frame(Frame.DATA, Frame.END_STREAM, stream, "tea".getBytes(StandardCharsets.US_ASCII))
                            .write(out);
                } else if (open.add(stream)) {
                    Frame.headers(stream, 0, List.of(":status", "200", "content-type", "application/grpc"))
                            .write(out);
                }
            }
            case Frame.DATA -> {
                if (frame.payload().length > 0) {
                    new Frame(Frame.DATA, 0, stream, frame.payload()).write(out);
                }
                if (frame.ends()) {
                    open.remove(stream);
                    Frame.headers(stream, Frame.END_STREAM, List.of("grpc-status", "0"))
                            .write(out);
                }
            }
            case Frame.RST_STREAM -> open.remove(stream);
            default -> {}
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
