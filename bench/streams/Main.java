import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** See bench/streaming, which starts this with the JDK that it finds. */
final class Main {

    private static final long MEGABYTE = 1024 * 1024;

    /** What a sidecar may grow by while a body goes through it. */
    private static final long FLAT_MEGABYTES = 32;

    private static final long DIRECT_MEGABYTES = 16;

    private final List<String> broken = new ArrayList<>();
    private final Watched sidecar;
    private final App app;

    private Main(Watched sidecar, App app) {
        this.sidecar = sidecar;
        this.app = app;
    }

    /** Arguments: MEGABYTES ABORTS SEED CASES WORK-FOLDER COMMAND... */
    public static void main(String[] arguments) throws Exception {
        long bytes = Long.parseLong(arguments[0]) * MEGABYTE;
        int aborts = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        List<String> command = Arrays.asList(arguments).subList(5, arguments.length);
        int status = 0;
        for (String name : arguments[3].split(",")) {
            try (App app = new App();
                    Watched sidecar = Watched.start(name, Path.of(arguments[4], name), app.port(), command)) {
                Main main = new Main(sidecar, app);
                main.run(name, bytes, aborts, seed);
                main.broken.forEach(bound -> System.out.println("BROKEN " + bound));
                status = main.broken.isEmpty() ? status : 3;
            }
        }
        System.exit(status);
    }

    private void run(String name, long bytes, int aborts, long seed) throws Exception {
        Bodies bodies = new Bodies(sidecar.port(), app);
        List<Bodies.Way> ways = name.equals("h2") ? Bodies.HTTP2 : Bodies.HTTP1;
        for (Bodies.Way way : ways) {
            bodies.move(way, Math.min(bytes, 64 * MEGABYTE));
        }
        for (Bodies.Way way : ways) {
            long before = sidecar.rssMegabytes();
            sidecar.forgetPeak();
            long began = System.nanoTime();
            bodies.move(way, bytes);
            double seconds = (System.nanoTime() - began) / 1e9;
            long grown = sidecar.peakMegabytes() - before;
            say(
                    "%s %-14s %d MB in %.1f s (%.0f MB/s): RSS %d MB, at most %+d; direct memory %d MB",
                    name,
                    way.name(),
                    bytes / MEGABYTE,
                    seconds,
                    bytes / MEGABYTE / seconds,
                    before,
                    grown,
                    sidecar.directMegabytes());
            require(
                    grown <= FLAT_MEGABYTES,
                    way.name() + ": RSS grew by " + grown + " MB (expected: at most " + FLAT_MEGABYTES + ")");
            require(
                    sidecar.directMegabytes() <= DIRECT_MEGABYTES,
                    way.name() + ": direct memory of " + sidecar.directMegabytes() + " MB (expected: at most "
                            + DIRECT_MEGABYTES + ")");
        }
        stall(name);
        if (aborts > 0) {
            abort(name, aborts, seed);
        }
    }

    private void stall(String name) throws Exception {
        Stall.Figures figures = new Stall(sidecar.port(), app).run();
        say(
                "%s stalled readers: their writers stood after %.1f MB at most, stalled writers after %.1f MB; %d"
                        + " other requests, the slowest %d ms",
                name,
                figures.down() / (double) MEGABYTE,
                figures.up() / (double) MEGABYTE,
                figures.others(),
                figures.slowestMillis());
        require(figures.down() < Stall.ON_THE_WAY, "a stalled reader's writer went on to " + figures.down() + " bytes");
        require(figures.up() < Stall.ON_THE_WAY, "an upload that nobody reads went on to " + figures.up() + " bytes");
        require(
                figures.slowestMillis() < 2_000,
                "beside stalled bodies a request took " + figures.slowestMillis() + " ms");
    }

    private void abort(String name, int count, long seed) throws Exception {
        Load load =
                name.equals("h2") ? new StreamAborts(sidecar.port(), seed)::run : new Aborts(sidecar.port(), seed)::run;
        load.run(Math.min(count, 10_000));
        Watched.State start = sidecar.quiet(null);
        long began = System.nanoTime();
        Aborts.Figures figures = load.run(count);
        double seconds = (System.nanoTime() - began) / 1e9;
        Watched.State end = sidecar.quiet(start);
        say("%s %d aborted requests in %.0f s, seed %d: %s", name, count, seconds, seed, figures);
        say("%s before %s", name, start);
        say("%s after  %s", name, end);
        require(figures.wrong() == 0, figures.wrong() + " whole requests among them got no right answer");
        require(
                end.descriptors() <= start.descriptors(),
                "descriptors: " + end.descriptors() + " (expected: " + start.descriptors() + ")");
        require(
                end.threads() <= start.threads() + 2,
                "threads: " + end.threads() + " (expected: " + start.threads() + ")");
        end.grownSince(start).forEach(grown -> require(false, grown));
    }

    /** So many requests, most of them aborted. */
    private interface Load {
        Aborts.Figures run(int count) throws InterruptedException;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    /** So that a wrong body ends the run as a wrong bound does. */
    static IOException wrong(String what) {
        return new IOException(what);
    }
}
