package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.AuthorityInfo;
import io.signalbox.mesh.client.AuthorityInfo.Phase;
import io.signalbox.mesh.client.attach.IdentityReport;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets a new root take the place of the old one, without a moment in which somebody shows what another does not believe.
 *
 * <p>First all are told to believe the new one too. It signs once nobody is left who may not know of it: each certificate
 * that is good was signed after the new root was made, so it came with it, or its sidecar says that it believes it, or
 * its instance has got another since. The old one goes when all that it signed has ended. Safe from any thread.
 */
public final class RootRoll implements Following.Follower {

    /** How long people have at least to copy the new root to where they call from. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(365);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final MeshRoots roots;
    private final Revocations revocations;
    private final Identities identities;
    private final Leadership leadership;
    private final InstantSource clock;
    private volatile @Nullable AttachedSidecars attached;

    /** Certificates whose sidecars said in this roll that they believe the new root; they may have left since. */
    private final Set<String> informed = ConcurrentHashMap.newKeySet();

    RootRoll(
            MeshRoots roots,
            Revocations revocations,
            Identities identities,
            Leadership leadership,
            InstantSource clock) {
        this.roots = roots;
        this.revocations = revocations;
        this.identities = identities;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** Tells sidecars whom to believe from now on, and moves a roll on, one that a restart cut short too. */
    Scheduler.Cancellable follow(AttachedSidecars sidecars, Scheduler scheduler) {
        attached = sidecars;
        tell();
        return scheduler.scheduleEvery(LOOK, () -> leadership.fence().ifPresent(this::look));
    }

    /**
     * Begins.
     *
     * @param overlap how long the old root is believed at least, for those who have to copy the new one by hand
     * @throws InvalidValueException when one is under way
     */
    public AuthorityInfo begin(Duration overlap, ChangeNote note) {
        InvalidValueException.unless(
                !overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0, "overlap", overlap, "0s to 8760h");
        identities.between(last -> {
            informed.clear();
            roots.begin(last, overlap, note);
        });
        tell();
        return info();
    }

    public AuthorityInfo info() {
        return roots.info((int) waitingFor());
    }

    /** Tells every sidecar that is attached, and each that comes, whom to believe. */
    synchronized void tell() {
        AttachedSidecars told = attached;
        if (told != null) {
            MeshRoots.Bundle bundle = roots.bundle();
            told.trust(new TrustUpdate(bundle.revision(), bundle.pem(), revocations.names()));
        }
    }

    /** Takes over how far another control plane brought a roll. */
    @Override
    public void written(StoreEntry entry) {
        AtomicBoolean moved = new AtomicBoolean();
        identities.between(_ -> moved.set(roots.reload(entry)));
        if (moved.get()) {
            tell();
        }
    }

    void reload(String key) {
        if (key.equals(MeshRoots.KEY)) {
            roots.stands().ifPresent(this::written);
        }
    }

    /** @param fence on what the leader's writes are conditional */
    private void look(Transaction fence) {
        switch (roots.stored().phase()) {
            case STEADY -> {
                if (roots.settle()) {
                    tell();
                }
            }
            case TELLING -> {
                listen();
                identities.between(last -> {
                    if (waitingFor() == 0) {
                        roots.sign(last, fence);
                    }
                });
            }
            case SIGNING -> {
                identities.between(last -> {
                    if (waitingFor() == 0
                            && !clock.instant().isBefore(roots.stored().until())) {
                        roots.end(last, fence);
                    }
                });
                if (roots.stored().phase() == Phase.STEADY) {
                    tell();
                }
            }
        }
    }

    private void listen() {
        String next = roots.stored().next();
        AttachedSidecars told = attached;
        if (told != null && next != null) {
            told.identified().forEach(said -> {
                IdentityReport report = said.identity();
                if (report != null
                        && report.roots().contains(next)
                        && identities.isOf(report.serial(), said.service(), said.instance())) {
                    informed.add(report.serial());
                }
            });
        }
    }

    private long waitingFor() {
        MeshRoots.Stored stored = roots.stored();
        return switch (stored.phase()) {
            case STEADY -> 0;
            case TELLING -> identities.unaware(stored.last(), informed);
            case SIGNING -> identities.goodUpTo(stored.last());
        };
    }
}
