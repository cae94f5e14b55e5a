import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kills a control plane at random points in the middle of rollouts, and looks what is left.
 *
 * <pre>java bench/RolloutCrash.java FOLDER KILLS SEED COMMAND...</pre>
 *
 * A sidecar that is made up attaches, tells of calls to both versions that all succeed, and reads which weight it is told.
 * Steps are of two percent and follow each other every second or so; now and then somebody pauses and resumes. After each
 * restart: the steps of each rollout stand in the policy's history once each, in order and without a gap, with their
 * weight; revisions have no gap; the rollout stands at the weight and the revision that the policy has; and nothing that a
 * sidecar was told is missing. Prints what was found; exits with 1 if anything was wrong, or if fewer steps were taken
 * than half the kills, which would prove little.
 */
final class RolloutCrash {

    private static final String SERVICE = "crash";
    private static final int STEP = 2;
    private static final int LONGEST_RUN_MILLIS = 3_000;
    private static final int LONGEST_START_MILLIS = 900;
    private static final int ONE_START_IN = 8;
    private static final int TELL_MILLIS = 100;
    private static final int CALLS = 1_000;
    private static final Pattern REVISION = Pattern.compile(
            "\"revision\":(\\d+),\"at\":\"[^\"]*\",\"by\":\"[^\"]*\",\"reason\":\"((?:[^\"\\\\]|\\\\.)*)\","
                    + "\"change\":\"[^\"]*\"(?:,\"candidateWeight\":(\\d+))?,\"policy\"");
    private static final Pattern TAKEN = Pattern.compile("rollout (\\d+), step (\\d+) of (\\d+): .*");
    private static final Pattern BEGUN = Pattern.compile("rollout (\\d+) begins.*");
    private static final Pattern STATUS =
            Pattern.compile("\"number\":(\\d+),\"stable\":\"[^\"]*\",\"candidate\":\"([^\"]*)\",\"phase\":\"([^\"]*)\","
                    + "\"weight\":(\\d+).*?\"revision\":(\\d+),\"verdict\"");
    private static final Pattern TOLD =
            Pattern.compile("\"policyRevision\":(\\d+)(?:(?!\"policyRevision\").)*?\"candidateWeight\":(\\d+)");

    private final Path folder;
    private final List<String> command;
    private final Random random;
    private final Map<Long, Integer> told = new TreeMap<>();
    private long wrong;
    private int steps;
    private int ended;
    private int pauses;
    private int duringStart;
    private int unopened;

    private RolloutCrash(Path folder, long seed, List<String> command) {
        this.folder = folder;
        this.command = command;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        RolloutCrash crash = new RolloutCrash(
                Path.of(arguments[0]),
                Long.parseLong(arguments[2]),
                Arrays.asList(arguments).subList(3, arguments.length));
        System.exit(crash.run(Integer.parseInt(arguments[1]), arguments[2]) ? 0 : 1);
    }

    private boolean run(int kills, String seed) throws Exception {
        long began = System.nanoTime();
        for (int kill = 1; kill <= kills; kill++) {
            if (random.nextInt(ONE_START_IN) == 0) {
                KilledPlane starting = KilledPlane.launch(folder, command);
                Thread.sleep(random.nextInt(LONGEST_START_MILLIS));
                starting.kill();
                duringStart++;
                continue;
            }
            try (Plane plane = start()) {
                look(plane);
                drive(plane);
                Thread.sleep(500 + random.nextInt(LONGEST_RUN_MILLIS));
            } catch (IllegalStateException e) {
                unopened++;
                System.out.println(e.getMessage());
            }
            if (kill % 10 == 0) {
                System.out.printf("%d kills, %d steps, %d rollouts ended%n", kill, steps, ended);
            }
        }
        try (Plane plane = start()) {
            look(plane);
        }
        System.out.printf(
                "%d kills with SIGKILL (%d during the start) in %d s, seed %s; %d steps, %d rollouts ended, %d paused"
                        + " and resumed, %d weights told%n",
                kills,
                duringStart,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                seed,
                steps,
                ended,
                pauses,
                told.size());
        System.out.printf("wrong: %d   starts that failed: %d%n", wrong, unopened);
        boolean enough = steps >= kills / 2;
        if (!enough) {
            System.out.println("too few steps to prove anything");
        }
        return wrong + unopened == 0 && enough;
    }

