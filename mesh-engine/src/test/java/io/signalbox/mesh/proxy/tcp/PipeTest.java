package io.signalbox.mesh.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.StreamEnd;
import io.signalbox.mesh.proxy.transport.StreamEnd.Side;
import io.signalbox.mesh.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipe between two sockets of loopback, without listeners around it. */
@Timeout(20)
class PipeTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final EventLoop loop = new EventLoop("pipe-test", Ticker.system());
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();
    private final Ends caller;
    private Ends target;

    PipeTest() throws Exception {
        loop.start();
        caller = Ends.on(loop);
        target = Ends.on(loop);
    }

    @BeforeEach
    void waitForNothingForEver() throws SocketException {
        caller.outside().setSoTimeout(10_000);
        target.outside().setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        caller.outside().close();
        target.outside().close();
        loop.close();
    }

    @Test
    void whatWasReadBeforeItBeganComesFirst() throws Exception {
        say(caller, " world");
        say(target, " again");

        join("hello", "hello", LONG);
        caller.outside().shutdownOutput();
        target.outside().shutdownOutput();

        assertThat(hearAll(target)).isEqualTo("hello world");
        assertThat(hearAll(caller)).isEqualTo("hello again");
        assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(new StreamEnd.Finished());
    }

    @Test
    void outputThatWaitsOnAWireIsSentBeforeWhatIsPipedThere() throws Exception {
        onLoop(loop, () -> {
            caller.wire().output().put("200 ".getBytes(StandardCharsets.US_ASCII), 0, 4);
            return caller;
        });

        join("", "welcome", LONG);

        assertThat(new String(caller.outside().getInputStream().readNBytes(11), StandardCharsets.US_ASCII))
                .isEqualTo("200 welcome");
    }

    @Test
    void moreThanOneBufferMayHaveBeenReadBefore() throws Exception {
        String much = "x".repeat(300_000);

        join(much, "", LONG);
        caller.outside().shutdownOutput();

        assertThat(hearAll(target)).isEqualTo(much);
    }

    @Test
    void whatIsSaidIsCountedBySide() throws Exception {
        Pipe pipe = join("abc", "", LONG);
        say(caller, "de");
        say(target, "f");
        assertThat(target.outside().getInputStream().readNBytes(5)).hasSize(5);
        assertThat(caller.outside().getInputStream().readNBytes(1)).hasSize(1);

        assertThat(onLoop(loop, () -> pipe.bytesFrom(Side.CALLER))).isEqualTo(5);
        assertThat(onLoop(loop, () -> pipe.bytesFrom(Side.TARGET))).isEqualTo(1);
    }

    @Test
    void aSideThatBreaksOffIsNamed() throws Exception {
        join("", "", LONG);
        target.outside().setSoLinger(true, 0);
        target.outside().close();

        assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(new StreamEnd.Broken(Side.TARGET));
        assertThatThrownBy(() -> hearAll(caller)).isInstanceOf(SocketException.class);
    }

    @Test
    void silenceEndsIt() throws Exception {
        join("", "", Duration.ofMillis(50));

        assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(new StreamEnd.Idle());
    }

    @Test
    void stoppingItResetsBothSides() throws Exception {
        Pipe pipe = join("", "", LONG);
        loop.execute(pipe::stop);

        assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(new StreamEnd.Stopped());
        assertThatThrownBy(() -> hearAll(caller)).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> hearAll(target)).isInstanceOf(SocketException.class);
    }

    @Test
    void wiresOfTwoLoopsAreNotJoined() throws Exception {
        try (EventLoop other = new EventLoop("another", Ticker.system())) {
            other.start();
            target.outside().close();
            target = Ends.on(other);

            assertThatThrownBy(() -> join("", "", LONG)).hasRootCauseMessage("wires: of two loops (expected: of one)");
        }
    }

    private Pipe join(String fromCaller, String fromTarget, Duration idle) throws Exception {
        return onLoop(
                loop,
                () -> Pipe.join(
                        caller.wire(), bytes(fromCaller), target.wire(), bytes(fromTarget), idle, ended::complete));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void say(Ends ends, String text) throws IOException {
        ends.outside().getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hearAll(Ends ends) throws IOException {
        return new String(ends.outside().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static <T> T onLoop(EventLoop loop, Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(10, TimeUnit.SECONDS);
    }

    /** A connection: the wire, and the socket at its other end. */
    private record Ends(Wire wire, Socket outside) {

        static Ends on(EventLoop loop) throws Exception {
            try (ServerSocketChannel listening = ServerSocketChannel.open()) {
                listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Socket outside = new Socket(
                        InetAddress.getLoopbackAddress(), listening.socket().getLocalPort());
                SocketChannel inside = listening.accept();
                return new Ends(onLoop(loop, () -> Wire.accepted(loop, inside, new Nobody())), outside);
            }
        }
    }

    /** Handles a wire that has not been joined yet: it reads nothing. */
    private static final class Nobody implements Wire.Handler {

        @Override
        public void connected() {}

        @Override
        public void readable() {}

        @Override
        public void drained() {}

        @Override
        public void overdue() {}

        @Override
        public void broken(IOException failure) {}
    }
}
