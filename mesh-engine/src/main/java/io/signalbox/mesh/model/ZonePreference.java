package io.signalbox.mesh.model;

/**
 * Keeps requests in the zone of the sidecar that sends them, while enough of that zone can serve.
 *
 * @param spillBelow percent of the zone's endpoints that must be usable for all requests to stay; of less, requests
 *     spill over in proportion; 1..100 (default 70, which is Envoy's overprovisioning factor of 1.4)
 */
public record ZonePreference(int spillBelow) {

    public static final ZonePreference DEFAULT = new ZonePreference(70);

    public ZonePreference {
        InvalidValueException.unless(
                spillBelow >= 1 && spillBelow <= 100, "loadBalancing.zonePreference.spillBelow", spillBelow, "1..100");
    }
}
