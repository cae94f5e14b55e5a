package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be asked of a rollout: parts of {@code signalbox canary}. */
final class RolloutCommands {

    private RolloutCommands() {}

    /** One that names a service and says how its rollout stands afterwards. */
    abstract static class Asking extends MeshCommand {

        @Parameters(index = "0", paramLabel = "SERVICE", description = "Such as catalog.")
        private String service = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the change.", defaultValue = "")
        private String reason = "";

        Asking(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            say(RolloutView.line(asked(mesh.rollouts(), service, note(reason))));
            return ExitStatus.DONE;
        }

        abstract RolloutStatus asked(Rollouts rollouts, String service, ChangeNote note);
    }

    /** {@code signalbox canary start catalog --candidate v2}. */
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = {
                "Begins a rollout, or lets it wait for its turn; what is left out is the policy's word.",
                "Where the policy has an abTest with a winner, and nothing is given, it begins that experiment."
            })
    static final class Start extends Asking {

        @Option(names = "--candidate", paramLabel = "VERSION", description = "Default: that of the policy's canary.")
        private @Nullable String candidate;

        @Option(
                names = "--stable",
                paramLabel = "VERSION",
                description = "Default: that of the policy's canary, or the version that has all requests.")
        private @Nullable String stable;

        @Option(names = "--initial-weight", paramLabel = "PERCENT", description = "The first share (default: 10).")
        private @Nullable Integer initialWeight;

        @Option(names = "--increment-step", paramLabel = "PERCENT", description = "Added each step (default: 10).")
        private @Nullable Integer incrementStep;

        @Option(
                names = "--increment-delay",
                paramLabel = "TIME",
                description = "The least time at each share (default: 5m).")
        private @Nullable String incrementDelay;

        @Option(
                names = "--max-weight",
                paramLabel = "PERCENT",
                description = "Where it holds until it is promoted (default: 100, which promotes by itself).")
        private @Nullable Integer maxWeight;

        @Option(
                names = "--success-rate",
                paramLabel = "SHARE",
                description = "What the candidate must reach, 0.0..1.0 (default: 0.99).")
        private @Nullable Double successRate;

        @Option(
                names = "--bake-time",
                paramLabel = "TIME",
                description = "How long the last share has to hold (default: no longer than any).")
        private @Nullable String bakeTime;

        @Option(
                names = "--header",
                paramLabel = "NAME=VALUE",
                description = "First only requests with this header go to the candidate; may be given several times.")
        private @Nullable Map<String, String> headers;

        @Option(
                names = "--mirror",
                paramLabel = "PERCENT",
                description = "First only copies of so many safe requests go to it (after --header).")
        private @Nullable Double mirror;

        @Option(
                names = "--stage-delay",
                paramLabel = "TIME",
                description = "The least time of --header and of --mirror (default: the increment's delay).")
        private @Nullable String stageDelay;

        @Option(
                names = "--keep-for",
                paramLabel = "TIME",
                description =
                        "Blue/green: after --header or --mirror all requests go to the candidate at once, and back at"
                                + " once while the old version is kept for this time.")
        private @Nullable String keepFor;

        Start(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        RolloutStatus asked(Rollouts rollouts, String service, ChangeNote note) {
            RolloutRequest request = new RolloutRequest(
                    candidate,
                    stable,
                    initialWeight,
                    incrementStep,
                    time("increment-delay", incrementDelay),
                    maxWeight,
                    successRate,
                    time("bake-time", bakeTime),
                    headers,
                    mirror,
                    time("stage-delay", stageDelay),
                    time("keep-for", keepFor));
            return rollouts.start(service, request, note);
        }

        private static @Nullable Duration time(String name, @Nullable String text) {
            return text == null ? null : DurationText.parse(name, text);
        }
    }

    /** One that may name the rollout that is meant. */
    abstract static class Driving extends Asking {

        @Option(
                names = "--number",
                paramLabel = "NUMBER",
                description =
                        "The rollout that is meant; refused when another has taken its place (default: whichever it"
                                + " is).")
        private @Nullable Long number;

        Driving(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        RolloutStatus asked(Rollouts rollouts, String service, ChangeNote note) {
            return driven(rollouts, service, number == null ? OptionalLong.empty() : OptionalLong.of(number), note);
        }

        abstract RolloutStatus driven(Rollouts rollouts, String service, OptionalLong meant, ChangeNote note);
    }

    /** {@code signalbox canary pause catalog}. */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Holds the share, whatever the evidence says, until it is resumed.")
    static final class Pause extends Driving {

        Pause(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        RolloutStatus driven(Rollouts rollouts, String service, OptionalLong meant, ChangeNote note) {
            return rollouts.pause(service, meant, note);
        }
    }

    /** {@code signalbox canary resume catalog}. */
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Goes on from where it was paused, or through the gate where it waits.")
    static final class Resume extends Driving {

        Resume(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        RolloutStatus driven(Rollouts rollouts, String service, OptionalLong meant, ChangeNote note) {
            return rollouts.resume(service, meant, note);
        }
    }

    /** {@code signalbox canary promote catalog}. */
    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = "Makes the candidate the stable version: it gets all requests.")
    static final class Promote extends Driving {

        Promote(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        RolloutStatus driven(Rollouts rollouts, String service, OptionalLong meant, ChangeNote note) {
            return rollouts.promote(service, meant, note);
        }
    }

    /** {@code signalbox canary rollback catalog}. */
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Takes all requests from the candidate, and ends the rollout.")
    static final class RollBack extends Driving {

        RollBack(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        RolloutStatus driven(Rollouts rollouts, String service, OptionalLong meant, ChangeNote note) {
            return rollouts.rollBack(service, meant, note);
        }
    }

    /** {@code signalbox canary withdraw catalog 4}. */
    @Command(
            name = "withdraw",
            mixinStandardHelpOptions = true,
            description = "Takes a rollout that waits out of the queue.")
    static final class Withdraw extends Asking {

        @Parameters(index = "1", paramLabel = "NUMBER", description = "As canary status shows it.")
        private long number;

        Withdraw(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        RolloutStatus asked(Rollouts rollouts, String service, ChangeNote note) {
            return rollouts.withdraw(service, number, note);
        }
    }
}
