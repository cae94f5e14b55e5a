package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.InvalidValueException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code signalbox load}: how much the demo's shoppers ask. */
@Command(name = "load", mixinStandardHelpOptions = true, description = "Sets the demo's load, live.")
final class LoadCommand extends MeshCommand {

    @Parameters(paramLabel = "RPS", description = "Requests a second; 0 pauses.")
    private double requestsPerSecond;

    LoadCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(MeshConnection mesh) {
        InvalidValueException.unless(
                requestsPerSecond >= 0 && Double.isFinite(requestsPerSecond), "load", requestsPerSecond, ">= 0");
        mesh.setLoad(requestsPerSecond, note(""));
        say("load is " + Words.rate(requestsPerSecond) + " req/s");
        return ExitStatus.DONE;
    }
}
