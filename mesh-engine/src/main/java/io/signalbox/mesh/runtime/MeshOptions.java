package io.signalbox.mesh.runtime;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;

/**
 * What an embedded mesh is started with.
 *
 * @param name of the mesh; also of its trust domain and of the file by which commands find it
 * @param controlPort where the control plane listens on loopback; 0 takes any free port
 */
public record MeshOptions(String name, int controlPort) {

    public MeshOptions {
        Names.service("name", name);
        InvalidValueException.unless(controlPort >= 0 && controlPort <= 65535, "control-port", controlPort, "0..65535");
    }

    public String trustDomain() {
        return name + ".signalbox";
    }
}
