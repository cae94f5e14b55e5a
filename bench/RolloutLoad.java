import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What rollouts that go on at once cost a control plane, in CPU.
 *
 * <pre>java bench/RolloutLoad.java FOLDER ROLLOUTS SERVICES CALLERS SECONDS COMMAND...</pre>
 *
 * A control plane in a process of its own, that many services with an instance of v1 and one of v2 each, a heartbeat of
 * each every ten seconds at an even rate, and callers that are made up: each is attached, and tells twice a second of 100
 * calls to v1 and 100 to v2 of its part of the services that roll out. The CPU is that of the control plane: first with all
 * of that and no rollout, then with that many rollouts, of 2 % a step and a minute between steps. Exits with 1 if the second
 * takes {@value #GOAL_PERCENT} % of a core more than the first, or if a rollout ended or took no step.
 */
final class RolloutLoad {

    private static final int GOAL_PERCENT = 10;
    private static final int TELL_MILLIS = 500;
    private static final int CALLS = 100;
    private static final int WARM_SECONDS = 30;
    private static final Pattern STANDING = Pattern.compile("\"phase\":\"running\",\"weight\":(\\d+)");

    private final int rollouts;
    private final int services;
    private final int callers;
    private final int seconds;
    private final KilledPlane plane;
    private final MadeUpInstances made;
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final LongAdder refused = new LongAdder();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private RolloutLoad(int rollouts, int services, int callers, int seconds, KilledPlane plane, MadeUpInstances made) {
        this.rollouts = rollouts;
        this.services = services;
        this.callers = callers;
        this.seconds = seconds;
        this.plane = plane;
        this.made = made;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> command = Arrays.asList(arguments).subList(5, arguments.length);
        int services = Integer.parseInt(arguments[2]);
        boolean held;
        KilledPlane plane = KilledPlane.launch(Path.of(arguments[0]), command).ready();
        try (MadeUpInstances made = MadeUpInstances.of(
                plane,
                IntStream.range(0, 2 * services).mapToObj(RolloutLoad::instance).toList())) {
            held = new RolloutLoad(
                            Integer.parseInt(arguments[1]),
                            services,
                            Integer.parseInt(arguments[3]),
                            Integer.parseInt(arguments[4]),
                            plane,
                            made)
                    .run();
        } finally {
            plane.kill();
        }
        System.exit(held ? 0 : 1);
    }

    private boolean run() throws Exception {
        made.begin();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            Thread.ofVirtual().start(() -> follow(caller));
        }
        TimeUnit.SECONDS.sleep(WARM_SECONDS);
        double without = core();
        startAll();
        TimeUnit.SECONDS.sleep(WARM_SECONDS);
        double with = core();
        Matcher standing =
                STANDING.matcher(send(plane.request("/api/v1/canaries")).body());
        int running = 0;
        int moved = 0;
        while (standing.find()) {
            running++;
            moved += Integer.parseInt(standing.group(1)) > 2 ? 1 : 0;
        }
        going.set(false);
        System.out.println(String.format(
                Locale.ROOT,
                "%d rollouts on %d services, %d callers: %.1f %% of a core with them, %.1f %% without, so %.1f %% for"
                        + " them; %d go on, %d of them took steps; RSS %d MB; tellings refused %d",
                rollouts,
                services,
                callers,
                100 * with,
                100 * without,
                100 * (with - without),
                running,
                moved,
                plane.residentMegabytes(),
                refused.sum()));
        return 100 * (with - without) < GOAL_PERCENT && running == rollouts && moved == rollouts;
    }

    /** The part of a core that the control plane takes. */
    private double core() throws InterruptedException {
        long cpu = plane.cpuNanos();
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        return (plane.cpuNanos() - cpu) / (double) (System.nanoTime() - begun);
    }

    private void startAll() throws Exception {
        for (int i = 0; i < rollouts; i++) {
            HttpResponse<String> answer = http.send(
                    post(
                            "/api/v1/canaries/" + service(i) + "/start",
                            "{\"candidate\":\"v2\",\"initialWeight\":2,\"incrementStep\":2,\"incrementDelay\":\"1m\"}"),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("no start: " + answer.body());
            }
        }
    }

    /** Reads what a sidecar is told, and leaves it; tells once it is attached. */
    private void follow(int caller) {
        try (InputStream told = http.send(
                        plane.request("/api/v1/sidecars/config?service=caller-" + caller + "&instance=caller-" + caller
                                        + "-1&kind=client")
                                .timeout(Duration.ofHours(1))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            Thread.ofVirtual().start(() -> tell(caller));
            told.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the run is over
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(int caller) {
        StringBuilder edges = new StringBuilder();
        for (int i = caller; i < rollouts; i += callers) {
            edges.append(edges.isEmpty() ? "" : ",")
                    .append(edge(service(i), "v1"))
                    .append(",")
                    .append(edge(service(i), "v2"));
        }
        HttpRequest telling = post(
                "/api/v1/sidecars/telemetry",
                "{\"service\":\"caller-" + caller + "\",\"instance\":\"caller-" + caller
                        + "-1\",\"circuits\":[],\"edges\":[" + edges + "]}");
        long next = System.nanoTime();
        try {
            while (going.get()) {
                next += TimeUnit.MILLISECONDS.toNanos(TELL_MILLIS);
                if (http.send(telling, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 != 2) {
                    refused.increment();
                }
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException e) {
            // the run is over
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String edge(String service, String version) {
        return "{\"destination\":\"" + service + "\",\"version\":\"" + version + "\",\"endpoint\":\"" + service + "-"
                + version
                + "\",\"protocol\":\"http\",\"channel\":\"plain\",\"ended\":[{\"code\":200,\"by\":\"upstream\","
                + "\"count\":" + CALLS + "}],\"retries\":{},\"splitDraws\":" + CALLS + ",\"latency\":[1000000," + CALLS
                + "],\"inFlight\":0,\"maxInFlight\":1}";
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest post(String path, String body) {
        return plane.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String service(int i) {
        return "service-" + i;
    }

    private static MadeUpInstances.Instance instance(int i) {
        String version = "v" + (1 + i % 2);
        return new MadeUpInstances.Instance(service(i / 2), service(i / 2) + "-" + version, version);
    }
}
