package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.runtime.KeyCopy;
import io.signalbox.mesh.runtime.SharedBackup;
import io.signalbox.mesh.store.SharedCopy;
import io.signalbox.mesh.store.SharedStore;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreCopy;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.StoreModule;
import io.signalbox.mesh.time.Ticker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies of what a control plane keeps, in its folder or in an etcd that it shares with others. */
final class StoreCommands {

    private StoreCommands() {}

    /** Opens what several control planes share; whoever asks closes it. */
    private static Store open(SharedStore where) {
        return StoreModule.shared(where, Ticker.system());
    }

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

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "The control plane's folder; with --store etcd only --with-keys needs it.")
        private @Nullable Path data;

        @Option(
                names = "--with-keys",
                description = "Copies the token and the authority's keys into FILE.keys, for its owner alone; restore"
                        + " takes them from there.")
        private boolean withKeys;

        @Mixin
        private StoreOptions stored = new StoreOptions();

        @Mixin
        private MeshName mesh = new MeshName();

        Backup(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            Optional<SharedStore> shared = stored.read(mesh.name());
            if (shared.isPresent()) {
                if (withKeys) {
                    Path _ = data();
                }
                backUp(shared.get());
            } else if (withKeys) {
                backUpWithKeys();
            } else {
                backUp();
                List<String> left = KeyCopy.namesIn(data());
                if (!left.isEmpty()) {
                    warn(left);
                }
            }
            surroundings.out().flush();
            return ExitStatus.DONE;
        }

        private void backUp(SharedStore where) {
            try (Store store = open(where)) {
                Optional<KeyCopy> keys = Optional.empty();
                if (withKeys) {
                    keys = Optional.of(SharedBackup.backUpWithKeys(store, data(), file));
                } else {
                    SharedBackup.backUp(store, file);
                }
                surroundings.out().println(file + " holds what " + where.prefix() + " of etcd keeps");
                keys.ifPresentOrElse(this::say, () -> warn(KeyCopy.sharedNames()));
            }
        }

        private Path data() {
            if (data == null) {
                throw new InvalidValueException("data", "none", "--data DIR, the folder of the control plane");
            }
            return data;
        }

        private void say(KeyCopy keys) {
            surroundings.out().println(KeyCopy.beside(file) + " holds " + String.join(", ", keys.names()));
        }

        private void backUp() {
            StoreCopy.backUp(data(), file);
            surroundings.out().println(file + " holds what " + data() + " keeps");
        }

        private void backUpWithKeys() {
            KeyCopy keys = KeyCopy.of(data());
            keys.requireFree(KeyCopy.beside(file));
            backUp();
            if (!KeyCopy.of(data()).equals(keys)) {
                throw new StoreException("keys: " + data() + " has others than when the backup began"
                        + " (expected: no roll of the root meanwhile; back up again into another file)");
            }
            keys.write(file);
            say(keys);
        }

        private void warn(List<String> names) {
            surroundings
                    .err()
                    .println("signalbox: NOT in " + file + ": " + String.join(", ", names) + ". Whoever has"
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
                    "Puts a backup into a folder or an etcd that has none yet, with FILE.keys if it is there; a control"
                            + " plane then starts there.")
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

        @Option(
                names = "--replace",
                description = "Only with --store etcd: deletes what the mesh has there. Refused while a control plane"
                        + " uses it.")
        private boolean replace;

        @Mixin
        private StoreOptions stored = new StoreOptions();

        @Mixin
        private MeshName mesh = new MeshName();

        Restore(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            Optional<SharedStore> shared = stored.read(mesh.name());
            InvalidValueException.unless(
                    !replace || shared.isPresent(), "replace", "given", "--store etcd with it, or none");
            Optional<KeyCopy> keys = KeyCopy.besideOf(file);
            shared.ifPresentOrElse(
                    where -> restore(where, keys), () -> keys.ifPresentOrElse(this::restoreWithKeys, this::restore));
            surroundings.out().flush();
            if (keys.isEmpty()) {
                surroundings
                        .err()
                        .println("signalbox: " + KeyCopy.beside(file) + " is not there: unless its keys are put into "
                                + data
                                + " before a control plane starts there, it has another root, and no sidecar"
                                + " believes it");
                surroundings.err().flush();
            }
            return ExitStatus.DONE;
        }

        private void restore(SharedStore where, Optional<KeyCopy> keys) {
            try (Store store = open(where)) {
                SharedBackup.restore(
                        file, keys, data, store, replace ? SharedCopy.Existing.REPLACED : SharedCopy.Existing.REFUSED);
            }
            surroundings.out().println(where.prefix() + " of etcd holds what " + file + " kept");
            keys.ifPresent(held -> surroundings
                    .out()
                    .println("its authority is that of " + KeyCopy.beside(file) + ", and " + data + " has the token"));
        }

        private void restore() {
            StoreCopy.restore(file, data);
            surroundings.out().println(data + " holds what " + file + " kept");
        }

        /** A store without its keys would make a new root, so they come first. */
        private void restoreWithKeys(KeyCopy keys) {
            keys.restore(data);
            try {
                restore();
            } catch (RuntimeException e) {
                keys.remove(data);
                throw e;
            }
            surroundings
                    .out()
                    .println(data + " holds " + String.join(", ", keys.names()) + " of " + KeyCopy.beside(file));
        }
    }
}
