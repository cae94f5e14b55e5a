package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.whatif.Question;
import io.signalbox.mesh.whatif.WhatIf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code signalbox what-if}: what policies would have made of the requests so far. */
@Command(
        name = "what-if",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "signalbox what-if -f FILE [-f FILE]... [--service SERVICE] [--last TIME] [-o FORMAT]",
            "signalbox what-if --service SERVICE --weight VERSION=PERCENT... [--last TIME] [-o FORMAT]"
        },
        description = "Says what policies would have made of the requests that are kept; puts nothing in force.")
final class WhatIfCommand extends MeshCommand {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "YAML or JSON, several documents allowed; may be repeated; - reads the standard input.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--service", paramLabel = "SERVICE", description = "The only service to ask about.")
    private @Nullable String service;

    @Option(
            names = "--weight",
            paramLabel = "VERSION=PERCENT",
            description = "A share that a version of --service would get; may be repeated, instead of -f.")
    private Map<String, Integer> weights = new LinkedHashMap<>();

    @Option(
            names = "--last",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "How far back, at most 1h (default: ${DEFAULT-VALUE}).")
    private String last = "10m";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description = "So many requests of each service at most, the newest (default: ${DEFAULT-VALUE}).")
    private int limit = Question.MOST;

    @Mixin
    private Output output = new Output();

    WhatIfCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(MeshConnection mesh) {
        InvalidValueException.unless(
                !files.isEmpty() || !weights.isEmpty(), "what-if", "nothing", "-f FILE, or --service and --weight");
        List<WhatIf> answers = mesh.requests()
                .whatIf(new Question(documents(), service, wanted(), DurationText.parse("last", last), limit));
        switch (output.format()) {
            case TABLE -> WhatIfStory.of(answers).forEach(this::say);
            case JSON -> say(Json.pretty(answers));
            case YAML -> surroundings().out().print(Yaml.text(answers));
        }
        return ExitStatus.DONE;
    }

    /** Each file is read by itself first, so that a refusal names it. */
    private String documents() {
        return files.stream()
                .map(file -> {
                    String text = DocumentFile.read(file);
                    var _ = PolicyCommands.requireValid(file, text);
                    return text;
                })
                .collect(Collectors.joining("\n---\n"));
    }

    private Map<String, Weight> wanted() {
        Map<String, Weight> wanted = new LinkedHashMap<>();
        weights.forEach((version, percent) -> wanted.put(version, new Weight(percent)));
        return wanted;
    }
}
