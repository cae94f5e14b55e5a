package io.signalbox.shop.demo;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.CornerShopOptions;
import io.signalbox.shop.load.LoadProfile;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox demo}: Corner Shop in a mesh of its own, with the console or without a display. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs Corner Shop, the demo mesh.",
        footer = {
            "",
            "With --headless it prints one line when the mesh is live,",
            "  ready control-plane=URL token-file=PATH entry=URL",
            "then a live table, and a summary at the end; it exits with 0 after --duration, with 130 on Ctrl+C.",
            "With -o json the standard output is the summary alone, and the ready line goes to the standard error."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final Duration LAST_WORDS = Duration.ofSeconds(15);

    private final MeshFactory meshes;
    private final Desktop desktop;
    private final PrintStream out;
    private final PrintStream err;

    @Option(names = "--headless", description = "Without a window: a ready line, a live table, a summary.")
    private boolean headless;

    @Option(names = "--rps", paramLabel = "N", description = "Requests per second, 0..1000 (default: the profile's).")
    private @Nullable Double rps;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    private long seed = CornerShopOptions.DEFAULT_SEED;

    @Option(names = "--duration", paramLabel = "TIME", description = "How long, such as 30s (default: until stopped).")
    private @Nullable String duration;

    @Option(
            names = "--control-port",
            paramLabel = "N",
            description = "Port of the control plane (default: any free one).")
    private @Nullable Integer controlPort;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "What the shoppers do: calm, lunch, flash-sale or bot (default: ${DEFAULT-VALUE}).")
    private String profile = LoadProfile.CALM.wireName();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private String output = "text";

    @Option(
            names = "--multi-process",
            description = "The control plane, and each instance with its sidecar, in a process of its own: 25 of them,"
                    + " which take about 3 GB.")
    private boolean multiProcess;

    public DemoCommand(MeshFactory meshes, Desktop desktop, PrintStream out, PrintStream err) {
        this.meshes = meshes;
        this.desktop = desktop;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            DemoOptions options = options();
            return headless ? headless(options) : desktop.show(options);
        } catch (InvalidValueException e) {
            return refuse(USAGE, e);
        } catch (IllegalStateException | UncheckedIOException e) {
            return refuse(FAILED, e);
        }
    }

    private int headless(DemoOptions options) {
        StopSignal stop = new StopSignal();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().name("demo-stop").unstarted(() -> endOnSignal(stop, ended));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return new HeadlessDemo(meshes, Ticker.system(), InstantSource.system(), out, err).run(options, stop);
        } finally {
            ended.countDown();
            if (!stop.isGiven()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private static void endOnSignal(StopSignal stop, CountDownLatch ended) {
        stop.give();
        try {
            boolean _ = ended.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DemoOptions options() {
        LoadProfile shoppers = LoadProfile.parse(profile);
        double rate = rps == null ? shoppers.requestsPerSecond() : rps;
        return new DemoOptions(
                new CornerShopOptions(seed, rate, shoppers),
                multiProcess ? Layout.MULTI_PROCESS : Layout.ONE_PROCESS,
                controlPort == null ? OptionalInt.empty() : OptionalInt.of(controlPort),
                Optional.ofNullable(duration).map(text -> DurationText.parse("duration", text)),
                format());
    }

    private DemoOptions.Output format() {
        return switch (output.toLowerCase(Locale.ROOT)) {
            case "text" -> DemoOptions.Output.TEXT;
            case "json" -> DemoOptions.Output.JSON;
            default -> throw new InvalidValueException("output", output, "text | json");
        };
    }

    private int refuse(int status, RuntimeException why) {
        err.println("signalbox demo: " + why.getMessage());
        return status;
    }

    /** Shows the demo in the console. */
    @FunctionalInterface
    public interface Desktop {

        /** Answers the exit status once the window is closed. */
        int show(DemoOptions options);
    }
}
