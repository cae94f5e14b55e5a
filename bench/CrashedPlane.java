import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control plane that runs until it is killed, and a made-up sidecar that is attached to it. */
final class CrashedPlane implements AutoCloseable {

    private static final int TELL_MILLIS = 100;
    private static final int CALLS = 1_000;
    private static final Pattern REVISION = Pattern.compile(
            "\"revision\":(\\d+),\"at\":\"([^\"]*)\",\"by\":\"[^\"]*\",\"reason\":\"((?:[^\"\\\\]|\\\\.)*)\","
                    + "\"change\":\"[^\"]*\"(?:,\"candidateWeight\":(\\d+))?,\"policy\"");
    private static final Pattern STATUS =
            Pattern.compile("\"number\":(\\d+),\"stable\":\"[^\"]*\",\"candidate\":\"([^\"]*)\",\"phase\":\"([^\"]*)\","
                    + "\"weight\":(\\d+).*?\"revision\":(\\d+),\"verdict\"");
    private static final Pattern SERVICE = Pattern.compile("(?=\"service\":\"[^\"]*\",\"registered\")");
    private static final Pattern TOLD = Pattern.compile(
            "\"service\":\"([^\"]*)\",\"registered\":[a-z]+,\"policyRevision\":(\\d+).*?\"candidateWeight\":(\\d+).*",
            Pattern.DOTALL);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final KilledPlane process;
    private final List<Thread> threads = new ArrayList<>();

    CrashedPlane(KilledPlane process) {
        this.process = process;
    }

    /** @param weight of the candidate; -1 when the policy has none */
    record Revision(long number, Instant at, String reason, int weight) {}

    record Status(long number, String candidate, String phase, int weight, long revision) {

        boolean isOver() {
            return isGood() || List.of("rolled-back", "failed", "withdrawn").contains(phase);
        }

        boolean isGood() {
            return List.of("promoted", "decided").contains(phase);
        }
    }

    /** A weight that a sidecar was told. */
    record Told(String service, long revision) implements Comparable<Told> {

        @Override
        public int compareTo(Told other) {
            int order = service.compareTo(other.service);
            return order == 0 ? Long.compare(revision, other.revision) : order;
        }
    }

    /** Follows what the sidecar is told, and tells of calls, until the process is gone. */
    void attach(Map<Told, Integer> told) {
        threads.add(Thread.ofPlatform().start(() -> untilGone(() -> follow(told))));
        threads.add(Thread.ofPlatform().start(() -> untilGone(this::tell)));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void untilGone(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            // the process is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Map<Told, Integer> told) throws IOException, InterruptedException {
        HttpResponse<InputStream> stream = http.send(
                process.request("/api/v1/sidecars/config?service=caller&instance=caller-1&kind=client")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            for (String service : line.startsWith("data:") ? SERVICE.split(line) : new String[0]) {
                Matcher weight = TOLD.matcher(service);
                if (weight.matches()) {
                    synchronized (told) {
                        told.put(
                                new Told(weight.group(1), Long.parseLong(weight.group(2))),
                                Integer.parseInt(weight.group(3)));
                    }
                }
            }
        }
    }

    private void tell() throws IOException, InterruptedException {
        List<String> edges = new ArrayList<>();
        List<String> copies = new ArrayList<>();
        for (CrashKind kind : CrashKind.values()) {
            for (String version : CrashKind.VERSIONS) {
                edges.add(edge(kind, version));
                if (kind == CrashKind.STAGED) {
                    copies.add("{\"destination\":\"" + kind.service() + "\",\"version\":\"" + version
                            + "\",\"primary\":" + side() + ",\"copy\":" + side() + "}");
                }
            }
        }
        String body = "{\"service\":\"caller\",\"instance\":\"caller-1\",\"circuits\":[],\"edges\":["
                + String.join(",", edges) + "],\"copies\":[" + String.join(",", copies) + "]}";
        while (true) {
            post("/api/v1/sidecars/telemetry", body);
            Thread.sleep(TELL_MILLIS);
        }
    }

    private static String side() {
        return "{\"requests\":" + CALLS + ",\"failures\":0,\"latency\":[1000000," + CALLS + "]}";
    }

    private static String edge(CrashKind kind, String version) {
        int failures = kind.failures(version);
        String failed = failures == 0 ? "" : ",{\"code\":500,\"by\":\"upstream\",\"count\":" + failures + "}";
        return "{\"destination\":\"" + kind.service() + "\",\"version\":\"" + version + "\",\"endpoint\":\""
                + kind.service() + "-" + version
                + "\",\"protocol\":\"http\",\"channel\":\"plain\",\"ended\":[{\"code\":200,\"by\":\"upstream\",\"count\":"
                + (CALLS - failures) + "}" + failed + "],\"retries\":{},\"splitDraws\":" + CALLS
                + ",\"latency\":[1000000," + CALLS + "],\"inFlight\":0,\"maxInFlight\":1}";
    }

    void register(String service) throws IOException, InterruptedException {
        for (String version : CrashKind.VERSIONS) {
            post(
                    "/api/v1/services/register",
                    "{\"service_name\":\"" + service + "\",\"instance_id\":\"" + service + "-" + version
                            + "\",\"host\":\"127.0.0.1\",\"port\":9,\"metadata\":{\"version\":\"" + version + "\"}}");
        }
    }

    Optional<Status> status(String service) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("/api/v1/canaries/" + service);
        Matcher found = STATUS.matcher(answer.body());
        return answer.statusCode() == 404 || !found.find()
                ? Optional.empty()
                : Optional.of(new Status(
                        Long.parseLong(found.group(1)),
                        found.group(2),
                        found.group(3),
                        Integer.parseInt(found.group(4)),
                        Long.parseLong(found.group(5))));
    }

    /** Every revision of the policy, by its number. */
    TreeMap<Long, Revision> revisions(String service) throws IOException, InterruptedException {
        TreeMap<Long, Revision> found = new TreeMap<>();
        String before = "";
        int had = -1;
        while (found.size() > had) {
            had = found.size();
            Matcher revision = REVISION.matcher(send("/api/v1/policies/" + service + "/history?limit=1000" + before)
                    .body());
            while (revision.find()) {
                long number = Long.parseLong(revision.group(1));
                int weight = revision.group(4) == null ? -1 : Integer.parseInt(revision.group(4));
                found.put(number, new Revision(number, Instant.parse(revision.group(2)), revision.group(3), weight));
            }
            if (found.isEmpty()) {
                return found;
            }
            before = "&before=" + found.firstKey();
        }
        return found;
    }

    void ask(String service, String verb, String body) throws IOException, InterruptedException {
        post("/api/v1/canaries/" + service + "/" + verb, body);
    }

    void put(String service, String policy) throws IOException, InterruptedException {
        said(
                "/api/v1/policies/" + service,
                http.send(
                        process.request("/api/v1/policies/" + service)
                                .header("Content-Type", "application/yaml")
                                .PUT(HttpRequest.BodyPublishers.ofString(policy))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
    }

    private void post(String path, String body) throws IOException, InterruptedException {
        said(
                path,
                http.send(
                        process.request(path)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
    }

    /** But for a stream that is about to open, or a rollout that moved just then. */
    private static void said(String path, HttpResponse<String> answer) {
        if (answer.statusCode() >= 400 && answer.statusCode() != 404 && answer.statusCode() != 409) {
            System.out.println(path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return http.send(process.request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws InterruptedException {
        process.kill();
        for (Thread thread : threads) {
            thread.join();
        }
        http.close();
    }
}
