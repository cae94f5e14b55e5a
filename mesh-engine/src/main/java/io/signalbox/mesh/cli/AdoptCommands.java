package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that give running applications a sidecar. */
final class AdoptCommands {

    private AdoptCommands() {}

    @Command(
            name = "adopt",
            mixinStandardHelpOptions = true,
            description = "Puts a sidecar before what listens on a port of the mesh's machine already, and prints the"
                    + " line that sends its calls through the mesh.")
    static final class Adopt extends MeshCommand {

        @Parameters(paramLabel = "PORT", description = "Where the application listens on loopback.")
        private int port;

        @Option(
                names = "--as",
                required = true,
                paramLabel = "NAME[:VERSION]",
                description = "The service that it is an instance of (version: v1).")
        private String name = "";

        @Option(
                names = "--instance",
                paramLabel = "ID",
                description = "Its own name (default: the first free one, such as billing-1).")
        private @Nullable String instance;

        @Option(
                names = "--protocol",
                paramLabel = "PROTOCOL",
                description = "What it speaks: http, h2c, grpc or tcp (default: ${DEFAULT-VALUE}).",
                defaultValue = "http")
        private String protocol = "";

        @Option(
                names = "--tcp",
                paramLabel = "SERVICE",
                description = "A service that it calls over TCP; may be given more than once.")
        private Set<String> tcp = new LinkedHashSet<>();

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the change.", defaultValue = "")
        private String reason = "";

        @Mixin
        private Output output = new Output();

        Adopt(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            Adopted adopted = mesh.adopt(adoption(), note(reason));
            switch (output.format()) {
                case JSON -> say(Json.pretty(adopted));
                case YAML -> surroundings().out().print(Yaml.text(adopted));
                case TABLE -> tell(adopted);
            }
            return ExitStatus.DONE;
        }

        private Adoption adoption() {
            int colon = name.indexOf(':');
            return new Adoption(
                    port,
                    colon < 0 ? name : name.substring(0, colon),
                    colon < 0 ? ServiceInstance.DEFAULT_VERSION : name.substring(colon + 1),
                    Optional.ofNullable(instance),
                    Protocol.parse(protocol),
                    tcp);
        }

        private void tell(Adopted adopted) {
            say(adopted.instance() + " is in the mesh: a sidecar stands before port " + adopted.port());
            say("its calls go through the mesh with:");
            say("  export http_proxy=http://127.0.0.1:" + adopted.outbound());
            adopted.tcp().forEach((service, at) -> say("  " + service + " is at 127.0.0.1:" + at));
            say("it leaves with:");
            say("  signalbox release " + adopted.instance());
        }
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Takes an adopted instance out of the mesh; its application goes on.")
    static final class Release extends MeshCommand {

        @Parameters(paramLabel = "INSTANCE", description = "Such as billing-1.")
        private String instance = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the change.", defaultValue = "")
        private String reason = "";

        Release(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            mesh.release(instance, note(reason));
            say(instance + " left the mesh");
            return ExitStatus.DONE;
        }
    }
}
