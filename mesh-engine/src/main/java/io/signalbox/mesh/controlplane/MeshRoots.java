package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.AuthorityInfo;
import io.signalbox.mesh.client.AuthorityInfo.Phase;
import io.signalbox.mesh.client.AuthorityInfo.Role;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.MeshTrust;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The roots of a mesh, which of them signs, and who is believed meanwhile.
 *
 * <p>The store says how far a roll is, the keys lie beside it. Each step is written in the order that lets a start after
 * any crash go on: a new key before the store names it, or as one with it, and the store's last word before the old key
 * is replaced. One thread at a time changes it, under the lock of {@link Identities}; reading takes none.
 */
public final class MeshRoots {

    static final String KEY = "authority/roots";

    private static final int MOST_READS = 20;

    private final Store store;
    private final AuditLog audit;
    private final RootKeys keys;
    private final InstantSource clock;
    private volatile State state;

    MeshRoots(Store store, AuditLog audit, RootKeys keys, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.keys = keys;
        this.clock = clock;
        state = opened();
        publish();
    }

    /**
     * What the store keeps.
     *
     * @param root the fingerprint of the one that stood before a roll, or stands
     * @param next of the one that takes its place; {@code null} when none does
     * @param until the old one is believed at least until then
     * @param last the number of the last certificate before the phase began
     */
    record Stored(
            long revision,
            Phase phase,
            String root,
            @Nullable String next,
            Instant since,
            Instant until,
            long last,
            String by,
            String reason) {}

    /**
     * All of it at one moment.
     *
     * @param modified the store's revision of it; 0 when it is not kept
     * @param old the only one, when nothing rolls
     */
    private record State(
            Stored stored, long modified, MeshCertificateAuthority old, Optional<MeshCertificateAuthority> next) {

        MeshCertificateAuthority signer() {
            return stored.phase() == Phase.SIGNING ? next.orElseThrow() : old;
        }

        List<X509Certificate> roots() {
            List<X509Certificate> roots = new ArrayList<>(List.of(old.root()));
            next.ifPresent(authority -> roots.add(authority.root()));
            return roots;
        }
    }

    public String trustDomain() {
        return state.old().trustDomain();
    }

    /**
     * Whoever signs for services now, with the roots to believe.
     *
     * @param unchanged what is written only as long as that is so
     */
    record Signing(MeshCertificateAuthority signer, Bundle bundle, Transaction unchanged) {}

    Signing signing() {
        State now = state;
        return new Signing(now.signer(), bundle(now), Transaction.EMPTY.when(KEY, now.modified()));
    }

    /** Whoever signs for the control plane itself: the old one until it goes, since people have copies of its root. */
    public MeshCertificateAuthority host() {
        return state.old();
    }

    public MeshTrust trust() {
        return new MeshTrust(trustDomain(), state.roots());
    }

    /** The roots to believe, with their revision, of one moment. */
    Bundle bundle() {
        return bundle(state);
    }

    private static Bundle bundle(State now) {
        return new Bundle(
                now.stored().revision(),
                now.old().rootPem()
                        + now.next().map(MeshCertificateAuthority::rootPem).orElse(""));
    }

    record Bundle(long revision, String pem) {}

    Stored stored() {
        return state.stored();
    }

    /** @param waitingFor certificates for which a roll waits */
    AuthorityInfo info(int waitingFor) {
        State now = state;
        Stored stored = now.stored();
        List<AuthorityInfo.Root> roots = new ArrayList<>();
        roots.add(root(now.old(), now.signer()));
        now.next().ifPresent(next -> roots.add(root(next, now.signer())));
        return new AuthorityInfo(
                stored.revision(),
                stored.phase(),
                roots,
                now.modified() == 0 ? null : stored.since(),
                stored.phase() == Phase.STEADY ? null : stored.until(),
                stored.by(),
                stored.reason(),
                waitingFor);
    }

    /** Makes a new root, to be believed from now on beside the old one, which still signs. */
    void begin(long last, Duration overlap, ChangeNote note) {
        State now = state;
        InvalidValueException.unless(
                now.stored().phase() == Phase.STEADY, "roll", "one is under way", "none; signalbox ca status tells");
        settle();
        RootKeys.Made made = keys.makeNext();
        MeshCertificateAuthority next = made.authority();
        Instant at = clock.instant();
        write(
                new Stored(
                        now.stored().revision() + 1,
                        Phase.TELLING,
                        now.old().fingerprint(),
                        next.fingerprint(),
                        at,
                        at.plus(overlap),
                        last,
                        note.by(),
                        note.reason()),
                "the new root " + next.fingerprint() + " is believed beside "
                        + now.old().fingerprint(),
                note,
                now.old(),
                Optional.of(next),
                // of two that begin at once, the later is told that a roll is under way
                Transaction.EMPTY.when(KEY, now.modified()).and(made.kept()));
    }

    /** Lets the new one sign from now on. */
    void sign(long last, Transaction fence) {
        State now = state;
        write(
                step(now.stored(), Phase.SIGNING, now.stored().revision(), last),
                "the new root " + now.next().orElseThrow().fingerprint() + " signs",
                note(now.stored()),
                now.old(),
                now.next(),
                fence);
    }

