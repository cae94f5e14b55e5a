package io.signalbox.mesh.client.attach;

import java.util.Set;

/**
 * Whom the members of a mesh are to believe.
 *
 * @param revision of the roots: grows by one with each change of them, for ever
 * @param trustBundle PEM, the roots; two while one takes the other's place
 * @param revoked services whose identity is believed no more
 */
public record TrustUpdate(long revision, String trustBundle, Set<String> revoked) {

    public TrustUpdate {
        revoked = Set.copyOf(revoked);
    }
}
