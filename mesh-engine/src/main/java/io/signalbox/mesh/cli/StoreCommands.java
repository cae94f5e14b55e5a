package io.signalbox.mesh.cli;

import io.signalbox.mesh.store.StoreCopy;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies of what a control plane keeps. */
final class StoreCommands {

    private StoreCommands() {}

    /** {@code signalbox backup mesh.db --data DIR}. */
    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description = "Copies what a control plane keeps into a file, also while it runs; the token is not in it.")
    static final class Backup implements Callable<Integer> {

        private final Surroundings surroundings;

        @Parameters(paramLabel = "FILE", description = "Must not be there yet.")
        private Path file = Path.of("");

        @Option(names = "--data", paramLabel = "DIR", required = true, description = "The control plane's folder.")
        private Path data = Path.of("");

        Backup(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            StoreCopy.backUp(data, file);
            surroundings.out().println(file + " holds what " + data + " keeps");
            surroundings.out().flush();
            return ExitStatus.DONE;
        }
    }

    /** {@code signalbox restore mesh.db --data DIR}. */
    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Puts a backup into a folder that has none yet; a control plane then starts there.")
    static final class Restore implements Callable<Integer> {

        private final Surroundings surroundings;

        @Parameters(paramLabel = "FILE", description = "What `backup` wrote.")
        private Path file = Path.of("");

        @Option(
                names = "--data",
                paramLabel = "DIR",
                required = true,
                description = "The control plane's folder; made when it is missing.")
        private Path data = Path.of("");

        Restore(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            StoreCopy.restore(file, data);
            surroundings.out().println(data + " holds what " + file + " kept");
            surroundings.out().flush();
            return ExitStatus.DONE;
        }
    }
}
