package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RouteMatch;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: the service beside whose application a sidecar stands.
 *
 * @param service its name; empty when it is not known
 * @param identity its SPIFFE id; {@code null} without an identity
 */
public record RouteSource(String service, @Nullable String identity) {

    /** A caller of whom nothing is known; no condition on the source holds for it. */
    public static final RouteSource UNKNOWN = new RouteSource("", null);

    /** Whether rules with these conditions may ever take a call of this source. */
    public boolean meets(RouteMatch match) {
        return (match.sources().isEmpty() || match.sources().contains(service))
                && (match.sourceIdentities().isEmpty() || proves(match));
    }

    private boolean proves(RouteMatch match) {
        String own = identity;
        return own != null && match.sourceIdentities().stream().anyMatch(wanted -> covers(wanted, own));
    }

    /** Whether the identity, or beginning of one that ends with {@code *}, covers the other. */
    static boolean covers(String wanted, String other) {
        return wanted.endsWith("*") ? other.startsWith(wanted.substring(0, wanted.length() - 1)) : wanted.equals(other);
    }
}
