package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.mirror.FieldDifference;
import io.signalbox.mesh.mirror.MirrorStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code signalbox mirror}: how a service's mirror answers beside what callers get. */
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        description = "Shows in what the answers of a service's mirror differ from those that callers get.")
final class MirrorCommand extends MeshCommand {

    @Parameters(
            index = "0",
            paramLabel = "SERVICE",
            description = "Such as catalog; its policy has a mirror with diff.")
    private String service = "";

    @Mixin
    private Output output = new Output();

    MirrorCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(MeshConnection mesh) {
        MirrorStatus status = mesh.requests().mirror(service);
        switch (output.format()) {
            case TABLE -> tell(status);
            case JSON -> say(Json.pretty(status));
            case YAML -> surroundings().out().print(Yaml.text(status));
        }
        return ExitStatus.DONE;
    }

    private void tell(MirrorStatus status) {
        say(status.service() + " -> " + status.to() + ": " + status.compared() + " answers compared, " + status.alike()
                + " alike; " + status.noiseCompared() + " compared with a second primary");
        say("to the head in " + Words.millis(status.mirrorNanos()) + ", callers in "
                + Words.millis(status.primaryNanos()) + " (means)");
        if (!status.fields().isEmpty()) {
            Table table = new Table("FIELD", ">DIFFERING", ">AMONG PRIMARIES", "IS", "CALLERS GOT", "MIRROR SAID");
            for (FieldDifference field : status.fields()) {
                table.row(
                        oneLine(field.field()),
                        Long.toString(field.differing()),
                        Long.toString(field.noisy()),
                        field.noise() ? "noise" : "different",
                        oneLine(field.primary()),
                        oneLine(field.mirror()));
            }
            table.lines().forEach(this::say);
        }
        if (status.more() > 0) {
            say("and " + status.more() + " differences in further fields");
        }
    }

    /** Answers hold what anybody wrote, and a terminal acts upon what is meant to steer it. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " ");
    }
}
