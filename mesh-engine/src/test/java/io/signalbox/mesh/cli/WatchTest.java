package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.MeshException;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class WatchTest {

    private static final int PATIENCE = 10;

    private final Terminal terminal = new Terminal();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    @Test
    void eachSnapshotIsWrittenUntilTheCommandIsInterrupted() throws Exception {
        Thread command = watch("get", "services", "-w");

        send();
        send();
        command.interrupt();

        assertThat(status()).isEqualTo(130);
        assertThat(terminal.lines().stream().filter(line -> line.startsWith("SERVICE")))
                .hasSize(2);
        assertThat(terminal.errors()).isEmpty();
        assertThat(terminal.mesh.listeners).isEmpty();
        assertThat(terminal.mesh.closed).isTrue();
    }

    @Test
    void onATerminalTheViewIsWrittenOver() throws Exception {
        terminal.sink = Surroundings.Sink.TERMINAL;
        Thread command = watch("get", "breakers", "--watch");

        send();
        command.interrupt();

        assertThat(status()).isEqualTo(ExitStatus.INTERRUPTED);
        assertThat(terminal.out()).startsWith("\u001b[H\u001b[2JCIRCUIT");
    }

    @Test
    void jsonIsNeverWrittenOver() throws Exception {
        terminal.sink = Surroundings.Sink.TERMINAL;
        Thread command = watch("get", "services", "-w", "-o", "json");

        send();
        command.interrupt();

        assertThat(status()).isEqualTo(ExitStatus.INTERRUPTED);
        assertThat(terminal.out()).startsWith("[").doesNotContain("\u001b");
    }

    @Test
    void aBrokenConnectionIsSaidAndWaitedFor() throws Exception {
        Thread command = watch("get", "services", "-w");

        terminal.mesh.listeners.forEach(listener -> listener.disconnected("the connection broke"));
        send();
        command.interrupt();

        assertThat(status()).isEqualTo(ExitStatus.INTERRUPTED);
        assertThat(terminal.errors()).containsExactly("signalbox: not connected: the connection broke");
        assertThat(terminal.out()).isNotEmpty();
    }

    @Test
    void watchingEndsWhenNobodyReads() throws Exception {
        terminal.writeTo(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        watch("get", "services", "-w");

        send();

        assertThat(status()).isZero();
    }

    @Test
    void aMeshThatRefusesIsNotWatched() {
        terminal.mesh.refusal = new MeshException(MeshException.Kind.FORBIDDEN, "token: wrong");

        assertThat(terminal.run("get", "services", "-w")).isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.errors()).containsExactly("signalbox: token: wrong");
    }

    private Thread watch(String... arguments) throws InterruptedException {
        Thread command = Thread.ofPlatform().daemon().start(() -> status.complete(terminal.run(arguments)));
        assertThat(terminal.mesh.subscribed.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
        return command;
    }

    private void send() {
        terminal.mesh.listeners.forEach(listener -> listener.snapshot(terminal.mesh.picture));
    }

    private int status() throws ExecutionException, InterruptedException, TimeoutException {
        return status.get(PATIENCE, TimeUnit.SECONDS);
    }
}
