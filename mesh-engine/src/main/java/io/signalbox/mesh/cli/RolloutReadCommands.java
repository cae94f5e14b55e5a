package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What can be read of rollouts: parts of {@code signalbox canary}. */
final class RolloutReadCommands {

    private RolloutReadCommands() {}

    /** {@code signalbox canary status catalog}. */
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Shows how the rollout of a service stands, every check with its numbers, and what waits.")
    static final class Status extends MeshCommand {

        @Parameters(paramLabel = "SERVICE", description = "Such as catalog.")
        private String service = "";

        @Mixin
        private Output output = new Output();

        Status(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            List<RolloutStatus> all = mesh.rollouts().list();
            List<RolloutStatus> its = all.stream()
                    .filter(rollout -> rollout.service().equals(service))
                    .toList();
            if (its.isEmpty()) {
                throw new UnknownNameException(
                        "rollout",
                        service,
                        all.stream().map(RolloutStatus::service).distinct().toList());
            }
            switch (output.format()) {
                case TABLE -> {
                    MeshSnapshot now = mesh.snapshot();
                    RolloutView.picture(its.getFirst(), now).forEach(this::say);
                    AskedGot.lines(now, service).forEach(line -> say("          " + line));
                    say("");
                    RolloutView.checks(its.getFirst()).lines().forEach(this::say);
                    if (!its.getFirst().webhooks().isEmpty()) {
                        say("");
                        RolloutView.webhooks(its.getFirst()).lines().forEach(this::say);
                    }
                    if (its.size() > 1) {
                        say("");
                        RolloutView.table(its.subList(1, its.size())).lines().forEach(this::say);
                    }
                }
                case JSON -> say(Json.pretty(its));
                case YAML -> surroundings().out().print(Yaml.text(its));
            }
            return ExitStatus.DONE;
        }
    }

    /** {@code signalbox canary history catalog}. */
    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "Lists the rollouts of a service that ended, newest first.")
    static final class History extends MeshCommand {

        @Parameters(paramLabel = "SERVICE", description = "Such as catalog.")
        private String service = "";

        @Mixin
        private Output output = new Output();

        History(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            List<RolloutStatus> ended = mesh.rollouts().history(service);
            switch (output.format()) {
                case TABLE -> RolloutView.table(ended).lines().forEach(this::say);
                case JSON -> say(Json.pretty(ended));
                case YAML -> surroundings().out().print(Yaml.text(ended));
            }
            return ExitStatus.DONE;
        }
    }
}
