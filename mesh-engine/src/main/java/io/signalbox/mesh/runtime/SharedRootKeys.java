package io.signalbox.mesh.runtime;

import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.controlplane.RootKeys;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The certificate authority of control planes that share a store: in the store, sealed by the token that all of them have
 * in their folders, so that neither the store nor a backup of it gives it away. Changed by one thread at a time.
 *
 * <p>One that lies in the folder, from the time of a single control plane, is taken into a store that has none, and its
 * files are renamed.
 */
final class SharedRootKeys implements RootKeys {

    private static final String FOLDER = "authority/";
    static final String KEY = "authority/key";
    static final String NEXT = "authority/next-key";

    private final Store store;
    private final Path folder;
    private final Sealed sealed;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile Keys keys;

    private record Held(MeshCertificateAuthority authority, long modified) {}

    /** Both, as they were at one moment. */
    private record Keys(Held current, Optional<Held> next) {}

    private SharedRootKeys(
            Store store,
            Transaction unrestored,
            Path folder,
            Sealed sealed,
            String trustDomain,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.folder = folder;
        this.sealed = sealed;
        this.clock = clock;
        this.random = random;
        if (store.get(KEY).isEmpty()) {
            fill(unrestored, trustDomain);
        }
        keys = kept();
        MeshCertificateAuthority current = current();
        inFolder(AuthorityFiles.KEY).ifPresent(other -> {
            if (!other.fingerprint().equals(current.fingerprint())) {
                throw new StoreException("certificate authority: " + folder.resolve(AuthorityFiles.KEY) + ": "
                        + other.fingerprint() + " (expected: "
                        + current.fingerprint()
                        + ", that of the store, or no such file)");
            }
            // Whoever took it into the store ended before it could do so; after a roll it would be a stranger's.
            putAway(AuthorityFiles.KEY);
            putAway(AuthorityFiles.NEXT);
        });
    }

    /**
     * @param unrestored on which a new one is conditional
     * @param token seals it, the same for all of them
     * @param trustDomain of a new one; one that is there keeps its own
     */
    static SharedRootKeys open(
            Store store,
            Transaction unrestored,
            Path folder,
            AccessToken token,
            String trustDomain,
            InstantSource clock,
            SecureRandom random) {
        return new SharedRootKeys(store, unrestored, folder, new Sealed(token, random), trustDomain, clock, random);
    }

    @Override
    public MeshCertificateAuthority current() {
        return keys.current().authority();
    }

    @Override
    public Optional<MeshCertificateAuthority> next() {
        return keys.next().map(Held::authority);
    }

    @Override
    public Made makeNext() {
        refresh();
        MeshCertificateAuthority made =
                MeshCertificateAuthority.toKeep(current().trustDomain(), clock, random);
        long before = keys.next().map(Held::modified).orElse(0L);
        return new Made(made, Transaction.EMPTY.when(NEXT, before).put(NEXT, sealed.seal(made.toPem())));
    }

    /** Another one may have done it already. */
    @Override
    public void promote() {
        Keys before = kept();
        before.next().ifPresent(promoted -> {
            Outcome _ = store.commit(Transaction.EMPTY
                    .when(NEXT, promoted.modified())
                    .when(KEY, before.current().modified())
                    .put(KEY, sealed.seal(promoted.authority().toPem()))
                    .delete(NEXT));
        });
        refresh();
    }

    @Override
    public void refresh() {
        keys = kept();
    }

    @Override
    public void publish(String bundle) {
        AuthorityFiles.publish(folder, bundle);
    }

    /** Read as one: between two reads a roll may end, after which the old key would be taken for the only one. */
    private Keys kept() {
        List<StoreEntry> all = store.range(KeyRange.prefix(FOLDER));
        return new Keys(
                held(all, KEY).orElseThrow(() -> new StoreException("store: " + KEY + ": nothing (expected: a key)")),
                held(all, NEXT));
    }

    private Optional<Held> held(List<StoreEntry> all, String key) {
        return all.stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .map(entry -> new Held(read(entry), entry.modified()));
    }

    private MeshCertificateAuthority read(StoreEntry entry) {
        return sealed.open(entry.value())
                .map(pem -> MeshCertificateAuthority.fromPem(pem, clock, random))
                .orElseThrow(() -> notOpened(folder, entry));
    }

    static StoreException notOpened(Path folder, StoreEntry entry) {
        return new StoreException("token: " + folder.resolve(StandaloneControlPlane.TOKEN)
                + " does not open " + entry.key()
                + " of the store (expected: the token of the control planes that share it; copy the file from"
                + " the folder of one of them)");
    }

    /** Another one may be first, which is as good. */
    private void fill(Transaction unrestored, String trustDomain) {
        Optional<MeshCertificateAuthority> before = inFolder(AuthorityFiles.KEY);
        MeshCertificateAuthority first =
                before.orElseGet(() -> MeshCertificateAuthority.toKeep(trustDomain, clock, random));
        Transaction write = unrestored.when(KEY, 0).put(KEY, sealed.seal(first.toPem()));
        Optional<MeshCertificateAuthority> second = inFolder(AuthorityFiles.NEXT);
        if (second.isPresent()) {
            write = write.put(NEXT, sealed.seal(second.get().toPem()));
        }
        if (store.commit(write) instanceof Outcome.Committed && before.isPresent()) {
            putAway(AuthorityFiles.KEY);
            putAway(AuthorityFiles.NEXT);
        }
    }

    /** What the store has is not read from the folder again, where it would soon be out of date. */
    private void putAway(String name) {
        Path file = folder.resolve(name);
        try {
            if (Files.exists(file)) {
                Files.move(file, folder.resolve(name + ".moved"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StoreException("certificate authority: " + file + " (expected: a file that can be renamed)", e);
        }
    }

    private Optional<MeshCertificateAuthority> inFolder(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(AuthorityFiles.read(file, clock, random));
    }
}
