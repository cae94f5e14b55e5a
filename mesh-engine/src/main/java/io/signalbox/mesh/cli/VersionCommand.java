package io.signalbox.mesh.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code signalbox version}. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Version, commit and Java runtime.")
final class VersionCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    VersionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        for (String line : new BuildVersion().getVersion()) {
            surroundings.out().println(line);
        }
        surroundings.out().flush();
        return ExitStatus.DONE;
    }
}