    /** Lets both versions be there, attaches the sidecar, and sees to it that a rollout is under way. */
    private void drive(Plane plane) throws IOException, InterruptedException {
        for (String version : List.of("v1", "v2")) {
            plane.post(
                    "/api/v1/services/register",
                    "{\"service_name\":\"" + SERVICE + "\",\"instance_id\":\"" + SERVICE + "-" + version
                            + "\",\"host\":\"127.0.0.1\",\"port\":9,\"metadata\":{\"version\":\"" + version + "\"}}");
        }
        plane.attach(told);
        Status status = plane.status();
        if (status == null || status.over()) {
            boolean forth = status == null || !status.candidate.equals("v2") || status.phase.equals("rolled-back");
            plane.post(
                    path("start"),
                    "{\"candidate\":\"" + (forth ? "v2" : "v1") + "\",\"stable\":\"" + (forth ? "v1" : "v2")
                            + "\",\"initialWeight\":" + STEP + ",\"incrementStep\":" + STEP
                            + ",\"incrementDelay\":\"1s\",\"by\":\"crash\"}");
        } else if (status.phase.equals("paused")) {
            plane.post(path("resume"), "{\"by\":\"crash\"}");
        } else if (random.nextInt(4) == 0) {
            plane.post(path("pause"), "{\"by\":\"crash\"}");
            plane.post(path("resume"), "{\"by\":\"crash\"}");
            pauses++;
        }
    }

    private static String path(String verb) {
        return "/api/v1/canaries/" + SERVICE + "/" + verb;
    }

    private void look(Plane plane) throws IOException, InterruptedException {
        Status status = plane.status();
        if (status == null) {
            return;
        }
        TreeMap<Long, Revision> revisions = plane.revisions();
        long next = 1;
        Map<Long, Integer> at = new TreeMap<>();
        int taken = 0;
        for (Revision revision : revisions.values()) {
            if (revision.number != next++) {
                wrong("revision " + revision.number + " after " + (next - 2));
            }
            Matcher begun = BEGUN.matcher(revision.reason);
            Matcher step = TAKEN.matcher(revision.reason);
            if (begun.matches()) {
                Integer twice = at.put(Long.parseLong(begun.group(1)), 1);
                if (twice != null) {
                    wrong("rollout " + begun.group(1) + " began twice");
                }
            } else if (step.matches()) {
                taken++;
                long rollout = Long.parseLong(step.group(1));
                int number = Integer.parseInt(step.group(2));
                Integer before = at.put(rollout, number);
                if (before == null || number != before + 1 || revision.weight != number * STEP) {
                    wrong("rollout " + rollout + ": step " + number + " at " + revision.weight + " % after step "
                            + before);
                }
            }
        }
        steps = taken;
        ended = (int) (status.number - (status.over() ? 0 : 1));
        Revision newest = revisions.lastEntry().getValue();
        if (status.revision != newest.number) {
            wrong("the rollout is at revision " + status.revision + ", the policy at " + newest.number);
        }
        if (!status.over() && status.weight != newest.weight) {
            wrong("the rollout is at " + status.weight + " %, the policy at " + newest.weight + " %");
        }
        synchronized (told) {
            told.forEach((revision, weight) -> {
                Revision kept = revisions.get(revision);
                if (kept == null || kept.weight != weight) {
                    wrong("a sidecar was told " + weight + " % of revision " + revision + ", kept is " + kept);
                }
            });
        }
    }

