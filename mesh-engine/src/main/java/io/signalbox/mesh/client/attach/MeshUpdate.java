package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.client.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What a control plane tells its sidecars at one revision: in the event {@code mesh} everything, in the event
 * {@code change} the services that changed, in {@code warm} nothing but that.
 *
 * @param revision counted from the control plane's start
 * @param warm whether it has run for a lease at least, so that whoever is alive has registered
 * @param services whole ones
 * @param joined services that got endpoints, of which nothing else changed; told to those who ask for differences
 * @param removed services of which nothing is known any more
 */
public record MeshUpdate(
        long revision,
        boolean warm,
        @Nullable List<ServiceUpdate> services,
        @Nullable List<JoinedUpdate> joined,
        @Nullable List<String> removed) {

    /** The event with everything. */
    public static final String MESH = "mesh";

    /** The event with what changed. */
    public static final String CHANGE = "change";

    /** The event that says that whoever is alive has registered. */
    public static final String WARM = "warm";

    /** The event that says whom to believe: {@link TrustUpdate}. */
    public static final String TRUST = "trust";

    /** The event that moves a circuit: {@link CircuitOrder}. */
    public static final String CIRCUIT = "circuit";

    /** The event that asks why a circuit opened: {@link CircuitQuestion}. */
    public static final String AUTOPSY = "autopsy";

    private static final TypeReference<Map<String, Object>> DOCUMENT = new TypeReference<>() {};

    public MeshUpdate {
        services = services == null ? List.of() : List.copyOf(services);
        joined = joined == null ? List.of() : List.copyOf(joined);
        removed = removed == null ? List.of() : List.copyOf(removed);
    }

    @Override
    public List<ServiceUpdate> services() {
        return services == null ? List.of() : services;
    }

    @Override
    public List<JoinedUpdate> joined() {
        return joined == null ? List.of() : joined;
    }

    @Override
    public List<String> removed() {
        return removed == null ? List.of() : removed;
    }

    static Map<String, Object> map(String json) {
        return Json.read(json, DOCUMENT);
    }
}
