package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.Names;
import picocli.CommandLine.Option;

/** Which mesh is meant, of those that share an etcd; a mixin. */
final class MeshName {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "signalbox",
            description = "Of the mesh. Default: ${DEFAULT-VALUE}.")
    private String name = "";

    String name() {
        return Names.service("name", name);
    }
}
