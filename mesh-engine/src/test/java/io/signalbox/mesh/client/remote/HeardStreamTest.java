package io.signalbox.mesh.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits for nothing is told so. */
final class HeardStreamTest {

    private static final int PATIENCE = 3;

    private final Spring spring = new Spring();
    private final HeardStream stream = new HeardStream(spring, PATIENCE);

    @Test
    void aReaderThatWaitsForAllLooksGivesUp() throws IOException, InterruptedException {
        CompletableFuture<Integer> read = readingInVain();

        assertThat(stream.look()).isTrue();
        assertThatThrownBy(read::join)
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("nothing came any more, not even a sign of life");
    }

    @Test
    void aByteBeforeThatLetsTheCountBeginAnew() throws IOException, InterruptedException {
        CompletableFuture<Integer> read = readingInVain();
        spring.bytes.put(1);
        assertThat(read.join()).isEqualTo(1);
        CompletableFuture<Integer> next = reading();
        spring.bytes.put(1);

        assertThat(next.join()).isEqualTo(1);
        assertThat(stream.look()).isFalse();
    }

    @Test
    void whoDoesNotReadIsNotWaiting() throws IOException {
        for (int i = 0; i < 10 * PATIENCE; i++) {
            assertThat(stream.look()).isFalse();
        }
    }

    /** A read that was found waiting by as many looks as there is patience for. */
    private CompletableFuture<Integer> readingInVain() throws IOException, InterruptedException {
        CompletableFuture<Integer> read = reading();
        spring.asked.await();
        for (int i = 0; i < PATIENCE; i++) {
            assertThat(stream.look()).isFalse();
        }
        return read;
    }

    private CompletableFuture<Integer> reading() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return stream.read(new byte[10], 0, 10);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Gives what it is given, until it is closed. */
    private static final class Spring extends FilterInputStream {

        private static final int CLOSED = -1;

        private final CountDownLatch asked = new CountDownLatch(1);
        private final SynchronousQueue<Integer> bytes = new SynchronousQueue<>();

        Spring() {
            super(InputStream.nullInputStream());
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            asked.countDown();
            try {
                Integer count = bytes.poll(20, TimeUnit.SECONDS);
                if (count == null || count == CLOSED) {
                    throw new IOException("closed");
                }
                return count;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            boolean _ = bytes.offer(CLOSED);
        }
    }
}
