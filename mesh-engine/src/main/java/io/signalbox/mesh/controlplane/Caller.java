package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.model.ChangeNote;

/** Who asks a control plane for something, by what was proven. */
public sealed interface Caller {

    TokenScope scope();

    /** Who changes something, as the audit log tells it, from what the caller says of itself. */
    ChangeNote note(ChangeNote said);

    /** Whoever may read the control plane's own token file; believed in whom they name. */
    record Owner() implements Caller {

        @Override
        public TokenScope scope() {
            return new TokenScope.Admin();
        }

        @Override
        public ChangeNote note(ChangeNote said) {
            return said;
        }
    }

    /** The holder of a token that was given out; the token's name stands before what the holder says. */
    record Holder(String token, TokenScope scope, TokenInfo.Uses uses) implements Caller {

        @Override
        public ChangeNote note(ChangeNote said) {
            return proven(token, said);
        }
    }

    /**
     * A member of the mesh that showed its certificate.
     *
     * @param id its SPIFFE id
     * @param origin the token by which its first certificate was got
     */
    record Member(String id, String service, String origin) implements Caller {

        @Override
        public TokenScope scope() {
            return new TokenScope.Sidecar(service);
        }

        @Override
        public ChangeNote note(ChangeNote said) {
            return proven(service + " by " + origin, said);
        }
    }

    private static ChangeNote proven(String name, ChangeNote said) {
        if (said.by().equals(ChangeNote.ANONYMOUS) || said.by().equals(name)) {
            return new ChangeNote(name, said.reason());
        }
        String both = name + " (" + said.by() + ")";
        return new ChangeNote(
                both.length() <= ChangeNote.LONGEST_BY ? both : both.substring(0, ChangeNote.LONGEST_BY - 2) + "…)",
                said.reason());
    }
}
