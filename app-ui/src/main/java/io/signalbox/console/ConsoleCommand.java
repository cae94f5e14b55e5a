package io.signalbox.console;

import io.signalbox.mesh.cli.MeshAccess;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.shop.CornerShopOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox console}: the console on a mesh of its own, or attached to one that runs. */
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description = "Opens the console, on the embedded Corner Shop mesh or attached to a control plane.")
final class ConsoleCommand implements Callable<Integer> {

    private final Desktop desktop;
    private final MeshAccess meshes;

    @Option(names = "--connect", paramLabel = "URL", description = "Control plane to attach to (default: embedded).")
    private @Nullable URI url;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File with the bearer token.")
    private @Nullable Path tokenFile;

    ConsoleCommand(Desktop desktop, MeshAccess meshes) {
        this.desktop = desktop;
        this.meshes = meshes;
    }

    @Override
    public Integer call() {
        desktop.missing().ifPresent(why -> {
            throw new MeshException(MeshException.Kind.UNAVAILABLE, why);
        });
        if (url == null) {
            return desktop.show(CornerShopOptions.defaults(), OptionalInt.empty());
        }
        return desktop.show(new MeshSession.Attached(meshes.open(Optional.of(url), Optional.ofNullable(tokenFile))));
    }
}
