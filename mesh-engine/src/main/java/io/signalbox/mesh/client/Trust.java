package io.signalbox.mesh.client;

import io.signalbox.mesh.model.ChangeNote;
import java.time.Duration;
import java.util.List;

/** Whom a control plane lets in. A refused call throws a {@link MeshException}. */
public interface Trust {

    /** Makes a token; its secret is in the answer and nowhere else. */
    NewToken createToken(TokenRequest request, ChangeNote note);

    /** Every token that was ever made, the oldest first. */
    List<TokenInfo> tokens();

    /** Ends a token at once, and the renewal of certificates that were got by it. */
    TokenInfo revokeToken(String name, ChangeNote note);

    /** The roots of the mesh. */
    AuthorityInfo authority();

    /**
     * Lets a new root take the place of the old one.
     *
     * @param overlap how long the old one is believed at least
     */
    AuthorityInfo rollAuthority(Duration overlap, ChangeNote note);

    /** Services whose identity is taken from them, in the order of their names. */
    List<RevokedIdentity> revokedIdentities();

    /** Signs nothing for a service any more, and lets nobody believe what was signed. */
    RevokedIdentity revokeIdentity(String service, ChangeNote note);

    /** Takes that back. */
    RevokedIdentity restoreIdentity(String service, ChangeNote note);

    /** The newest certificates that were signed, the newest first, at most {@code limit}. */
    List<CertificateInfo> certificates(int limit);
}
