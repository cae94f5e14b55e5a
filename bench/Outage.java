import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Kills a control plane while its sidecars carry requests; or one of several that share an etcd of three nodes, and those.
 *
 * <pre>java bench/Outage.java FOLDER SECONDS REQUESTS_PER_SECOND SECONDS_BETWEEN_KILLS REPLICAS VICTIM COMMAND...</pre>
 *
 * <p>No replicas stand for one control plane on a file; the victim is {@code control-plane} or {@code etcd}.
 *
 * The catalog's application is in this process; its sidecar, the caller's sidecar and the control plane are processes of
 * their own. Requests go at an even rate, whatever becomes of earlier ones. A policy is written every 100 ms; each write
 * carries a number of its own as its reason, and what was acknowledged must stand in the history at the end. After each
 * start it is measured how long it takes from the control plane's "ready" until both sidecars say that they run its newest
 * revision and the catalog is registered; with several of them, from the kill on until that is so at those that serve then.
 *
 * <p>One of several is killed at each beat, the next in turn, whether or not those before serve again; only where no other one
 * serves is that waited for.
 */
final class Outage {

    private static final Duration GOAL = Duration.ofSeconds(3);
    private static final Pattern REASON = Pattern.compile("\"reason\":\"(w\\d+)\"");
    private static final Pattern STATUS = Pattern.compile("\"revision\":(\\d+),\"newest\":(\\d+)");

    private final Path folder;
    private final List<String> command;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final LongAdder requests = new LongAdder();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final LongAdder unanswered = new LongAdder();
    private final AtomicLong numbers = new AtomicLong();
    private final List<Long> convergence = new ArrayList<>();
    private final OutagePlanes planes;
    private Optional<EtcdCluster> etcd = Optional.empty();
    private volatile int asked;
    private int leaders;
    private int waits;
    private Duration killedFor = Duration.ZERO;

    private Outage(Path folder, List<String> command) {
        this.folder = folder;
        this.command = command;
        planes = new OutagePlanes(folder, command, http);
    }

    public static void main(String[] arguments) throws Exception {
        Outage outage =
                new Outage(Path.of(arguments[0]), Arrays.asList(arguments).subList(6, arguments.length));
        System.exit(
                outage.run(
                                Duration.ofSeconds(Long.parseLong(arguments[1])),
                                Integer.parseInt(arguments[2]),
                                Duration.ofSeconds(Long.parseLong(arguments[3])),
                                Integer.parseInt(arguments[4]),
                                arguments[5].equals("etcd"))
                        ? 0
                        : 1);
    }

    private boolean run(Duration length, int rate, Duration period, int replicas, boolean killEtcd) throws Exception {
        HttpServer application = application();
        if (replicas > 0) {
            etcd = Optional.of(EtcdCluster.start(folder, 3));
        }
        List<Process> sidecars = new ArrayList<>();
        try {
            for (int i = 0; i < Math.max(1, replicas); i++) {
                planes.add(etcd.map(EtcdCluster::endpoints));
            }
            sidecars.add(sidecar(
                    "catalog", "app: { port: " + application.getAddress().getPort() + " }\n"));
            int entry = EtcdCluster.freePort();
            sidecars.add(sidecar("storefront", "outbound: { port: " + entry + " }\n"));
            URI target = URI.create("http://127.0.0.1:" + entry + "/tea");
            OutagePlanes.await(() -> get(target).statusCode() == 200, "the first request to pass");
            OutagePlanes.await(this::converged, "both sidecars to run the newest revision");

            Thread load = Thread.ofPlatform().start(() -> load(target, rate));
            Thread writer = Thread.ofPlatform().start(this::write);
            long begun = System.nanoTime();
            long next = begun + period.toNanos();
            for (int kill = 0; System.nanoTime() - begun < length.toNanos(); kill++) {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                // One of several is to die on the beat; what has no other to go on with, after it was there for as
                // long.
                next = (replicas > 0 ? next : System.nanoTime()) + period.toNanos();
                if (killEtcd) {
                    killNode(kill);
                } else if (replicas > 0) {
                    killReplica(kill % replicas);
                } else {
                    killPlane();
                }
            }
            killedFor = Duration.ofNanos(System.nanoTime() - begun);
            going.set(false);
            load.join();
            writer.join();
            for (int port : planes.ports()) {
                OutagePlanes.await(() -> planes.serves(port), "every control plane to serve again");
            }
            return report(lost());
        } finally {
            going.set(false);
            sidecars.forEach(Process::destroyForcibly);
            planes.close();
            etcd.ifPresent(EtcdCluster::close);
            application.stop(0);
        }
    }

