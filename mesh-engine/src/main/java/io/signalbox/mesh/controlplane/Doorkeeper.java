package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.config.AccessToken;
import java.util.Optional;

/**
 * Tells who a caller is. Safe from any thread.
 *
 * @param owner the token of the control plane's own file
 * @param tokens those that were given out; empty where none can be
 * @param identities the certificates that were given out; empty where none can be
 */
public record Doorkeeper(AccessToken owner, Optional<AccessTokens> tokens, Optional<Identities> identities) {

    /** One that knows the control plane's own token alone. */
    public static Doorkeeper of(AccessToken owner) {
        return new Doorkeeper(owner, Optional.empty(), Optional.empty());
    }

    /** What a token that was presented is worth. */
    public sealed interface Verdict {

        record Known(Caller caller) implements Verdict {}

        /** It was good once; whoever presents it has held it, and may hear so. */
        record Ended(TokenInfo info) implements Verdict {}

        record Unknown() implements Verdict {}
    }

    /** Takes as long for a token that is nearly right as for any other. */
    public Verdict judge(String presented) {
        boolean owners = owner.matches(presented);
        Verdict given = tokens.map(all -> all.judge(presented)).orElseGet(Verdict.Unknown::new);
        return owners ? new Verdict.Known(new Caller.Owner()) : given;
    }
}
