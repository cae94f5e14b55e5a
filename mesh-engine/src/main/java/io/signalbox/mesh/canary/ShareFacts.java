package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Weight;

/**
 * What was asked for one version of a service, and what was counted since then.
 *
 * @param asked the version's weight
 * @param requests to the service, whoever decided where they go
 * @param version of these, to the version
 * @param ruled of the service's requests, those that a routing rule took, so that no split drew
 * @param ruledVersion of the ruled ones, those to the version
 * @param callers how many different keys of stickiness the drawn requests had; 0 when each request is drawn by itself
 * @param connections how many connections the drawn requests came over, where a version is chosen once for each
 *     connection; 0 when it is chosen for each request
 * @param endpoints that the version has
 * @param available of these, that are neither unhealthy, draining nor ejected
 */
public record ShareFacts(
        Weight asked,
        long requests,
        long version,
        long ruled,
        long ruledVersion,
        long callers,
        long connections,
        int endpoints,
        int available) {

    public ShareFacts {
        within("version", version, requests);
        within("ruled", ruled, requests);
        within("ruledVersion", ruledVersion, Math.min(ruled, version));
        InvalidValueException.unless(
                version - ruledVersion <= requests - ruled, "version", version, "no more than ruled and drawn ones");
        within("callers", callers, Long.MAX_VALUE);
        within("connections", connections, Long.MAX_VALUE);
        within("available", available, endpoints);
    }

    private static void within(String name, long value, long most) {
        InvalidValueException.unless(value >= 0 && value <= most, name, value, "0.." + most);
    }
}
