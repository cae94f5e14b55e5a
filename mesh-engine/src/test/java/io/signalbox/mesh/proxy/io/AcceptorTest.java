package io.signalbox.mesh.proxy.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AcceptorTest {

    private static final int TURNS = 50;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger askedForRoom = new AtomicInteger();
    private final Seats seats = new Seats(1, askedForRoom::incrementAndGet);
    private final EventLoop loop = new EventLoop("test-acceptor", now::get);
    private final Acceptor acceptor;

    AcceptorTest() throws IOException {
        acceptor = Acceptor.open(
                loop, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), seats, AcceptorTest::drop);
        loop.start();
    }

    @AfterEach
    void close() {
        acceptor.close();
        loop.close();
    }

    @Test
    void itRestsWhileThereIsNoSeatAndAsksForRoomOnceATime() throws Exception {
        try (Socket _ = connect();
                Socket _ = connect()) {
            await().until(() -> askedForRoom.get() == 1);
            turns();

            assertThat(seats.taken()).isEqualTo(1);
            assertThat(askedForRoom).as("the time has stood still").hasValue(1);

            now.addAndGet(1_000_000_000);
            await().until(() -> askedForRoom.get() == 2);
            assertThat(seats.taken()).isEqualTo(1);
        }
    }

    @Test
    void theNextIsAcceptedAsSoonAsASeatIsFree() throws Exception {
        try (Socket _ = connect();
                Socket _ = connect()) {
            await().until(() -> askedForRoom.get() == 1);

            seats.leave();
            await().until(() -> seats.taken() == 1);

            turns();
            assertThat(askedForRoom).as("nobody waits any more").hasValue(1);
        }
    }

    /** Lets the loop look at its sockets a few times. */
    private void turns() throws InterruptedException {
        for (int i = 0; i < TURNS; i++) {
            CountDownLatch turned = new CountDownLatch(1);
            loop.execute(turned::countDown);
            turned.await();
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), acceptor.port());
    }

    private static void drop(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
