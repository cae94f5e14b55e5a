package io.signalbox.console.security;

import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.routing.Reach;

/** How far a caller comes now; in a dry run that is everywhere, whatever the rules say. */
enum Admittance {
    ALL,
    TRIAL,
    SOME,
    NONE;

    static Admittance of(Reach.Extent extent, Mode mode) {
        return switch (extent) {
            case ALL -> ALL;
            case SOME -> mode == Mode.DRY_RUN ? TRIAL : SOME;
            case NONE -> mode == Mode.DRY_RUN ? TRIAL : NONE;
        };
    }
}
