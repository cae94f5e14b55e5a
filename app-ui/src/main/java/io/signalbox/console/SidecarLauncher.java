package io.signalbox.console;

import java.util.stream.Stream;

/** The entry of a process for sidecars alone: {@code signalbox sidecar}, under a launcher with memory for no more. */
public final class SidecarLauncher {

    private SidecarLauncher() {}

    public static void main(String[] arguments) {
        Launcher.main(Stream.concat(Stream.of("sidecar"), Stream.of(arguments)).toArray(String[]::new));
    }
}
