package io.signalbox.mesh.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.attach.CircuitOrder;
import io.signalbox.mesh.client.attach.CircuitQuestion;
import io.signalbox.mesh.client.attach.FollowedMesh;
import io.signalbox.mesh.client.attach.LastKnown;
import io.signalbox.mesh.client.attach.ReadUpdate;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.client.remote.SidecarLine;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.status.ServiceKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a sidecar knows before it opens its ports: what the control plane says, or what it last ran where that is away.
 * Nothing is changed in it once it was waited for.
 */
final class FirstWord implements SidecarLine.Listener {

    private static final String SILENT = "nothing comes from the control plane";

    private final FollowedMesh followed = new FollowedMesh();
    private final IssuedTrust identity;
    private final CountDownLatch heard = new CountDownLatch(1);

    @GuardedBy("this")
    private Origin origin = Origin.NOTHING;

    @GuardedBy("this")
    private Set<String> revoked = Set.of();

    @GuardedBy("this")
    private boolean done;

    private String from = "";

    /** Why the control plane said nothing of the mesh. */
    @GuardedBy("this")
    private String why = SILENT;

    /** Where it is from. */
    enum Origin {
        CONTROL_PLANE,
        DISK,
        NOTHING
    }

    /** Who else is told whom to believe. */
    interface IssuedTrust {

        void trust(TrustUpdate update);
    }

    FirstWord(IssuedTrust identity) {
        this.identity = identity;
    }

    /** Waits until it is known what to begin with, not longer than that where the control plane does not answer. */
    void await(
            SidecarLine line,
            ServiceKind kind,
            LastKnown lastKnown,
            Duration patience,
            AttachmentListener listener,
            String instance) {
        remember(lastKnown, listener, instance);
        try (MeshConnection.Subscription _ = line.follow(kind, this)) {
            boolean _ = heard.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            done = true;
            listener.begins(
                    instance,
                    switch (origin) {
                        case CONTROL_PLANE -> "with revision " + followed.revision() + " of the control plane";
                        case DISK -> "with what it ran at " + from + ": " + why;
                        case NOTHING -> "knowing no service: " + why + ", and nothing is kept on the disk";
                    });
        }
    }

    FollowedMesh followed() {
        return followed;
    }

    /** Who knows nothing is not ready. */
    synchronized MeshConfig config() {
        return origin == Origin.NOTHING ? MeshConfig.EMPTY : new MeshConfig(1, followed.running());
    }

    synchronized Origin origin() {
        return origin;
    }

    synchronized Set<String> revoked() {
        return revoked;
    }

    private synchronized void remember(LastKnown lastKnown, AttachmentListener listener, String instance) {
        try {
            lastKnown.read().ifPresent(kept -> {
                followed.remember(kept.services());
                revoked = kept.revoked() == null ? Set.of() : kept.revoked();
                from = kept.at().toString();
                origin = Origin.DISK;
            });
        } catch (InvalidValueException e) {
            listener.trouble(instance, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized void whole(ReadUpdate update) {
        if (!done) {
            followed.whole(update);
            origin = Origin.CONTROL_PLANE;
            done = true;
            heard.countDown();
        }
    }

    /** It comes before the whole mesh, where there is one. */
    @Override
    public synchronized void trust(TrustUpdate update) {
        if (!done) {
            revoked = update.revoked();
            identity.trust(update);
        }
    }

    /** Who has something to begin with does not wait for who cannot be reached. */
    @Override
    public synchronized void disconnected(String reason) {
        why = SILENT + " (" + reason + ")";
        if (origin == Origin.DISK) {
            heard.countDown();
        }
    }

    @Override
    public void change(ReadUpdate update) {}

    @Override
    public void warm(ReadUpdate update) {}

    @Override
    public void circuit(CircuitOrder order) {}

    @Override
    public void question(CircuitQuestion question) {}

    @Override
    public void unreadable(String why) {}
}
