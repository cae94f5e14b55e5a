package io.signalbox.shop.demo;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.runtime.Mesh;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.CornerShop;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Corner Shop without a display: opens it in a mesh, says when it is ready, reports on it, and sums up at the end.
 *
 * <p>Every figure comes from the mesh's snapshots and from the load generator.
 */
public final class HeadlessDemo {

    private static final int DONE = 0;
    private static final int SIGNALLED = 130;
    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private final MeshFactory meshes;
    private final Ticker ticker;
    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;

    public HeadlessDemo(MeshFactory meshes, Ticker ticker, InstantSource clock, PrintStream out, PrintStream err) {
        this(meshes, ticker, clock, out, err, new Terminal(out, Terminal.kindOfStandardOutput()));
    }

    HeadlessDemo(
            MeshFactory meshes,
            Ticker ticker,
            InstantSource clock,
            PrintStream out,
            PrintStream err,
            Terminal terminal) {
        this.meshes = meshes;
        this.ticker = ticker;
        this.clock = clock;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Runs for the duration that was asked for, or until stopped; answers the exit status. */
    public int run(DemoOptions options, StopSignal stop) {
        try (Mesh mesh = meshes.start(options.layout(), options.controlPort());
                CornerShop shop = CornerShop.open(mesh, options.shop(), ticker, clock);
                MeshConnection connection = mesh.connection()) {
            sayReady(options, mesh, shop);
            Summary summary = watch(options, shop, connection, stop);
            switch (options.output()) {
                case TEXT -> summary.lines().forEach(out::println);
                case JSON -> out.println(summary.json());
            }
            out.flush();
        }
        return stop.isGiven() ? SIGNALLED : DONE;
    }

    private void sayReady(DemoOptions options, Mesh mesh, CornerShop shop) {
        PrintStream stream = switch (options.output()) {
            case TEXT -> out;
            case JSON -> err;
        };
        stream.println("ready control-plane=" + mesh.controlPlane() + " token-file=" + mesh.tokenFile() + " entry="
                + shop.entry());
        stream.flush();
    }

    private Summary watch(DemoOptions options, CornerShop shop, MeshConnection connection, StopSignal stop) {
        HopCount hops = new HopCount();
        long start = ticker.nanos();
        Duration end = options.duration().orElse(Duration.ofNanos(Long.MAX_VALUE));
        Duration nextTable = terminal.period();
        Duration elapsed = Duration.ZERO;
        while (elapsed.compareTo(end) < 0 && !stop.await(shorter(SAMPLE, end.minus(elapsed)))) {
            elapsed = Duration.ofNanos(ticker.nanos() - start);
            Optional<MeshSnapshot> looked = look(connection);
            looked.ifPresent(hops::add);
            if (looked.isPresent()
                    && options.output() == DemoOptions.Output.TEXT
                    && elapsed.compareTo(nextTable) >= 0) {
                terminal.draw(LiveTable.lines(looked.get(), shop.load(), elapsed));
                nextTable = elapsed.plus(terminal.period());
            }
        }
        Duration ran = Duration.ofNanos(ticker.nanos() - start);
        shop.drain();
        look(connection).ifPresent(hops::add);
        return new Summary(ran, shop.load(), shop.audience(), hops.hops(), hops.securedShare());
    }

    /** Empty while a control plane in another process is away, which is no reason to end. */
    private static Optional<MeshSnapshot> look(MeshConnection connection) {
        try {
            return Optional.of(connection.snapshot());
        } catch (MeshException e) {
            if (!e.isPassing()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
