import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * How long a control plane takes to tell all of its sidecars of a change, and what it costs, as it grows; or what becomes of
 * all of them when it is killed and started again.
 *
 * <pre>java bench/Scale.java FOLDER SIDECARS CHANGES SEED change|restart SIZE,SIZE,... COMMAND...</pre>
 *
 * For each size, a control plane in a process of its own, that many instances in a tenth as many services, each with a
 * heartbeat every ten seconds at an even rate, and the sidecars in one other process. An instance joins or leaves, once a
 * second; it is measured from the request's sending until the control plane shows that every sidecar has said it runs the
 * change. CPU and memory are those of the control plane, while nothing but heartbeats and health checks happens. Exits
 * with 1 if the 99th percentile of a size is above {@value #GOAL_MILLIS} ms, or a heartbeat was refused.
 *
 * <p>With {@code restart} it is killed (SIGKILL) after that many changes, and started again at once on the same folder and
 * port. Instances that are told that they are unknown register anew, within the ten seconds of a heartbeat; requests go
 * through {@value #CALLING} of the sidecars at an even rate meanwhile. Exits with 1 if a request failed, a heartbeat of an instance
 * that had come back was refused, or a change was at all sidecars later than {@value #BACK_MILLIS} ms after the new one was ready.
 */
final class Scale {

    private static final int GOAL_MILLIS = 500;
    private static final int BACK_MILLIS = 3_000;
    private static final int IN_SERVICE = 10;
    private static final int QUIET_SECONDS = 20;
    private static final int REQUESTS_A_SECOND = 100;
    private static final int BUSY = 503;
    private static final int AGAIN_MILLIS = 100;

    /** So many sidecars carry requests, each to one service: a sidecar keeps figures of each endpoint that it calls. */
    private static final int CALLING = 20;

    /** A lease and a little: the new control plane forgets by then whoever did not come back. */
    private static final int WARM_SECONDS = 35;

    private final Path folder;
    private final int sidecars;
    private final int changes;
    private final Random random;
    private final List<String> command;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private int joined;

    private Scale(Path folder, int sidecars, int changes, long seed, List<String> command) {
        this.folder = folder;
        this.sidecars = sidecars;
        this.changes = changes;
        this.random = new Random(seed);
        this.command = command;
    }

    public static void main(String[] arguments) throws Exception {
        Scale scale = new Scale(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Long.parseLong(arguments[3]),
                Arrays.asList(arguments).subList(6, arguments.length));
        boolean held = true;
        for (String size : arguments[5].split(",")) {
            held &= scale.run(Integer.parseInt(size), arguments[4].equals("restart"));
        }
        System.exit(held ? 0 : 1);
    }

    private boolean run(int instances, boolean restart) throws Exception {
        Path own = Files.createDirectory(folder.resolve(String.valueOf(instances)));
        int services = services(instances);
        KilledPlane plane = KilledPlane.launch(own, command).ready();
        try (MadeUpInstances made = MadeUpInstances.of(
                plane,
                IntStream.range(0, instances)
                        .mapToObj(i -> new MadeUpInstances.Instance("service-" + i % services, "i" + i, "v1"))
                        .toList())) {
            long begun = System.nanoTime();
            made.begin();
            double registered = instances / seconds(begun);
            try (AttachedCallers callers = AttachedCallers.start(own, command, sidecars, plane)) {
                callers.await(plane, 1);
                if (!restart) {
                    return steady(instances, plane, made, callers, registered);
                }
                change(changes, services, plane, made, callers);
                long killed = System.nanoTime();
                plane.kill();
                plane = plane.again();
                return restarted(instances, killed, plane, made, callers);
            }
        } finally {
            plane.kill();
        }
    }

    private boolean steady(
            int instances, KilledPlane plane, MadeUpInstances made, AttachedCallers callers, double registered)
            throws Exception {
        // Compilers have what they need, and health checks have found every instance well.
        change(changes / 4, services(instances), plane, made, callers);
        TimeUnit.SECONDS.sleep(QUIET_SECONDS / 2);
        long cpu = plane.cpuNanos();
        long quiet = System.nanoTime();
        TimeUnit.SECONDS.sleep(QUIET_SECONDS);
        double core = (plane.cpuNanos() - cpu) / (double) (System.nanoTime() - quiet);
        List<Double> took = change(changes, services(instances), plane, made, callers);
        Collections.sort(took);
        double last = took.get(Math.min(took.size() - 1, (int) Math.ceil(took.size() * 0.99) - 1));
        say(
                "%6d instances, %4d services, %d sidecars: a change at all of them p50 %.0f ms, p99 %.0f ms, longest"
                        + " %.0f ms; control plane %.0f %% of a core, RSS %d MB; registered at %.0f/s; heartbeats %d,"
                        + " refused %d, too many %d",
                instances,
                services(instances),
                sidecars,
                took.get(took.size() / 2),
                last,
                took.getLast(),
                100 * core,
                plane.residentMegabytes(),
                registered,
                made.beats(),
                made.refused(),
                made.busy());
        return last <= GOAL_MILLIS && made.refused() == 0;
    }

    private boolean restarted(
            int instances, long killed, KilledPlane plane, MadeUpInstances made, AttachedCallers callers)
            throws Exception {
        Calls calls = new Calls(callers, services(instances));
        Thread calling = Thread.ofPlatform().daemon().start(calls);
        made.moveTo(plane);
        plane.ready();
        double ready = seconds(killed);
        callers.await(plane, 0);
        double attached = seconds(killed);
        // Others come back meanwhile: what was asked for before this revision is in the next at the latest.
        ask(made.registration(new MadeUpInstances.Instance("service-0", "first-after", "v1")));
        callers.await(plane, callers.newest(plane) + 1);
        double told = seconds(killed);
        while (made.back() < instances) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        callers.await(plane, callers.newest(plane));
        double back = seconds(killed);
        double cpu = plane.cpuNanos() / 1e9;
        List<Double> after = change(changes, services(instances), plane, made, callers);
        Collections.sort(after);
        TimeUnit.SECONDS.sleep(Math.max(0, WARM_SECONDS - (long) seconds(killed)));
        calls.end();
        calling.join();
        say(
                "%6d instances, %4d services, %d sidecars: after a kill ready in %.1f s, all sidecars attached in %.1f"
                    + " s, a change at all of them in %.1f s, all instances back and told of in %.1f s with %.1f s of"
                    + " CPU; then a change p50 %.0f ms, longest %.0f ms; peak RSS %d MB; heartbeats %d, refused %d,"
                    + " too many %d, to nobody %d; requests %d, failed %s",
                instances,
                services(instances),
                sidecars,
                ready,
                attached,
                told,
                back,
                cpu,
                after.get(after.size() / 2),
                after.getLast(),
                plane.peakMegabytes(),
                made.beats(),
                made.refused(),
                made.busy(),
                made.unheard(),
                calls.sent.sum(),
                calls.failed.isEmpty() ? "0" : new TreeMap<>(calls.failed));
        return 1_000 * (told - ready) <= BACK_MILLIS && made.refused() == 0 && calls.failed.isEmpty();
    }

    /** One joins, the next change takes it away again; how long each took, in milliseconds. */
    private List<Double> change(
            int times, int services, KilledPlane plane, MadeUpInstances made, AttachedCallers callers)
            throws Exception {
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long before = callers.newest(plane);
            MadeUpInstances.Instance extra =
                    new MadeUpInstances.Instance("service-" + joined % services, "extra-" + joined, "v1");
            HttpRequest change = i % 2 == 0
                    ? made.registration(extra)
                    : plane.request("/api/v1/services/" + extra.service() + "?instance_id=" + extra.id())
                            .DELETE()
                            .build();
            joined += i % 2 == 0 ? 0 : 1 + random.nextInt(7);
            long sent = System.nanoTime();
            ask(change);
            callers.await(plane, before + 1);
            took.add(seconds(sent) * 1_000);
            TimeUnit.MILLISECONDS.sleep(1_000);
        }
        return took;
    }

    /** Whoever is told to come again does; the time that it takes counts. */
    private void ask(HttpRequest change) throws Exception {
        int status = status(change);
        while (status == BUSY) {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            status = status(change);
        }
        if (status / 100 != 2) {
            throw new IllegalStateException(change.method() + " " + change.uri() + ": " + status);
        }
    }

    private int status(HttpRequest change) throws Exception {
        return http.send(change, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static int services(int instances) {
        return Math.max(1, instances / IN_SERVICE);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** Requests through some sidecars in turn, each to its own service, whatever becomes of earlier ones. */
    private final class Calls implements Runnable {
        private final AttachedCallers callers;
        private final int services;
        private final LongAdder sent = new LongAdder();
        private final Map<String, Integer> failed = new ConcurrentHashMap<>();
        private final LongAdder open = new LongAdder();
        private final AtomicBoolean going = new AtomicBoolean(true);

        Calls(AttachedCallers callers, int services) {
            this.callers = callers;
            this.services = services;
        }

        @Override
        public void run() {
            long gap = TimeUnit.SECONDS.toNanos(1) / REQUESTS_A_SECOND;
            long next = System.nanoTime();
            for (int i = 0; going.get(); i++) {
                LockSupport.parkNanos(next - System.nanoTime());
                next += gap;
                HttpRequest request = HttpRequest.newBuilder(callers.outbound(i % CALLING))
                        .header("X-Target-Service", "service-" + i % CALLING % services)
                        .timeout(Duration.ofSeconds(10))
                        .build();
                open.increment();
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                    sent.increment();
                    if (failure != null || answer.statusCode() != 200) {
                        failed.merge(failure == null ? answer.body() : failure.toString(), 1, Integer::sum);
                    }
                    open.decrement();
                });
            }
            while (open.sum() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }

        void end() {
            going.set(false);
        }
    }
}
