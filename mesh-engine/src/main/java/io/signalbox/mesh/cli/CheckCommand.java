package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code signalbox check}: looks at what Signalbox needs, and says what to do where something is missing. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Numbered self-diagnosis with hints.",
        footer = {"", "Exit status 3 when a check failed; notes concern the console or the policies."})
final class CheckCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private ConnectOptions connect = new ConnectOptions();

    @Mixin
    private Output output = new Output();

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<Finding> findings = findings();
        PrintWriter out = surroundings.out();
        switch (output.format()) {
            case TABLE -> write(findings);
            case JSON -> out.println(Json.pretty(findings));
            case YAML -> out.print(Yaml.text(findings));
        }
        out.flush();
        return failed(findings) == 0 ? ExitStatus.DONE : ExitStatus.DID_NOT_HOLD;
    }

    private List<Finding> findings() {
        Map<String, String> environment = surroundings.environment();
        String system = System.getProperty("os.name", "");
        List<Finding> findings = new ArrayList<>();
        findings.add(Checks.java(Runtime.version()));
        findings.add(Checks.runtimeFolder(surroundings.runningMeshes().folder()));
        findings.add(Checks.loopback());
        findings.addAll(Checks.mesh(() -> connect.open(surroundings)));
        findings.add(Checks.display(environment, system));
        findings.add(Checks.fonts(fontFolders(Surroundings.home(environment)), system));
        return findings;
    }

    private static List<Path> fontFolders(Path home) {
        return List.of(
                Path.of("/usr/share/fonts"),
                Path.of("/usr/local/share/fonts"),
                home.resolve(".local/share/fonts"),
                home.resolve(".fonts"));
    }

    private void write(List<Finding> findings) {
        Table table = new Table(">NO", "STATE", "CHECK", "FOUND", "HINT");
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            table.row(
                    Integer.toString(i + 1),
                    finding.outcome().name().toLowerCase(Locale.ROOT),
                    finding.check(),
                    finding.found(),
                    finding.hint());
        }
        table.lines().forEach(surroundings.out()::println);
        long failed = failed(findings);
        surroundings.out().println(failed == 0 ? "nothing failed" : failed + " of " + findings.size() + " failed");
    }

    private static long failed(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.outcome() == Finding.Outcome.FAILED)
                .count();
    }
}
