package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.RootKeys;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import java.util.Optional;
import java.util.function.Supplier;

/** Roots that are kept as long as this object. */
public final class FixedKeys implements RootKeys {

    private final Supplier<MeshCertificateAuthority> making;
    private MeshCertificateAuthority current;
    private Optional<MeshCertificateAuthority> next = Optional.empty();
    private boolean dying;
    private String published = "";

    public FixedKeys(MeshCertificateAuthority first, Supplier<MeshCertificateAuthority> making) {
        this.current = first;
        this.making = making;
    }

    @Override
    public MeshCertificateAuthority current() {
        return current;
    }

    @Override
    public Optional<MeshCertificateAuthority> next() {
        return next;
    }

    @Override
    public Made makeNext() {
        MeshCertificateAuthority made = making.get();
        next = Optional.of(made);
        return new Made(made, Transaction.EMPTY);
    }

    /** As if the process ended just before. */
    public void dieAtPromotion() {
        dying = true;
    }

    @Override
    public void promote() {
        if (dying) {
            dying = false;
            throw new IllegalStateException("killed");
        }
        current = next.orElseThrow();
        next = Optional.empty();
    }

    @Override
    public void publish(String bundle) {
        published = bundle;
    }

    public String published() {
        return published;
    }
}
