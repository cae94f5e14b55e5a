package io.signalbox.console;

import io.signalbox.console.HostilePlane.Kind;
import io.signalbox.console.shell.ScreenId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The longest waits for the FX thread of a whole console that is attached to one control plane after the other, of each
 * kind that is named, or of all: from the first frame on, and with each screen twice, when it is opened for the first time
 * and later. Fails where one was too long.
 */
final class StallBenchmark {

    private static final Duration LATE = Duration.ofMillis(200);
    private static final int SETTLE_SECONDS = 3;
    private static final int SCREEN_SECONDS = 2;
    private static final int FIRST_FRAMES = 3;
    private static final int PLACES = 12;
    private static final int NOT_HELD = 3;

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
        List<String> verdicts = new ArrayList<>();
        boolean held = true;
        for (Kind kind : kinds) {
            Map.Entry<String, StallMeter.Wait> worst = measure(kind);
            boolean late = worst.getValue().nanos() > LATE.toNanos();
            held &= !late;
            verdicts.add("%-14s %6d ms  %-18s %s"
                    .formatted(
                            words(kind),
                            millis(worst.getValue().nanos()),
                            worst.getKey(),
                            late ? "too long (expected: at most " + LATE.toMillis() + " ms)" : "held"));
        }
        System.out.printf("%nthe longest wait of each kind, and during what%n%s%n", String.join("\n", verdicts));
        System.exit(held ? 0 : NOT_HELD);
    }

    private static Map.Entry<String, StallMeter.Wait> measure(Kind kind) throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("signalbox-stalls");
        double before = load();
        try (PlaneProcess plane = new PlaneProcess(kind);
                AttachedConsole console = new AttachedConsole(plane.address(), folder);
                StallMeter meter = new StallMeter(console.thread(), LATE)) {
            console.drawn(FIRST_FRAMES);
            meter.start();
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            for (String visit : List.of("first", "again")) {
                for (ScreenId screen : ScreenId.values()) {
                    meter.phase(visit + " " + screen.id());
                    console.open(screen);
                    TimeUnit.SECONDS.sleep(SCREEN_SECONDS);
                }
            }
            System.out.printf("%n%s, load average %.1f before, %.1f after%n", words(kind), before, load());
            return report(meter);
        } finally {
            Files.deleteIfExists(folder.resolve("connections.json"));
            Files.deleteIfExists(folder);
        }
    }

    private static Map.Entry<String, StallMeter.Wait> report(StallMeter meter) {
        System.out.printf("%-24s %10s %18s%n", "during", "waited ms", "of that FX CPU ms");
        meter.longest()
                .forEach((phase, waited) -> System.out.printf(
                        "%-24s %10d %18d%n", phase, millis(waited.nanos()), millis(waited.cpuNanos())));
        meter.places().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(PLACES)
                .forEach(place -> System.out.printf("  %4d × %s%n", place.getValue(), place.getKey()));
        return meter.longest().entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.comparingLong(StallMeter.Wait::nanos)))
                .orElseThrow();
    }

    private static String words(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
