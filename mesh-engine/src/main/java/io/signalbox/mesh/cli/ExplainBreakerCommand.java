package io.signalbox.mesh.cli;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code signalbox explain breaker}: why a circuit opened by itself. */
@Command(
        name = "breaker",
        mixinStandardHelpOptions = true,
        description = "Says why a circuit last opened by itself: the calls, the threshold they crossed, who was refused"
                + " since, and what other settings would have done.")
final class ExplainBreakerCommand extends MeshCommand {

    @Parameters(
            paramLabel = "EDGE",
            description = "An edge such as checkout:payment (or \"checkout->payment\"), or one circuit such as"
                    + " checkout-1:payment-2.")
    private String edge = "";

    @Mixin
    private Output output = new Output();

    ExplainBreakerCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(MeshConnection mesh) {
        BreakerAutopsy autopsy = mesh.breakers().autopsy(edge);
        switch (output.format()) {
            case TABLE -> BreakerStory.of(autopsy).forEach(this::say);
            case JSON -> say(Json.pretty(autopsy));
            case YAML -> surroundings().out().print(Yaml.text(autopsy));
        }
        return ExitStatus.DONE;
    }
}
