package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox canary}: drives a rollout. */
@Command(
        name = "canary",
        mixinStandardHelpOptions = true,
        description = "Drives a rollout.",
        synopsisSubcommandLabel = "COMMAND")
final class CanaryCommand {

    /** {@code signalbox canary weight catalog v2=30}. */
    @Command(
            name = "weight",
            mixinStandardHelpOptions = true,
            description = "Sets the share of versions of a service, at once.")
    static final class WeightCommand extends MeshCommand {

        @Parameters(index = "0", paramLabel = "SERVICE", description = "Such as catalog.")
        private String service = "";

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "VERSION=PERCENT",
                description = "Such as v2=30; versions that are not named share what is left.")
        private List<String> shares = List.of();

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the change.", defaultValue = "")
        private String reason = "";

        WeightCommand(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            Map<String, Weight> weights = new LinkedHashMap<>();
            for (String share : shares) {
                int equals = share.indexOf('=');
                InvalidValueException.unless(equals > 0, "share", share, "VERSION=PERCENT, such as v2=30");
                String version = share.substring(0, equals);
                Weight before = weights.put(version, weight(share.substring(equals + 1)));
                InvalidValueException.unless(before == null, "share", share, "each version once");
            }
            List<String> before = AskedGot.lines(mesh.snapshot(), service);
            mesh.setWeights(service, weights, note(reason));
            weights.forEach((version, weight) -> say(service + " " + version + " is at " + weight));
            before.forEach(line -> say("until now " + line));
            return ExitStatus.DONE;
        }

        private static Weight weight(String text) {
            String digits =
                    text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
            try {
                return new Weight(Integer.parseInt(digits));
            } catch (NumberFormatException e) {
                throw new InvalidValueException("weight", text, "a whole number 0..100");
            }
        }
    }
}
