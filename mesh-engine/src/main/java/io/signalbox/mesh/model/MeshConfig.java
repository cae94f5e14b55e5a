package io.signalbox.mesh.model;

import java.util.Map;

/** All that sidecars act on, by service name, as of one revision; revisions only grow. */
public record MeshConfig(long revision, Map<String, ServiceConfig> services) {

    public static final MeshConfig EMPTY = new MeshConfig(0, Map.of());

    public MeshConfig {
        services = Map.copyOf(services);
    }
}
