package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.Weight;

/**
 * What was asked for one version and what it got.
 *
 * @param requests it got since the weights were last changed, at most over the last minute
 * @param share of all counted requests, 0..1; 0 when none were counted
 * @param low lower end of the share's 95 % interval (Wilson)
 * @param high upper end
 */
public record VersionShare(
        String version, Role role, Weight asked, long requests, double share, double low, double high) {

    /** The part a version plays in its service's split. */
    public enum Role {
        STABLE,
        CANDIDATE,
        MEMBER
    }
}
