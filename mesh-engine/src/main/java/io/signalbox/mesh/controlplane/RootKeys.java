package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import java.util.Optional;

/** Where the keys of a mesh's roots are kept, apart from all else, so that no backup of the store holds them. */
public interface RootKeys {

    /** The root that was made first, or took the place of another. */
    MeshCertificateAuthority current();

    /** The one that is to take its place, if one was made. */
    Optional<MeshCertificateAuthority> next();

    /** Makes the one that is to take its place, instead of any that was made before. */
    Made makeNext();

    /** Lets the next one take the place of the current one, for good. */
    void promote();

    /** Takes over what others made of them, where they are shared. */
    default void refresh() {}

    /**
     * One that was made.
     *
     * @param kept what is written as one with the word that it is believed; nothing where it is kept already
     */
    record Made(MeshCertificateAuthority authority, Transaction kept) {}

    /** Puts the roots where others get them from. */
    void publish(String bundle);
}
