package io.signalbox.mesh.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.SignedCertificate;
import io.signalbox.mesh.client.attach.IdentityReport;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.tls.PendingIdentity;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A sidecar's identity that its control plane signs: taken from the disk or asked for at the start, renewed in time, each
 * time for a new key.
 *
 * <p>One thread renews, that of the stream brings other roots; they meet under the lock of this object, under which the
 * user is told and the file is written, and no call to the network is made.
 */
final class IssuedIdentity implements AutoCloseable {

    /** How long it waits before it looks at the clock again, which may have been set, or have run while this slept. */
    private static final Duration LOOK = Duration.ofSeconds(20);

    private final String instance;
    private final Signing signing;
    private final IdentityFile file;
    private final AttachmentListener listener;
    private final InstantSource clock;
    private final RandomGenerator jitter;
    private final SecureRandom random = new SecureRandom();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread renewing;

    @GuardedBy("this")
    private IdentityFile.@Nullable Kept held;

    @GuardedBy("this")
    private @Nullable String trouble;

    @GuardedBy("this")
    private User user = new User() {};

    IssuedIdentity(
            String instance,
            Signing signing,
            IdentityFile file,
            AttachmentListener listener,
            InstantSource clock,
            RandomGenerator jitter) {
        this.instance = instance;
        this.signing = signing;
        this.file = file;
        this.listener = listener;
        this.clock = clock;
        this.jitter = jitter;
        this.renewing = Thread.ofVirtual().name("sidecar-identity").unstarted(this::run);
    }

    /** Who signs. */
    interface Signing {

        /** Has a request signed; every failure is a {@link MeshException}, or says what is wrong with the token. */
        SignedCertificate sign(String request);

        /** Shows that identity to the control plane from now on, where it can be shown. */
        void prove(ServiceIdentity identity);

        /** The identity has ended: only a token is left to show. */
        void ended();
    }

    /** Who is told of what changes. */
    interface User {

        default void identity(ServiceIdentity next) {}

        default void revoked(Set<String> services) {}

        /** The identity, or how its renewal stands, is another than was reported. */
        default void reportable() {}

        default void renewal(Renewal how) {}
    }

    /** How an attempt to renew ended. */
    enum Renewal {
        OK,
        FAILED
    }

    /**
     * The identity to begin with: the one that was kept, if it is still good, else a new one.
     *
     * @throws MeshException when there is none, with the reason and what to do
     */
    ServiceIdentity open() {
        Optional<IdentityFile.Kept> kept = remembered();
        if (kept.isPresent()) {
            synchronized (this) {
                held = kept.get();
            }
            signing.prove(kept.get().identity());
            return kept.get().identity();
        }
        try {
            return renew();
        } catch (MeshException e) {
            String help = e.kind() == MeshException.Kind.FORBIDDEN
                    ? "; signalbox token create --scope sidecar:SERVICE --once makes a token for one"
                    : "";
            throw new MeshException(
                    e.kind(), "identity: " + instance + " has no certificate: " + e.getMessage() + help);
        } catch (InvalidValueException e) {
            throw new MeshException(
                    MeshException.Kind.INVALID, "identity: " + instance + " has no certificate: " + e.getMessage());
        }
    }

    /** Begins to renew, and to tell of it. */
    void follow(User next) {
        synchronized (this) {
            user = next;
            next.revoked(current().revoked());
        }
        renewing.start();
    }

    synchronized ServiceIdentity identity() {
        return current().identity();
    }

    synchronized Set<String> revoked() {
        return current().revoked();
    }

    /** Believes others from now on, unless it knows later ones. */
    void trust(TrustUpdate update) {
        synchronized (this) {
            IdentityFile.Kept before = current();
            try {
                IdentityFile.Kept next = update.revision() < before.trustRevision()
                        ? new IdentityFile.Kept(
                                before.identity(), before.issuedAt(), before.trustRevision(), update.revoked())
                        : new IdentityFile.Kept(
                                before.identity().believing(update.trustBundle()),
                                before.issuedAt(),
                                update.revision(),
                                update.revoked());
                if (!next.equals(before)) {
                    hold(next);
                }
            } catch (InvalidValueException e) {
                listener.trouble(instance, "refused whom to believe: " + e.getMessage());
            }
        }
    }

    synchronized IdentityReport report() {
        ServiceIdentity identity = current().identity();
        return new IdentityReport(identity.serial(), identity.notAfter(), identity.rootFingerprints(), trouble);
    }

