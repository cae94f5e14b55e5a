package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.UnknownNameException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, as one line on the standard error and an exit status. */
final class Failures {

    private static final int SUGGESTIONS = 3;

    private Failures() {}

    static int usage(ParameterException thrown, String[] arguments) {
        CommandLine line = thrown.getCommandLine();
        line.getErr().println("signalbox: " + firstLine(thrown));
        if (thrown instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                line.getErr()
                        .println("Did you mean: "
                                + String.join(" or ", near.subList(0, Math.min(SUGGESTIONS, near.size()))) + "?");
            }
        }
        line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        line.getErr().flush();
        return ExitStatus.USAGE;
    }

    static int report(Exception thrown, PrintWriter err) {
        err.println("signalbox: " + firstLine(thrown));
        err.flush();
        return status(thrown);
    }

    static int status(Throwable thrown) {
        return switch (thrown) {
            case MeshException e ->
                switch (e.kind()) {
                    case INVALID -> ExitStatus.USAGE;
                    case NOT_FOUND -> ExitStatus.NOT_FOUND;
                    case CONFLICT -> ExitStatus.CONFLICT;
                    case UNAVAILABLE -> ExitStatus.UNAVAILABLE;
                    case FORBIDDEN, FAILED -> ExitStatus.FAILED;
                };
            case UnknownNameException e -> ExitStatus.NOT_FOUND;
            case InvalidValueException e -> ExitStatus.USAGE;
            case InvalidDocumentException e -> ExitStatus.USAGE;
            case ParameterException e -> ExitStatus.USAGE;
            default -> ExitStatus.FAILED;
        };
    }

    private static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null
                ? thrown.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }
}
