package io.signalbox.console;

import io.signalbox.console.HostilePlane.Kind;
import io.signalbox.console.shell.ScreenId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The longest waits for the FX thread of a whole console that is attached to one control plane after the other, of each
 * kind that is named, or of all: while it opens, and for each screen twice, the first time it is opened and later.
 */
final class StallBenchmark {

    private static final Duration LATE = Duration.ofMillis(200);
    private static final int SETTLE_SECONDS = 4;
    private static final int SCREEN_SECONDS = 3;
    private static final int PLACES = 12;

    private StallBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
        List<Kind> kinds = arguments.length == 0
                ? List.of(Kind.values())
                : Arrays.stream(arguments)
                        .map(name -> Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .toList();
        System.out.printf(
                "java %s, %s %s, %d processors, heap %d MB, glass.platform=%s%n",
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                System.getProperty("glass.platform", "default"));
        for (Kind kind : kinds) {
            measure(kind);
        }
        System.exit(0);
    }

    private static void measure(Kind kind) throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("signalbox-stalls");
        try (HostilePlane plane = new HostilePlane(kind, Duration.ofSeconds(1));
                AttachedConsole console = new AttachedConsole(plane.address(), folder);
                StallMeter meter = new StallMeter(console.thread(), LATE)) {
            meter.start();
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            for (String visit : List.of("first", "again")) {
                for (ScreenId screen : ScreenId.values()) {
                    meter.phase(visit + " " + screen.id());
                    console.open(screen);
                    TimeUnit.SECONDS.sleep(SCREEN_SECONDS);
                }
            }
            report(kind, meter);
        }
        Files.deleteIfExists(folder.resolve("connections.json"));
        Files.deleteIfExists(folder);
    }

    private static void report(Kind kind, StallMeter meter) {
        System.out.printf("%n%-24s %10s %18s%n", kind, "waited ms", "of that FX CPU ms");
        meter.longest()
                .forEach((phase, waited) -> System.out.printf(
                        "%-24s %10d %18d%n", phase, waited.nanos() / 1_000_000, waited.cpuNanos() / 1_000_000));
        meter.places().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(PLACES)
                .forEach(place -> System.out.printf("  %4d × %s%n", place.getValue(), place.getKey()));
    }
}
