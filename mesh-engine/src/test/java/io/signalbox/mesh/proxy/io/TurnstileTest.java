package io.signalbox.mesh.proxy.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many connections have something to say in one turn of their loop. */
final class TurnstileTest {

    private static final int EACH_TURN = 32;
    private static final int CALLERS = 3 * EACH_TURN + 4;

    private final AtomicInteger turn = new AtomicInteger();
    private final EventLoop loop = new EventLoop("test-turnstile", () -> 0);
    private final List<Caller> accepted = new CopyOnWriteArrayList<>();
    private final List<Caller> told = new CopyOnWriteArrayList<>();
    private final List<Integer> turns = new CopyOnWriteArrayList<>();
    private final List<Socket> callers = new ArrayList<>();
    private final Acceptor acceptor;

    TurnstileTest() throws IOException {
        acceptor = Acceptor.open(
                loop,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Seats(2 * CALLERS, () -> {}),
                socket -> accepted.add(new Caller(socket)));
        loop.start();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
        acceptor.close();
        loop.close();
    }

    @Test
    void soManyBeginInOneTurnAndTheOthersInTheNextInTheirOrder() throws Exception {
        connect(CALLERS);

        allSpeakInOneTurn();

        await().until(() -> told.size() == CALLERS);
        assertThat(told).doesNotHaveDuplicates();
        for (int inOneTurn : turns.stream()
                .distinct()
                .mapToInt(each -> (int) turns.stream().filter(each::equals).count())
                .toArray()) {
            assertThat(inOneTurn).isLessThanOrEqualTo(EACH_TURN);
        }
        assertThat(turns.stream().distinct()).hasSize(4);
    }

    @Test
    void whatIsUnderWayIsToldAtOnce() throws Exception {
        connect(CALLERS);
        onTheLoop(() -> accepted.forEach(caller -> caller.wire.busy()));

        allSpeakInOneTurn();

        await().until(() -> told.size() == CALLERS);
        assertThat(turns.stream().distinct()).hasSize(1);
    }

    @Test
    void whoLeavesWhileItWaitsHoldsNobodyUp() throws Exception {
        connect(CALLERS);
        Caller last = accepted.getLast();
        onTheLoop(() -> loop.afterOthers(() -> {
            if (last.wire.awaitsTurn()) {
                last.wire.close();
            }
        }));

        allSpeakInOneTurn();

        await().until(() -> told.size() >= CALLERS - 1);
    }

    private void connect(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            callers.add(new Socket(InetAddress.getLoopbackAddress(), acceptor.port()));
        }
        await().until(() -> accepted.size() == count);
    }

    /** The loop is held up while they speak, so that it meets them all at once. */
    private void allSpeakInOneTurn() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch spoken = new CountDownLatch(1);
        loop.execute(() -> {
            held.countDown();
            awaitCounted(spoken);
            nextTurn();
        });
        held.await();
        for (Socket caller : callers) {
            caller.getOutputStream().write('x');
        }
        spoken.countDown();
    }

    /** Runs once a turn, before who waits in it begins. */
    private void nextTurn() {
        turn.incrementAndGet();
        if (told.size() < CALLERS) {
            loop.afterOthers(this::nextTurn);
        }
    }

    private void onTheLoop(Runnable task) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            task.run();
            done.countDown();
        });
        done.await();
    }

    private static void awaitCounted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Caller implements Wire.Handler {

        private final Wire wire;

        Caller(SocketChannel socket) {
            try {
                wire = Wire.accepted(loop, socket, this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            wire.idle();
        }

        @Override
        public void readable() {
            try {
                if (wire.read(ByteBuffer.allocate(1)) == 1) {
                    turns.add(turn.get());
                    told.add(this);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void connected() {}

        @Override
        public void drained() {}

        @Override
        public void overdue() {}

        @Override
        public void broken(IOException failure) {}
    }
}
