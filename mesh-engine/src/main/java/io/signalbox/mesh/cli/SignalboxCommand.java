package io.signalbox.mesh.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code signalbox}: the engine's commands; whoever starts the program adds its own. */
@Command(
        name = "signalbox",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        description = "A service mesh that fits on a desktop, and the console to drive it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Commands talk to the control plane that --connect or $SIGNALBOX_CONNECT names, else to the mesh that runs"
                    + " here.",
            "Exit status: 0 done, 1 failed, 2 usage, 3 a check did not hold, 4 not found, 5 conflict, 69 unavailable."
        })
public final class SignalboxCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    private SignalboxCommand() {}

    /**
     * The whole command line.
     *
     * @param extra command objects of the program itself, such as {@code console} and {@code demo}
     */
    public static CommandLine commandLine(Surroundings surroundings, List<Object> extra) {
        CommandLine line = new CommandLine(new SignalboxCommand());
        extra.forEach(line::addSubcommand);
        line.addSubcommand(new GetCommand(surroundings))
                .addSubcommand(new PolicyCommands.Apply(surroundings))
                .addSubcommand(new PolicyCommands.Delete(surroundings))
                .addSubcommand(new PolicyCommands.Diff(surroundings))
                .addSubcommand(new WhatIfCommand(surroundings))
                .addSubcommand(new PolicyHistoryCommands.History(surroundings))
                .addSubcommand(new PolicyHistoryCommands.Undo(surroundings))
                .addSubcommand(new ConfirmCommand(surroundings))
                .addSubcommand(group(
                        new CanaryCommand(),
                        new RolloutCommands.Start(surroundings),
                        new CanaryCommand.WeightCommand(surroundings),
                        new RolloutCommands.Pause(surroundings),
                        new RolloutCommands.Resume(surroundings),
                        new RolloutCommands.Promote(surroundings),
                        new RolloutCommands.RollBack(surroundings),
                        new RolloutCommands.Withdraw(surroundings),
                        new RolloutReadCommands.Status(surroundings),
                        new RolloutWatchCommand(surroundings),
                        new RolloutReadCommands.History(surroundings)))
                .addSubcommand(group(
                        new BreakerCommands(),
                        new BreakerCommands.Open(surroundings),
                        new BreakerCommands.Close(surroundings),
                        new BreakerCommands.Reset(surroundings)))
                .addSubcommand(group(
                        new FaultCommands(),
                        new FaultCommands.ListFaults(surroundings),
                        new FaultCommands.On(surroundings),
                        new FaultCommands.Off(surroundings),
                        new FaultCommands.Mend(surroundings)))
                .addSubcommand(new LoadCommand(surroundings))
                .addSubcommand(new InstanceCommands.TakeOut(surroundings))
                .addSubcommand(new InstanceCommands.PutBack(surroundings))
                .addSubcommand(group(
                        new InstanceCommands(),
                        new InstanceCommands.Stop(surroundings),
                        new InstanceCommands.Start(surroundings)))
                .addSubcommand(new TapCommand(surroundings))
                .addSubcommand(new CommandLine(new ExplainCommand(surroundings))
                        .addSubcommand(new ExplainBreakerCommand(surroundings)))
                .addSubcommand(new MirrorCommand(surroundings))
                .addSubcommand(new AdoptCommands.Adopt(surroundings))
                .addSubcommand(new AdoptCommands.Release(surroundings))
                .addSubcommand(new ControlPlaneCommand(surroundings))
                .addSubcommand(group(
                        new TokenCommands(),
                        new TokenCommands.Create(surroundings),
                        new TokenCommands.ListTokens(surroundings),
                        new TokenCommands.Revoke(surroundings)))
                .addSubcommand(group(
                        new AuthorityCommands(),
                        new AuthorityCommands.Status(surroundings),
                        new AuthorityCommands.Roll(surroundings)))
                .addSubcommand(group(
                        new IdentityCommands(),
                        new IdentityCommands.ListRevoked(surroundings),
                        new IdentityCommands.Revoke(surroundings),
                        new IdentityCommands.Restore(surroundings)))
                .addSubcommand(new StoreCommands.Backup(surroundings))
                .addSubcommand(new StoreCommands.Restore(surroundings))
                .addSubcommand(new SidecarCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(group(
                        new ConfigCommand(),
                        new ConfigCommand.Print(surroundings),
                        new ConfigCommand.Schema(surroundings)))
                .addSubcommand(new VersionCommand(surroundings));
        return prepared(line, surroundings);
    }

    /**
     * The command line of one command alone, where that is a process to be back soon when it was killed: to build all of them
     * is a good part of its start. Empty for any other first word.
     */
    public static Optional<CommandLine> alone(Surroundings surroundings, String word) {
        Optional<Object> command = switch (word) {
            case "control-plane" -> Optional.of(new ControlPlaneCommand(surroundings));
            case "sidecar" -> Optional.of(new SidecarCommand(surroundings));
            default -> Optional.empty();
        };
        return command.map(one -> prepared(new CommandLine(new SignalboxCommand()).addSubcommand(one), surroundings));
    }

    private static CommandLine prepared(CommandLine line, Surroundings surroundings) {
        line.setOut(surroundings.out());
        line.setErr(surroundings.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi(surroundings)));
        line.setParameterExceptionHandler((thrown, arguments) -> {
            LogOptions.beforeRefusal(surroundings, thrown.getCommandLine(), arguments);
            return Failures.usage(thrown, arguments);
        });
        line.setExecutionExceptionHandler((thrown, failed, parsed) -> Failures.report(thrown, failed.getErr()));
        line.setExitCodeExceptionMapper(Failures::status);
        return line;
    }

    /** Runs work that is no command as one: what goes wrong becomes a line on {@code err} and an exit status. */
    public static int reporting(Surroundings surroundings, Callable<Integer> work) {
        try {
            return work.call();
        } catch (Exception e) {
            return Failures.report(e, surroundings.err());
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "command: none (expected: one of the commands below)");
    }

    private static CommandLine group(Object parent, Object... commands) {
        CommandLine line = new CommandLine(parent);
        for (Object command : commands) {
            line.addSubcommand(command);
        }
        line.getCommandSpec().usageMessage().synopsisSubcommandLabel("COMMAND");
        return line;
    }

    private static CommandLine.Help.Ansi ansi(Surroundings surroundings) {
        return surroundings.environment().containsKey("NO_COLOR")
                ? CommandLine.Help.Ansi.OFF
                : CommandLine.Help.Ansi.AUTO;
    }
}
