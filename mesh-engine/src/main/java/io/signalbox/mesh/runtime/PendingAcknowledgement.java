package io.signalbox.mesh.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.attach.Acknowledgement;
import io.signalbox.mesh.client.attach.IdentityReport;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a sidecar has to tell its control plane of what it runs, until that was told. Safe from any thread. */
final class PendingAcknowledgement {

    private final Supplier<Optional<IdentityReport>> identity;

    @GuardedBy("this")
    private @Nullable Acknowledgement last;

    @GuardedBy("this")
    private boolean untold;

    /** @param identity how it stands, asked when it is told */
    PendingAcknowledgement(Supplier<Optional<IdentityReport>> identity) {
        this.identity = identity;
    }

    /** This is to be told, in place of what was before. */
    synchronized void replace(Acknowledgement next) {
        last = next;
        untold = true;
    }

    /** The same is to be told again: it was not heard, or the identity is another. */
    synchronized void again() {
        untold = true;
    }

    /** What is to be told, which then counts as told. */
    Optional<Acknowledgement> take() {
        Acknowledgement next;
        synchronized (this) {
            next = untold ? last : null;
            untold = false;
        }
        return Optional.ofNullable(next)
                .map(said -> new Acknowledgement(
                        said.service(),
                        said.instance(),
                        said.revision(),
                        said.refused(),
                        identity.get().orElse(null)));
    }
}
