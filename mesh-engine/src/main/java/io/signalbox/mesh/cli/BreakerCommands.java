package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.BreakerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox breaker}: drives circuits by hand. */
@Command(
        name = "breaker",
        mixinStandardHelpOptions = true,
        description = "Holds circuits open, closes them, or resets them.",
        synopsisSubcommandLabel = "COMMAND")
final class BreakerCommands {

    /** One move of the circuits of an edge. */
    abstract static class Move extends MeshCommand {

        private final BreakerCommand command;
        private final String done;

        @Parameters(
                paramLabel = "EDGE",
                description = "An edge such as checkout:payment (or \"checkout->payment\"), or one circuit such as"
                        + " checkout-1:payment-2.")
        private String edge = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the change.", defaultValue = "")
        private String reason = "";

        Move(Surroundings surroundings, BreakerCommand command, String done) {
            super(surroundings);
            this.command = command;
            this.done = done;
        }

        @Override
        int run(MeshConnection mesh) {
            int moved = mesh.commandBreaker(edge, command, note(reason));
            say(moved + (moved == 1 ? " circuit of " : " circuits of ") + edge + " " + done);
            return ExitStatus.DONE;
        }
    }

    @Command(name = "open", mixinStandardHelpOptions = true, description = "Refuses calls until closed or reset.")
    static final class Open extends Move {
        Open(Surroundings surroundings) {
            super(surroundings, BreakerCommand.OPEN, "held open");
        }
    }

    @Command(name = "close", mixinStandardHelpOptions = true, description = "Lets calls through now.")
    static final class Close extends Move {
        Close(Surroundings surroundings) {
            super(surroundings, BreakerCommand.CLOSE, "closed");
        }
    }

    @Command(name = "reset", mixinStandardHelpOptions = true, description = "Closes and forgets all counts.")
    static final class Reset extends Move {
        Reset(Surroundings surroundings) {
            super(surroundings, BreakerCommand.RESET, "reset");
        }
    }
}
