package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.Confirmations;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.PendingChange;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox confirm catalog}: lets a change stand that would be taken back; without a service, lists them. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = "Lets a change stand that would be taken back by itself; without a service, shows what waits.")
final class ConfirmCommand extends MeshCommand {

    @Parameters(paramLabel = "SERVICE", arity = "0..1", description = "Such as catalog.")
    private String service = "";

    @Option(names = "--revert", description = "Takes the change back at once.")
    private boolean revert;

    @Option(
            names = "--revision",
            paramLabel = "N",
            description = "Only when this is the revision that waits; else nothing happens.")
    private @Nullable Long revision;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit log.", defaultValue = "")
    private String reason = "";

    ConfirmCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(MeshConnection mesh) {
        Confirmations confirmations = mesh.confirmations();
        if (service.isEmpty()) {
            table(confirmations.pending()).lines().forEach(this::say);
        } else if (revert) {
            var now = confirmations.revert(service, seen(confirmations), note(reason));
            say("policy of " + service + " is rev " + now.revision() + ", as before the change");
        } else {
            OptionalLong seen = seen(confirmations);
            confirmations.confirm(service, seen, note(reason));
            say("policy of " + service + " stands" + (seen.isPresent() ? ": rev " + seen.getAsLong() : ""));
        }
        return ExitStatus.DONE;
    }

    /** What is confirmed is what was asked for, and not what somebody else puts in its place meanwhile. */
    private OptionalLong seen(Confirmations confirmations) {
        if (revision != null) {
            return OptionalLong.of(revision);
        }
        return confirmations.pending().stream()
                .filter(change -> change.service().equals(service))
                .mapToLong(PendingChange::revision)
                .findFirst();
    }

    private static Table table(List<PendingChange> pending) {
        Table table = new Table("SERVICE", ">REV", ">BACK TO", ">LEFT", "BY", "REASON");
        for (PendingChange change : pending) {
            table.row(
                    change.service(),
                    Long.toString(change.revision()),
                    Long.toString(change.back()),
                    (change.leftMillis() + 999) / 1_000 + " s",
                    change.by(),
                    change.reason());
        }
        return table;
    }
}
