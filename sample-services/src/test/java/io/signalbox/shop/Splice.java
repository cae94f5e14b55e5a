package io.signalbox.shop;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A loopback port whose connections are joined, byte for byte, to others. */
final class Splice implements AutoCloseable {

    private static final int PEEK = 9;

    private final ServerSocket listener;
    private final Kind kind;
    private final Function<String, List<Integer>> targets;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** @param targets the ports to try, in that order, by what a connection begins with, or by nothing at all */
    Splice(Kind kind, Function<String, List<Integer>> targets) {
        this.kind = kind;
        this.targets = targets;
        try {
            listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    @Override
    public void close() {
        shut(listener);
        sockets.forEach(Splice::shut);
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = listener.accept();
                sockets.add(caller);
                Thread.startVirtualThread(() -> join(caller));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void join(Socket caller) {
        try (caller) {
            caller.setTcpNoDelay(true);
            byte[] beginning = kind == Kind.PEEKING ? caller.getInputStream().readNBytes(PEEK) : new byte[0];
            try (Socket callee = connect(targets.apply(new String(beginning, StandardCharsets.US_ASCII)))) {
                callee.setTcpNoDelay(true);
                sockets.add(callee);
                callee.getOutputStream().write(beginning);
                Thread back = Thread.startVirtualThread(() -> pump(callee, caller));
                pump(caller, callee);
                back.join();
                sockets.remove(callee);
            }
        } catch (IOException ended) {
            // a connection that breaks on one side ends on the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(caller);
        }
    }

    private static Socket connect(List<Integer> ports) throws IOException {
        for (int port : ports) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException refused) {
                // the next has its turn
            }
        }
        throw new IOException("nobody answers");
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException broken) {
            shut(from);
            shut(to);
        }
    }

    private static void shut(Closeable socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // nothing is left to close
        }
    }

    /** Whether the target depends on what the caller sends first. */
    enum Kind {
        PEEKING,
        BLIND
    }
}