    @Override
    public void close() {
        closed.countDown();
        renewing.interrupt();
    }

    private Optional<IdentityFile.Kept> remembered() {
        try {
            Optional<IdentityFile.Kept> kept = file.read();
            if (kept.isPresent()) {
                kept.get().identity().requireBelievable(clock.instant());
            }
            return kept;
        } catch (InvalidValueException | CertificateException e) {
            listener.trouble(instance, file.file() + " is not used: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void run() {
        int failures = 0;
        Instant due = plan().due(jitter);
        while (closed.getCount() > 0) {
            Duration left = Duration.between(clock.instant(), due);
            if (left.isPositive()) {
                if (pause(left.compareTo(LOOK) < 0 ? left : LOOK)) {
                    return;
                }
                continue;
            }
            failures = attempt() ? 0 : failures + 1;
            due = failures == 0 ? plan().due(jitter) : clock.instant().plus(plan().pause(failures, jitter));
        }
    }

    /** Waits; true when it was closed meanwhile. */
    private boolean pause(Duration longest) {
        try {
            return closed.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private boolean attempt() {
        try {
            if (!clock.instant().isBefore(plan().notAfter())) {
                signing.ended();
            }
            ServiceIdentity _ = renew();
            return true;
        } catch (RuntimeException e) {
            // Whatever it is, it is tried again: nothing else renews the certificate.
            if (closed.getCount() > 0) {
                failed(String.valueOf(e.getMessage()));
            }
            return false;
        }
    }

    private void failed(String why) {
        synchronized (this) {
            Instant end = current().identity().notAfter();
            String said = clock.instant().isBefore(end)
                    ? "certificate is not renewed: " + why + "; it is good until " + end + ", and asked for again"
                    : "certificate ended at " + end + ", and nobody believes it: " + why + "; it is asked for again";
            user.renewal(Renewal.FAILED);
            if (!said.equals(trouble)) {
                trouble = said;
                listener.trouble(instance, said);
                user.reportable();
            }
        }
    }

    private ServiceIdentity renew() {
        PendingIdentity pending = PendingIdentity.generate(random);
        SignedCertificate signed = signing.sign(pending.request());
        Instant now = clock.instant();
        ServiceIdentity identity = believable(pending.certified(signed.certificate(), signed.trustBundle()), now);
        synchronized (this) {
            IdentityFile.Kept before = held;
            trouble = null;
            hold(
                    before == null
                            ? new IdentityFile.Kept(identity, now, signed.trustRevision(), Set.of())
                            : succeeding(before, identity, now, signed.trustRevision()));
            user.renewal(Renewal.OK);
        }
        listener.certified(instance, identity.notAfter());
        return identity;
    }

    /** Other roots may have been told while the answer was on its way; whoever joins anew begins anew. */
    private static IdentityFile.Kept succeeding(
            IdentityFile.Kept before, ServiceIdentity identity, Instant now, long trustRevision) {
        boolean newer = before.trustRevision() > trustRevision
                && now.isBefore(before.identity().notAfter());
        return newer
                ? new IdentityFile.Kept(
                        identity.believing(before.identity().roots()), now, before.trustRevision(), before.revoked())
                : new IdentityFile.Kept(identity, now, trustRevision, before.revoked());
    }

    private static ServiceIdentity believable(ServiceIdentity identity, Instant now) {
        try {
            identity.requireBelievable(now);
            return identity;
        } catch (CertificateException e) {
            throw new InvalidValueException(
                    "certificate", String.valueOf(e.getMessage()), "one that is good by the clock of this machine");
        }
    }

    @GuardedBy("this")
    private void hold(IdentityFile.Kept next) {
        IdentityFile.Kept before = held;
        if (before == null || !before.identity().equals(next.identity())) {
            user.identity(next.identity());
            signing.prove(next.identity());
        }
        held = next;
        if (before != null && !before.revoked().equals(next.revoked())) {
            user.revoked(next.revoked());
        }
        try {
            file.write(next);
        } catch (UncheckedIOException e) {
            listener.trouble(instance, "state: " + e.getMessage());
        }
        user.reportable();
    }

    private synchronized RenewalPlan plan() {
        IdentityFile.Kept now = current();
        return new RenewalPlan(now.issuedAt(), now.identity().notAfter());
    }

    @GuardedBy("this")
    private IdentityFile.Kept current() {
        IdentityFile.Kept now = held;
        if (now == null) {
            throw new IllegalStateException("An identity is followed after it was opened");
        }
        return now;
    }
}
