import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a control plane takes to tell all of its sidecars of a change, and what it costs, as it grows.
 *
 * <pre>java bench/Scale.java FOLDER SIDECARS CHANGES SEED SIZE,SIZE,... COMMAND...</pre>
 *
 * For each size, a control plane in a process of its own, that many instances in a tenth as many services, each with a
 * heartbeat every ten seconds at an even rate, and the sidecars in one other process. An instance joins or leaves, once a
 * second; it is measured from the request's sending until the control plane shows that every sidecar has said it runs the
 * change. CPU and memory are those of the control plane, while nothing but heartbeats and health checks happens. Exits
 * with 1 if the 99th percentile of a size is above {@value #GOAL_MILLIS} ms, or a heartbeat was refused.
 */
final class Scale {

    private static final int GOAL_MILLIS = 500;
    private static final int IN_SERVICE = 10;
    private static final int HEARTBEAT_SECONDS = 10;
    private static final int AT_ONCE = 64;
    private static final int QUIET_SECONDS = 20;

    /** Each look costs the control plane the standing of every sidecar, and what is measured is known no finer. */
    private static final int LOOK_MILLIS = 20;

    private static final int PATIENCE_SECONDS = 120;
    private static final int FIRST_PORT = 20_000;
    private static final Pattern STANDING = Pattern.compile("\"revision\":(\\d+),\"newest\":(\\d+)");

    private final Path folder;
    private final int sidecars;
    private final int changes;
    private final Random random;
    private int nextPort = FIRST_PORT;
    private final List<String> command;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

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
                Arrays.asList(arguments).subList(5, arguments.length));
        boolean held = true;
        for (String size : arguments[4].split(",")) {
            held &= scale.run(Integer.parseInt(size));
        }
        System.exit(held ? 0 : 1);
    }

    private boolean run(int instances) throws Exception {
        Path own = Files.createDirectory(folder.resolve(String.valueOf(instances)));
        AtomicBoolean going = new AtomicBoolean(true);
        KilledPlane plane = null;
        Process attached = null;
        try (ServerSocket applications = new ServerSocket(0, 1_000)) {
            Thread.ofPlatform().daemon().start(() -> accept(applications));
            plane = KilledPlane.launch(own, command).ready();
            Mesh mesh = new Mesh(plane, instances, applications.getLocalPort());
            long begun = System.nanoTime();
            mesh.registerAll();
            double registered = instances / seconds(begun);
            Thread beating = Thread.ofPlatform().start(() -> mesh.beat(going));
            attached = attach(own, plane);
            mesh.followedBy(attached, own.resolve("sidecars"));
            // Compilers have what they need, and health checks have found every instance well.
            mesh.change(changes / 4);
            TimeUnit.SECONDS.sleep(QUIET_SECONDS / 2);
            long cpu = plane.cpuNanos();
            long quiet = System.nanoTime();
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            double core = (plane.cpuNanos() - cpu) / (double) (System.nanoTime() - quiet);
            List<Double> took = mesh.change(changes);
            going.set(false);
            beating.join();
            return report(instances, registered, core, plane.residentMegabytes(), took, mesh);
        } finally {
            going.set(false);
            if (attached != null) {
                attached.destroyForcibly().waitFor();
            }
            if (plane != null) {
                plane.kill();
            }
        }
    }

    private boolean report(
            int instances, double registered, double core, long megabytes, List<Double> took, Mesh mesh) {
        Collections.sort(took);
        double last = took.get(Math.min(took.size() - 1, (int) Math.ceil(took.size() * 0.99) - 1));
        System.out.println(String.format(
                Locale.ROOT,
                "%6d instances, %4d services, %d sidecars: a change at all of them p50 %.0f ms, p99 %.0f ms, longest"
                        + " %.0f ms; control plane %.0f %% of a core, RSS %d MB; registered at %.0f/s; heartbeats %d,"
                        + " refused %d",
                instances,
                mesh.services,
                sidecars,
                took.get(took.size() / 2),
                last,
                took.getLast(),
                100 * core,
                megabytes,
                registered,
                mesh.beats.sum(),
                mesh.refused.sum()));
        return last <= GOAL_MILLIS && mesh.refused.sum() == 0;
    }

    /** Each sidecar only calls: what it is told is the whole mesh. */
    private Process attach(Path own, KilledPlane plane) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.add("sidecar");
        for (int i = 0; i < sidecars; i++) {
            Path file = own.resolve("caller-" + i + ".yaml");
            Files.writeString(
                    file,
                    "apiVersion: signalbox.io/v1\nkind: Sidecar\nservice: caller-" + i + "\ncontrolPlane: { url: \""
                            + plane.address() + "\", tokenFile: data/token }\noutbound: { port: " + freePort()
                            + " }\n");
            words.addAll(List.of("-f", file.toString()));
        }
        ProcessBuilder sidecarProcess = new ProcessBuilder(words)
                .redirectError(own.resolve("sidecars").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        sidecarProcess.environment().put("XDG_STATE_HOME", own.resolve("state").toString());
        return sidecarProcess.start();
    }

    private static void accept(ServerSocket applications) {
        while (!applications.isClosed()) {
            try {
                applications.accept().close();
            } catch (IOException e) {
                // The caller has gone, or the run is over.
            }
        }
    }

    /** Below those that the kernel gives to whoever calls: it stays free until the sidecar takes it. */
    private int freePort() {
        while (true) {
            nextPort++;
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), nextPort));
                return nextPort;
            } catch (IOException e) {
                // Somebody else's.
            }
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** The instances that are made up, through the API. */
    private final class Mesh {
        private final KilledPlane plane;
        private final int instances;
        private final int services;
        private final int port;
        private final LongAdder beats = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private int joined;
        private Process followers;
        private Path followersLog;

        Mesh(KilledPlane plane, int instances, int port) {
            this.plane = plane;
            this.instances = instances;
            this.services = Math.max(1, instances / IN_SERVICE);
            this.port = port;
        }

        void registerAll() throws Exception {
            Semaphore free = new Semaphore(AT_ONCE);
            LongAdder failed = new LongAdder();
            for (int i = 0; i < instances; i++) {
                free.acquire();
                http.sendAsync(registration(i % services, "i" + i), HttpResponse.BodyHandlers.discarding())
                        .whenComplete((answer, failure) -> {
                            free.release();
                            if (failure != null || answer.statusCode() != 200) {
                                failed.increment();
                            }
                        });
            }
            free.acquire(AT_ONCE);
            if (failed.sum() > 0) {
                throw new IllegalStateException(failed + " of " + instances + " could not register");
            }
        }

        private HttpRequest registration(int service, String instance) {
            return plane.request("/api/v1/services/register")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"service_name\":\"service-" + service
                            + "\",\"instance_id\":\"" + instance + "\",\"host\":\"127.0.0.1\",\"port\":" + port + "}"))
                    .build();
        }

        void beat(AtomicBoolean going) {
            long gap = TimeUnit.SECONDS.toNanos(HEARTBEAT_SECONDS) / instances;
            long next = System.nanoTime();
            for (int i = 0; going.get(); i = (i + 1) % instances) {
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
                next += gap;
                HttpRequest beat = plane.request(
                                "/api/v1/services/service-" + i % services + "/heartbeat?instance_id=i" + i)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
                http.sendAsync(beat, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failure) -> {
                    beats.increment();
                    if (failure != null || answer.statusCode() / 100 != 2) {
                        refused.increment();
                    }
                });
            }
        }

        /** One joins, the next change takes it away again. */
        List<Double> change(int times) throws Exception {
            List<Double> took = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                long before = newest();
                int service = joined % services;
                String name = "extra-" + joined;
                HttpRequest change = i % 2 == 0
                        ? registration(service, name)
                        : plane.request("/api/v1/services/service-" + service + "?instance_id=" + name)
                                .DELETE()
                                .build();
                joined += i % 2 == 0 ? 0 : 1 + random.nextInt(7);
                long sent = System.nanoTime();
                int status = http.send(change, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status / 100 != 2) {
                    throw new IllegalStateException(change.method() + " " + change.uri() + ": " + status);
                }
                await(before + 1);
                took.add(seconds(sent) * 1_000);
                TimeUnit.MILLISECONDS.sleep(1_000);
            }
            return took;
        }

        void followedBy(Process sidecars, Path log) throws Exception {
            followers = sidecars;
            followersLog = log;
            await(1);
        }

        private void await(long revision) throws Exception {
            long begun = System.nanoTime();
            while (!allRun(revision)) {
                if (!followers.isAlive() || seconds(begun) > PATIENCE_SECONDS) {
                    throw new IllegalStateException("not all sidecars run revision " + revision + " within "
                            + PATIENCE_SECONDS + " s: " + Files.readString(followersLog));
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }

        private boolean allRun(long revision) throws Exception {
            List<long[]> standing = standing();
            return standing.size() == sidecars
                    && standing.stream().allMatch(one -> one[1] >= revision && one[0] >= one[1]);
        }

        private long newest() throws Exception {
            return standing().stream().mapToLong(one -> one[1]).max().orElse(0);
        }

        private List<long[]> standing() throws Exception {
            String body = http.send(plane.request("/api/v1/sidecars").build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher found = STANDING.matcher(body);
            return Stream.generate(() -> found)
                    .takeWhile(Matcher::find)
                    .map(one -> new long[] {Long.parseLong(one.group(1)), Long.parseLong(one.group(2))})
                    .toList();
        }
    }
}