    private void killPlane() throws Exception {
        planes.kill(0);
        planes.startAgain(0);
        converge(System.nanoTime());
    }

    /** It is started again at once, beside those that take over, which are waited for if there are none. */
    private void killReplica(int victim) throws Exception {
        if (!planes.anotherServes(victim)) {
            waits++;
            OutagePlanes.await(() -> planes.anotherServes(victim), "another control plane to serve");
        }
        planes.kill(victim);
        long killed = System.nanoTime();
        planes.startAgainMeanwhile(victim);
        converge(killed);
    }

    /** Every other kill strikes the node that leads. */
    private void killNode(int kill) throws Exception {
        EtcdCluster nodes = etcd.orElseThrow();
        int leader = nodes.leader();
        int victim = kill % 2 == 0 ? leader : kill % 3;
        leaders += victim == leader ? 1 : 0;
        long killed = System.nanoTime();
        nodes.killAndRestart(victim);
        converge(killed);
    }

    private void converge(long since) throws Exception {
        OutagePlanes.await(this::converged, "both sidecars to follow again");
        convergence.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
    }

    private boolean report(List<Long> lost) {
        long failed = failures.values().stream().mapToLong(LongAdder::sum).sum();
        Collections.sort(convergence);
        List<Long> starts = planes.starts();
        System.out.println("kills: " + convergence.size() + ", one in " + killedFor.toMillis() / convergence.size()
                + " ms" + (leaders > 0 ? ", of nodes that led: " + leaders : "")
                + (planes.ports().size() > 1 ? ", of those that waited for another to serve: " + waits : "")
                + (planes.neverReady() > 0 ? ", of those before they were ready again: " + planes.neverReady() : ""));
        System.out.println("requests: " + requests.sum() + ", failed: " + failed + " " + new TreeMap<>(failures));
        if (!starts.isEmpty()) {
            System.out.println(
                    "control plane started in ms, median: " + middle(starts) + ", longest: " + starts.getLast());
        }
        System.out.println("reconverged in ms, median: " + middle(convergence) + ", longest: " + convergence.getLast());
        System.out.println("policy writes acknowledged: " + acknowledged.size() + ", unanswered: " + unanswered.sum()
                + ", acknowledged and lost: " + lost.size() + " " + lost);
        List<String> broken = new ArrayList<>();
        if (failed > 0) {
            broken.add(failed + " requests failed (expected: none)");
        }
        if (!lost.isEmpty()) {
            broken.add(lost.size() + " acknowledged writes are lost (expected: none)");
        }
        if (acknowledged.isEmpty()) {
            broken.add("no write was acknowledged (expected: some)");
        }
        if (convergence.getLast() > GOAL.toMillis()) {
            broken.add("reconverged after " + convergence.getLast() + " ms (expected: " + GOAL.toMillis()
                    + " ms at most)");
        }
        System.out.println("verdict: " + (broken.isEmpty() ? "held" : "broken: " + String.join("; ", broken)));
        return broken.isEmpty();
    }