    /** Lets the old one go. */
    void end(long last, Transaction fence) {
        State now = state;
        MeshCertificateAuthority next = now.next().orElseThrow();
        write(
                new Stored(
                        now.stored().revision() + 1,
                        Phase.STEADY,
                        next.fingerprint(),
                        null,
                        clock.instant(),
                        now.stored().until(),
                        last,
                        now.stored().by(),
                        now.stored().reason()),
                "the old root " + now.old().fingerprint() + " is believed no more",
                note(now.stored()),
                next,
                Optional.empty(),
                fence);
        settle();
    }

    /**
     * Lets the key of the new root take the old one's place, where that has not happened yet: the folder may have been full.
     *
     * @return whether it happened now
     */
    boolean settle() {
        State now = state;
        boolean waits = now.stored().phase() == Phase.STEADY
                && !keys.current().fingerprint().equals(now.old().fingerprint());
        if (waits) {
            keys.promote();
            publish();
        }
        return waits;
    }

    private Stored step(Stored before, Phase phase, long revision, long last) {
        return new Stored(
                revision,
                phase,
                before.root(),
                before.next(),
                clock.instant(),
                before.until(),
                last,
                before.by(),
                before.reason());
    }

    private void write(
            Stored next,
            String what,
            ChangeNote note,
            MeshCertificateAuthority old,
            Optional<MeshCertificateAuthority> other,
            Transaction together) {
        AuditLog.Change change = AuditLog.Change.done(AuditEntry.Kind.IDENTITY, trustDomain(), what);
        Transaction kept = together.and(Identities.after(next.last()))
                .when(KEY, state.modified())
                .put(KEY, Json.text(next));
        switch (audit.commit(change, note, next.since(), kept)) {
            case Outcome.Committed(long revision) -> {
                state = new State(next, revision, old, other);
                publish();
            }
            case Outcome.Refused refused -> throw refused.asChangedByAnother();
        }
    }

    private void publish() {
        keys.publish(bundle().pem());
    }

    /** What the store holds of it. */
    Optional<StoreEntry> stands() {
        return store.get(KEY);
    }

    /**
     * Takes over what another control plane wrote, unless what is known is newer.
     *
     * @return whether there was anything to take over
     */
    boolean reload(StoreEntry entry) {
        if (entry.modified() <= state.modified()) {
            return false;
        }
        state = opened();
        publish();
        return true;
    }

    /** As the store has it when the keys are read, which another control plane may change in between. */
    private State opened() {
        for (int attempt = 0; attempt < MOST_READS; attempt++) {
            Optional<StoreEntry> entry = store.get(KEY);
            keys.refresh();
            if (store.get(KEY).equals(entry)) {
                return opened(entry);
            }
        }
        throw new StoreException("store: " + KEY + ": changed at each of " + MOST_READS
                + " reads (expected: a roll that takes longer than a read)");
    }

    private State opened(Optional<StoreEntry> entry) {
        if (entry.isEmpty()) {
            MeshCertificateAuthority only = keys.current();
            return new State(first(0, only, 0), 0, only, Optional.empty());
        }
        Stored stored = StoredJson.read(entry.get(), Stored.class);
        return stored.phase() == Phase.STEADY
                ? steady(stored, entry.get().modified())
                : rolling(stored, entry.get().modified());
    }

    private Stored first(long revision, MeshCertificateAuthority only, long last) {
        Instant now = clock.instant();
        return new Stored(revision, Phase.STEADY, only.fingerprint(), null, now, now, last, "", "");
    }

    /** Killed before the new key took the place of the old one, it does so now. */
    private State steady(Stored stored, long modified) {
        if (!keys.current().fingerprint().equals(stored.root())
                && keys.next()
                        .filter(next -> next.fingerprint().equals(stored.root()))
                        .isPresent()) {
            keys.promote();
        }
        // Another one altogether was put there by hand: the sidecars join anew.
        return new State(stored, modified, keys.current(), Optional.empty());
    }

    private State rolling(Stored stored, long modified) {
        MeshCertificateAuthority old = keys.current();
        Optional<MeshCertificateAuthority> next =
                keys.next().filter(authority -> authority.fingerprint().equals(stored.next()));
        if (keys.next().isEmpty()
                && !Set.of(stored.root(), String.valueOf(stored.next())).contains(old.fingerprint())) {
            // A backup without keys, of the middle of a roll, has neither: the sidecars join anew.
            return new State(first(stored.revision(), old, stored.last()), modified, old, Optional.empty());
        }
        if (!old.fingerprint().equals(stored.root()) || next.isEmpty()) {
            throw new StoreException("certificate authority: keys of " + old.fingerprint()
                    + keys.next().map(other -> " and " + other.fingerprint()).orElse("") + " (expected: those of "
                    + stored.root() + " and " + stored.next() + ", one of which takes the other's place; put copies of"
                    + " both there)");
        }
        return new State(stored, modified, old, next);
    }

    private static ChangeNote note(Stored stored) {
        return new ChangeNote(stored.by(), stored.reason());
    }

    private static AuthorityInfo.Root root(MeshCertificateAuthority authority, MeshCertificateAuthority signer) {
        return new AuthorityInfo.Root(
                authority.fingerprint(),
                authority.root().getNotAfter().toInstant(),
                authority.equals(signer) ? Role.SIGNS : Role.BELIEVED);
    }
}
