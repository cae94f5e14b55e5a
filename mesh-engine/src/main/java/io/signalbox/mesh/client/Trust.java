package io.signalbox.mesh.client;

import io.signalbox.mesh.model.ChangeNote;
import java.util.List;

/** Whom a control plane lets in. A refused call throws a {@link MeshException}. */
public interface Trust {

    /** Makes a token; its secret is in the answer and nowhere else. */
    NewToken createToken(TokenRequest request, ChangeNote note);

    /** Every token that was ever made, the oldest first. */
    List<TokenInfo> tokens();

    /** Ends a token at once, and the renewal of certificates that were got by it. */
    TokenInfo revokeToken(String name, ChangeNote note);

    /** The newest certificates that were signed, the newest first, at most {@code limit}. */
    List<CertificateInfo> certificates(int limit);
}
