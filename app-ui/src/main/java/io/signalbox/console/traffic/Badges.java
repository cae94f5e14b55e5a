package io.signalbox.console.traffic;

import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.VersionBadge;
import io.signalbox.mesh.model.status.VersionShare;

/** How a version looks by the part that it plays. */
final class Badges {

    private Badges() {}

    static VersionBadge of(VersionShare version) {
        return new VersionBadge(
                version.version(),
                switch (version.role()) {
                    case STABLE, MEMBER -> VersionBadge.Role.STABLE;
                    case CANDIDATE -> VersionBadge.Role.CANDIDATE;
                });
    }

    /** The colour of a version's line: the candidate wears the accent, others go by their place. */
    static Token line(VersionShare version, int place) {
        return switch (version.role()) {
            case STABLE -> Token.V1;
            case CANDIDATE -> Token.V2;
            case MEMBER ->
                switch (place % 3) {
                    case 0 -> Token.V1;
                    case 1 -> Token.V2;
                    default -> Token.V3;
                };
        };
    }
}
