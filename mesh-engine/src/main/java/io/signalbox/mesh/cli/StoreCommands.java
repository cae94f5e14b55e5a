package io.signalbox.mesh.cli;

import io.signalbox.mesh.runtime.KeyCopy;
import io.signalbox.mesh.store.StoreCopy;
import io.signalbox.mesh.store.StoreException;
import java.nio.file.Path;
import java.util.Optional;
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
            description = "Copies what a control plane keeps into a file, also while it runs. The token and the keys of"
                    + " its certificate authority are not in it: with --with-keys they stand in FILE.keys.")
    static final class Backup implements Callable<Integer> {

        private final Surroundings surroundings;

        @Parameters(paramLabel = "FILE", description = "Must not be there yet.")
        private Path file = Path.of("");

        @Option(names = "--data", paramLabel = "DIR", required = true, description = "The control plane's folder.")
        private Path data = Path.of("");

        @Option(
                names = "--with-keys",
                description = "Copies the token and the authority's keys into FILE.keys, for its owner alone; restore"
                        + " takes them from there.")
        private boolean withKeys;

        Backup(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            KeyCopy keys = KeyCopy.of(data);
            if (withKeys) {
                keys.requireFree(KeyCopy.beside(file));
            }
            StoreCopy.backUp(data, file);
            surroundings.out().println(file + " holds what " + data + " keeps");
            if (withKeys) {
                keep(keys);
            } else if (!keys.files().isEmpty()) {
                warn(keys);
            }
            surroundings.out().flush();
            return ExitStatus.DONE;
        }

        private void keep(KeyCopy keys) {
            if (!KeyCopy.of(data).equals(keys)) {
                throw new StoreException("keys: " + data + " has others than when the backup began"
                        + " (expected: no roll of the root meanwhile; back up again into another file)");
            }
            keys.write(file);
            surroundings.out().println(KeyCopy.beside(file) + " holds " + String.join(", ", keys.names()));
        }

        private void warn(KeyCopy keys) {
            surroundings
                    .err()
                    .println("signalbox: NOT in " + file + ": " + String.join(", ", keys.names()) + ". Whoever has"
                            + " them can be any service, so they are kept apart; without them a restored control plane"
                            + " has another root, and no sidecar believes it. Copy them to where secrets are kept, or"
                            + " back up with --with-keys");
            surroundings.err().flush();
        }
    }

    /** {@code signalbox restore mesh.db --data DIR}. */
    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description =
                    "Puts a backup into a folder that has none yet, with FILE.keys if it is there; a control plane"
                            + " then starts there.")
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
            Optional<KeyCopy> keys = KeyCopy.besideOf(file);
            keys.ifPresent(copy -> copy.requireFree(data));
            StoreCopy.restore(file, data);
            surroundings.out().println(data + " holds what " + file + " kept");
            keys.ifPresent(copy -> {
                copy.restore(data);
                surroundings
                        .out()
                        .println(data + " holds " + String.join(", ", copy.names()) + " of " + KeyCopy.beside(file));
            });
            surroundings.out().flush();
            return ExitStatus.DONE;
        }
    }
}