    private void wrong(String what) {
        wrong++;
        System.out.println("wrong: " + what);
    }

    private Plane start() throws IOException {
        return new Plane(KilledPlane.launch(folder, command).ready());
    }

    /** @param weight of the candidate; -1 when the policy has none */
    private record Revision(long number, String reason, int weight) {}

    private record Status(long number, String candidate, String phase, int weight, long revision) {
        boolean over() {
            return List.of("promoted", "rolled-back", "failed", "withdrawn").contains(phase);
        }
    }

    /** One control plane that runs. */
    private static final class Plane implements AutoCloseable {

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final KilledPlane process;
        private final List<Thread> threads = new ArrayList<>();

        Plane(KilledPlane process) {
            this.process = process;
        }

        /** Follows what the sidecar is told, and tells of calls, until the process is gone. */
        void attach(Map<Long, Integer> told) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    HttpResponse<InputStream> stream = http.send(
                            process.request("/api/v1/sidecars/config?service=caller&instance=caller-1&kind=client")
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        Matcher weight = TOLD.matcher(line);
                        while (line.startsWith("data:") && weight.find()) {
                            synchronized (told) {
                                told.put(Long.parseLong(weight.group(1)), Integer.parseInt(weight.group(2)));
                            }
                        }
                    }
                } catch (IOException e) {
                    // the process is gone
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        post(
                                "/api/v1/sidecars/telemetry",
                                "{\"service\":\"caller\",\"instance\":\"caller-1\",\"circuits\":[],\"edges\":["
                                        + edge("v1") + "," + edge("v2") + "]}");
                        Thread.sleep(TELL_MILLIS);
                    }
                } catch (IOException e) {
                    // the process is gone
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }

        private static String edge(String version) {
            return "{\"destination\":\"" + SERVICE + "\",\"version\":\"" + version + "\",\"endpoint\":\"" + SERVICE
                    + "-"
                    + version
                    + "\",\"protocol\":\"http\",\"channel\":\"plain\",\"ended\":[{\"code\":200,\"by\":\"upstream\","
                    + "\"count\":" + CALLS + "}],\"retries\":{},\"splitDraws\":" + CALLS + ",\"latency\":[1000000,"
                    + CALLS
                    + "],\"inFlight\":0,\"maxInFlight\":1}";
        }

        Status status() throws IOException, InterruptedException {
            HttpResponse<String> answer = send("/api/v1/canaries/" + SERVICE);
            Matcher found = STATUS.matcher(answer.body());
            if (answer.statusCode() == 404 || !found.find()) {
                return null;
            }
            return new Status(
                    Long.parseLong(found.group(1)),
                    found.group(2),
                    found.group(3),
                    Integer.parseInt(found.group(4)),
                    Long.parseLong(found.group(5)));
        }

        /** Every revision of the policy, the oldest first. */
        TreeMap<Long, Revision> revisions() throws IOException, InterruptedException {
            TreeMap<Long, Revision> found = new TreeMap<>();
            String before = "";
            int had = -1;
            while (found.size() > had) {
                had = found.size();
                Matcher revision = REVISION.matcher(send("/api/v1/policies/" + SERVICE + "/history?limit=1000" + before)
                        .body());
                while (revision.find()) {
                    long number = Long.parseLong(revision.group(1));
                    int weight = revision.group(3) == null ? -1 : Integer.parseInt(revision.group(3));
                    found.put(number, new Revision(number, revision.group(2), weight));
                }
                if (found.isEmpty()) {
                    return found;
                }
                before = "&before=" + found.firstKey();
            }
            return found;
        }

        HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
            HttpResponse<String> answer = http.send(
                    process.request(path)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            // a stream that is about to open, or a rollout that moved just then
            if (answer.statusCode() >= 400 && answer.statusCode() != 404 && answer.statusCode() != 409) {
                System.out.println(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer;
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
}
