package io.signalbox.console.feed;

import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the versions of each service did whose traffic is divided. Used on the FX thread only. */
public final class VersionHistories {

    private static final VersionHistory NOTHING = new VersionHistory();

    private final Map<String, VersionHistory> services = new HashMap<>();

    void add(MeshSnapshot snapshot) {
        Set<String> divided =
                snapshot.splits().stream().map(SplitStatus::service).collect(Collectors.toSet());
        services.keySet().retainAll(divided);
        for (ServiceStatus service : snapshot.services()) {
            if (divided.contains(service.name())) {
                services.computeIfAbsent(service.name(), name -> new VersionHistory())
                        .add(snapshot.at(), service.versions());
            }
        }
    }

    /** Empty of one whose traffic is not divided. */
    public VersionHistory of(String service) {
        return services.getOrDefault(service, NOTHING);
    }
}
