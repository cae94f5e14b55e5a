package io.signalbox.console;

import io.signalbox.mesh.cli.ConnectOptions;
import io.signalbox.mesh.cli.Surroundings;
import io.signalbox.shop.CornerShopOptions;
import io.signalbox.shop.demo.Layout;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code signalbox console}: the console on a mesh of its own, or attached to one that runs. */
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description = "Opens the console: on a Corner Shop mesh of its own, or attached to the control plane that"
                + " --connect or $SIGNALBOX_CONNECT names.")
final class ConsoleCommand implements Callable<Integer> {

    private final Desktop desktop;
    private final Surroundings surroundings;

    @Mixin
    private ConnectOptions connect = new ConnectOptions();

    ConsoleCommand(Desktop desktop, Surroundings surroundings) {
        this.desktop = desktop;
        this.surroundings = surroundings;
    }

    /** Whether the environment names a control plane to attach to. */
    static boolean attaches(Map<String, String> environment) {
        return new ConnectOptions().namesAMesh(environment);
    }

    @Override
    public Integer call() {
        desktop.requireDisplay();
        if (connect.namesAMesh(surroundings.environment())) {
            return desktop.show(new MeshSession.Attached(connect.open(surroundings)));
        }
        return desktop.show(CornerShopOptions.defaults(), Layout.ONE_PROCESS, OptionalInt.empty());
    }
}
