package io.signalbox.console;

import io.signalbox.console.HostilePlane.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** A hostile control plane in a process of its own, so that its memory and its collections are not the console's. */
final class PlaneProcess implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Process process;
    private final URI address;

    PlaneProcess(Kind kind) throws IOException {
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlaneProcess.class.getName(),
                        kind.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        address = URI.create(Objects.requireNonNull(said.readLine(), "the control plane did not start"));
    }

    /** Serves until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        try (HostilePlane plane = new HostilePlane(Kind.valueOf(arguments[0]), PAUSE)) {
            System.out.println(plane.address());
            System.out.flush();
            long _ = System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