    private static long middle(List<Long> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static HttpServer application() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 3);
                exchange.getResponseBody().write("tea".getBytes());
            }
        });
        server.start();
        return server;
    }

    private Process sidecar(String service, String more) throws Exception {
        Path file = folder.resolve(service + ".yaml");
        Files.writeString(
                file,
                "apiVersion: signalbox.io/v1\nkind: Sidecar\nservice: " + service + "\ncontrolPlane: { url: ["
                        + planes.ports().stream()
                                .map(port -> "\"http://127.0.0.1:" + port + "\"")
                                .collect(Collectors.joining(", "))
                        + "], tokenFile: data-0/token }\n" + more);
        Process process = process(service + ".log", "sidecar", "-f", file.toString());
        Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(line -> {}));
        return process;
    }

    private Process process(String log, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()))
                .start();
    }

    /** At an even rate: a request that is slow does not hold the next one up. */
    private void load(URI target, int rate) {
        long gap = TimeUnit.SECONDS.toNanos(1) / rate;
        long next = System.nanoTime();
        while (going.get()) {
            long wait = next - System.nanoTime();
            if (wait > 0) {
                try {
                    TimeUnit.NANOSECONDS.sleep(wait);
                } catch (InterruptedException e) {
                    return;
                }
            }
            next += gap;
            requests.increment();
            http.sendAsync(request(target), HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            failed(String.valueOf(failure.getMessage()));
                        } else if (answer.statusCode() != 200) {
                            failed(answer.statusCode() + " "
                                    + answer.headers()
                                            .firstValue("x-signalbox-cause")
                                            .orElse(""));
                        }
                    });
        }
    }

    private void failed(String how) {
        failures.computeIfAbsent(how, _ -> new LongAdder()).increment();
    }

    private void write() {
        while (going.get()) {
            long number = numbers.incrementAndGet();
            try {
                if (acknowledged(number)) {
                    acknowledged.add(number);
                } else {
                    unanswered.increment();
                }
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean acknowledged(long number) throws InterruptedException {
        HttpRequest put = api("/api/v1/policies/catalog?by=outage&reason=w" + number)
                .header("Content-Type", "application/yaml")
                .PUT(HttpRequest.BodyPublishers.ofString("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\n"
                        + "service: catalog\ntimeout: " + (5_000 + number) + "ms\n"))
                .build();
        try {
            return http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            asked++;
            return false;
        }
    }

    private List<Long> lost() throws Exception {
        List<Long> lost = new ArrayList<>(acknowledged);
        long before = Long.MAX_VALUE;
        Pattern revisions = Pattern.compile("\"revision\":(\\d+),\"at\"");
        while (true) {
            String page = http.send(
                            api("/api/v1/policies/catalog/history?limit=1000"
                                            + (before == Long.MAX_VALUE ? "" : "&before=" + before))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher reason = REASON.matcher(page);
            while (reason.find()) {
                lost.remove(Long.valueOf(reason.group(1).substring(1)));
            }
            long lowest = before;
            Matcher revision = revisions.matcher(page);
            while (revision.find()) {
                lowest = Math.min(lowest, Long.parseLong(revision.group(1)));
            }
            if (lowest == before) {
                return lost;
            }
            before = lowest;
        }
    }

    private boolean converged() throws Exception {
        int current = 0;
        int serving = 0;
        for (int port : planes.ports()) {
            try {
                Matcher status = STATUS.matcher(body(port, "/api/v1/sidecars"));
                while (status.find()) {
                    // Policies are written meanwhile, so that what was acknowledged is half a second behind at most.
                    long revision = Long.parseLong(status.group(1));
                    current += revision > 0 && Long.parseLong(status.group(2)) - revision <= 5 ? 1 : 0;
                }
                if (!body(port, "/api/v1/services").contains("catalog-1")) {
                    return false;
                }
                serving++;
            } catch (ConnectException e) {
                // One that was killed.
            }
        }
        return current == 2 && serving > 0;
    }

    private String body(int port, String path) throws Exception {
        return http.send(planes.api(port, path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder api(String path) {
        return planes.api(planes.ports().get(asked % planes.ports().size()), path);
    }

    private HttpResponse<String> get(URI target) throws Exception {
        return http.send(request(target), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(URI target) {
        return HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(10))
                .header("X-Target-Service", "catalog")
                .build();
    }
}
