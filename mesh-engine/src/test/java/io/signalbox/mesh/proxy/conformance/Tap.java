package io.signalbox.mesh.proxy.conformance;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sits between a sidecar and an application, passes every byte on, and reads both directions to the letter: each answer
 * tells by its {@link Echo} what the application understood, which must be what the sidecar said.
 *
 * <p>Threads: one accepts, two serve each connection; all of them end with {@link #close}.
 */
final class Tap implements AutoCloseable {

    /** How much later than its bytes what was read from them may be known here. */
    private static final long LAG_MILLIS = 500;

    private final ServerSocket listening;
    private final int upstream;
    private final UnaryOperator<Echo> kept;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> disagreements = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicLong> outcomes = new ConcurrentSkipListMap<>();

    /** @param kept takes off what the application does not tell of */
    Tap(int upstream, UnaryOperator<Echo> kept) throws IOException {
        this.upstream = upstream;
        this.kept = kept;
        listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** What was found since this was last asked. */
    List<String> newDisagreements() {
        List<String> all = List.copyOf(disagreements);
        disagreements.removeAll(all);
        return all;
    }

    /** How many requests were understood alike, and how many the application refused, by status. */
    Map<String, AtomicLong> outcomes() {
        return outcomes;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket sidecar = listening.accept();
                Socket application = new Socket(InetAddress.getLoopbackAddress(), upstream);
                sidecar.setTcpNoDelay(true);
                application.setTcpNoDelay(true);
                sockets.add(sidecar);
                sockets.add(application);
                Connection connection = new Connection(sidecar, application);
                Thread.startVirtualThread(connection::requests);
                Thread.startVirtualThread(connection::answers);
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** A request whose head has passed, and which may yet become whole. */
    private record Passing(Message head, CompletableFuture<Message> whole) {}

    private final class Connection {

        private final Socket sidecar;
        private final Socket application;
        private final BlockingQueue<Passing> passing = new LinkedBlockingQueue<>();

        Connection(Socket sidecar, Socket application) {
            this.sidecar = sidecar;
            this.application = application;
        }

        void requests() {
            Passing current = null;
            try {
                StrictReader reader = new StrictReader(passingOn(sidecar, application));
                for (Message head = reader.requestHead(); head != null; head = reader.requestHead()) {
                    current = new Passing(head, new CompletableFuture<>());
                    passing.add(current);
                    current.whole().complete(reader.requestBody(head));
                    current = null;
                }
                application.shutdownOutput();
            } catch (MalformedException e) {
                disagreements.add("the sidecar sent what is not HTTP: " + e.getMessage());
                close(application);
            } catch (IOException e) {
                // What the application has said until now is still to be looked at.
                endOutput(application);
            } finally {
                if (current != null) {
                    current.whole().completeExceptionally(new EOFException("the request broke off"));
                }
            }
        }

        void answers() {
            try {
                StrictReader reader = new StrictReader(passingOn(application, sidecar));
                for (Message head = reader.answerHead(); head != null; head = reader.answerHead()) {
                    if (head.status() >= 200) {
                        Passing asked = passing.poll(LAG_MILLIS, TimeUnit.MILLISECONDS);
                        compare(asked, head);
                        if (asked == null) {
                            return;
                        }
                        reader.answerBody(head, asked.head().method(), "HTTP/1.1");
                    }
                }
            } catch (IOException e) {
                // The application or the sidecar has had enough, which the next request will tell.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close(sidecar);
                sockets.remove(sidecar);
                sockets.remove(application);
                close(application);
            }
        }

        private void compare(@Nullable Passing asked, Message answer) throws InterruptedException {
            Echo echo = Echo.in(answer);
            if (asked == null) {
                count("too many");
                disagreements.add("an answer to a request that the sidecar never sent: " + answer);
            } else if (echo == null) {
                count("refused with " + answer.status());
            } else {
                try {
                    Echo said = kept.apply(Echo.of(asked.whole().get(LAG_MILLIS, TimeUnit.MILLISECONDS)));
                    count(said.equals(echo) ? "understood" : "differently");
                    if (!said.equals(echo)) {
                        disagreements.add("said " + said + ", understood " + echo);
                    }
                } catch (ExecutionException | TimeoutException e) {
                    count("too early");
                    disagreements.add("taken for whole while it was not: " + asked.head() + ", understood " + echo);
                }
            }
        }

        private void count(String outcome) {
            outcomes.computeIfAbsent(outcome, _ -> new AtomicLong()).incrementAndGet();
        }

        private static void endOutput(Socket socket) {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                // It has ended already.
            }
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed already.
            }
        }
    }

    /** What comes from the one socket, written to the other before anybody sees it. */
    private static InputStream passingOn(Socket from, Socket to) throws IOException {
        OutputStream out = to.getOutputStream();
        return new BufferedInputStream(new FilterInputStream(from.getInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count > 0) {
                    out.write(bytes, offset, count);
                }
                return count;
            }
        });
    }
}
