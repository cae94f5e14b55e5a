package io.signalbox.mesh.runtime;

import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.store.FolderLock;
import io.signalbox.mesh.store.SharedCopy;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Backup and restore of a mesh whose control planes share a store. The authority's keys, which lie there sealed by the token
 * of their folders, are never in the backup: they are opened into a {@link KeyCopy}, or left out.
 */
public final class SharedBackup {

    /** By the key in the store, the file of the same in the folder of a single control plane. */
    private static final Map<String, String> SECRETS =
            Map.of(SharedRootKeys.KEY, AuthorityFiles.KEY, SharedRootKeys.NEXT, AuthorityFiles.NEXT);

    private SharedBackup() {}

    /** Writes what the store holds at one moment into a file, without the keys. */
    public static void backUp(Store store, Path file) {
        SharedCopy.write(withoutSecrets(SharedCopy.moment(store)), file);
    }

    /**
     * Writes it, and beside it the token of a folder and the keys that it opens, of the same moment.
     *
     * @return what stands beside it
     */
    public static KeyCopy backUpWithKeys(Store store, Path folder, Path file) {
        AccessToken token = AccessToken.read(folder.resolve(StandaloneControlPlane.TOKEN));
        Sealed sealed = new Sealed(token, new SecureRandom());
        List<StoreEntry> all = SharedCopy.moment(store);
        Map<String, String> files = new TreeMap<>();
        files.put(StandaloneControlPlane.TOKEN, token.text());
        for (StoreEntry entry : all) {
            String name = SECRETS.get(entry.key());
            if (name != null) {
                files.put(name, sealed.open(entry.value()).orElseThrow(() -> SharedRootKeys.notOpened(folder, entry)));
            }
        }
        KeyCopy keys = KeyCopy.holding(files);
        keys.requireFree(KeyCopy.beside(file));
        keys.write(file);
        try {
            SharedCopy.write(withoutSecrets(all), file);
        } catch (RuntimeException e) {
            remove(KeyCopy.beside(file), e);
            throw e;
        }
        return keys;
    }

    /**
     * Puts a backup into a store that nobody uses, with keys sealed by the token that came with them, which is put into a folder.
     *
     * @param keys those beside the backup
     */
    public static void restore(
            Path file, Optional<KeyCopy> keys, Path folder, Store store, SharedCopy.Existing existing) {
        List<StoreEntry> entries = new ArrayList<>(withoutSecrets(SharedCopy.read(file)));
        try (FolderLock _ = FolderLock.take(folder)) {
            if (keys.isEmpty()) {
                SharedCopy.begin(entries, store, existing).finish();
                return;
            }
            AccessToken token =
                    AccessToken.of(Optional.ofNullable(keys.get().files().get(StandaloneControlPlane.TOKEN))
                            .orElseThrow(() -> new StoreException("keys: " + KeyCopy.beside(file)
                                    + " (expected: a token in it, by which the authority is sealed)")));
            Sealed sealed = new Sealed(token, new SecureRandom());
            SECRETS.forEach((key, name) -> {
                String pem = keys.get().files().get(name);
                if (pem != null) {
                    entries.add(new StoreEntry(key, sealed.seal(pem), 0, 0, OptionalLong.empty()));
                }
            });
            restoreWithToken(entries, token, folder, store, existing);
        }
    }

    /** A store whose authority nobody can open would be of no use, so the token comes first. */
    private static void restoreWithToken(
            List<StoreEntry> entries, AccessToken token, Path folder, Store store, SharedCopy.Existing existing) {
        Path file = folder.resolve(StandaloneControlPlane.TOKEN);
        if (Files.exists(file)) {
            if (!AccessToken.read(file).text().equals(token.text())) {
                throw new StoreException("token: " + file + " (expected: that of the backup, or none)");
            }
            SharedCopy.begin(entries, store, existing).finish();
            return;
        }
        token.write(file);
        SharedCopy.Begun begun;
        try {
            begun = SharedCopy.begin(entries, store, existing);
        } catch (RuntimeException e) {
            remove(file, e);
            throw e;
        }
        begun.finish(); // what it has written by then, that token alone opens
    }

    private static void remove(Path file, RuntimeException because) {
        try {
            boolean _ = Files.deleteIfExists(file);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static List<StoreEntry> withoutSecrets(List<StoreEntry> entries) {
        return entries.stream()
                .filter(entry -> !SECRETS.containsKey(entry.key()))
                .toList();
    }
}
