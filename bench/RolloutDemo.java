import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the cases of docs/verdict.md once each in a demo that runs already, by its own commands, and looks whether what comes
 * of them is what the simulated ones come to.
 *
 * <pre>java bench/RolloutDemo.java CONTROL-PLANE TOKEN-FILE REQUESTS-A-SECOND CASE COMMAND...</pre>
 *
 * For each case a policy of catalog with faults for either version is put in force, a rollout is started, and followed to
 * its end, or for as long as the case lasts. What both versions got and failed is counted by the sidecars' metrics. CASE is
 * {@code all} or a word in the names of those that are wanted. Exits with 1 if one disagrees.
 */
final class RolloutDemo {

    private static final int FIRST = 30;
    private static final double[] NORMAL = {1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 93, 95, 97, 98, 99, 99.5, 99.9
    };
    private static final double[] DEVIATIONS = {
        -2.3263, -1.6449, -1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.0364, 1.2816, 1.4758, 1.6449,
        1.8808, 2.0537, 2.3263, 2.5758, 3.0902
    };
    private static final double MEDIAN_MILLIS = 100;
    private static final double SPREAD = 0.6;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Pattern STANDING = Pattern.compile("\"phase\":\"([^\"]*)\",\"weight\":(\\d+)");
    private static final Pattern VERDICT = Pattern.compile("\"verdict\":\\{\"kind\":\"([^\"]*)\"");
    private static final Pattern WHY = Pattern.compile("\"why\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SLOWER =
            Pattern.compile("\"name\":\"latency\",\"state\":\"[^\"]*\",\"observed\":([-.\\dE]+)");
    private static final Pattern COUNTED =
            Pattern.compile("signalbox_(requests|retries)_total\\{(.*destination=\"catalog\".*)} ([\\d.E]+)");

    private final URI controlPlane;
    private final String token;
    private final String rate;
    private final List<String> command;
    private final HttpClient http = HttpClient.newHttpClient();

    private RolloutDemo(String controlPlane, String tokenFile, String rate, List<String> command) throws IOException {
        this.controlPlane = URI.create(controlPlane);
        this.token = Files.readString(Path.of(tokenFile)).strip();
        this.rate = rate;
        this.command = command;
    }

    /** What is to come of a case. */
    private enum Expected {
        PROMOTED("promoted"),
        ROLLED_BACK_FOR_FAILURES("rolled back: fails more"),
        ROLLED_BACK_FOR_LATENCY("rolled back: slower"),
        HELD_FOR_THE_ENVIRONMENT("held: environment bad"),
        HELD_FOR_LACK("held: not enough");

        private final String words;

        Expected(String words) {
            this.words = words;
        }
    }

    /**
     * @param stableFails in percent, of the attempts that reach a version
     * @param slowness by which factor the time that the candidate is held back is longer than stable's
     * @param busy whether shoppers come
     * @param longest seconds
     */
    private record Case(
            String name,
            double stableFails,
            double candidateFails,
            double slowness,
            boolean busy,
            int longest,
            Expected expected) {}

    private static final List<Case> CASES = List.of(
            new Case("equal, 0.8 %", 0.8, 0.8, 1, true, 420, Expected.PROMOTED),
            new Case("3 % against 0.8 %", 0.8, 3, 1, true, 180, Expected.ROLLED_BACK_FOR_FAILURES),
            new Case("0.7 % against 0.1 %", 0.1, 0.7, 1, true, 300, Expected.ROLLED_BACK_FOR_FAILURES),
            new Case("both 3 %", 3, 3, 1, true, 120, Expected.HELD_FOR_THE_ENVIRONMENT),
            new Case("no traffic", 0.8, 0.8, 1, false, 45, Expected.HELD_FOR_LACK),
            new Case("p99 + 30 %", 0.8, 0.8, 1.3, true, 240, Expected.ROLLED_BACK_FOR_LATENCY));

    /** Requests of one version that ended, those that were tried again counted each time, and how many of them failed. */
    private record Count(long attempts, long failures) {

        Count since(Count before) {
            return new Count(attempts - before.attempts, failures - before.failures);
        }

        @Override
        public String toString() {
            return attempts == 0
                    ? "0"
                    : String.format(Locale.ROOT, "%d, %.2f %%", attempts, 100.0 * failures / attempts);
        }
    }

    /**
     * How the rollout stood at the end, and on the way.
     *
     * @param slower the candidate's p99 over stable's, less 1, as the verdict saw it; NaN when it did not
     */
    private record Seen(String phase, int highest, Set<String> verdicts, String verdict, double slower, String why) {

        boolean is(Expected expected) {
            return switch (expected) {
                case PROMOTED -> phase.equals("promoted");
                case ROLLED_BACK_FOR_FAILURES -> phase.equals("rolled-back") && why.contains("fails more");
                case ROLLED_BACK_FOR_LATENCY -> phase.equals("rolled-back") && why.contains("slower");
                case HELD_FOR_THE_ENVIRONMENT ->
                    phase.equals("running") && highest == FIRST && verdict.equals("environment-bad");
                case HELD_FOR_LACK ->
                    phase.equals("running") && highest == FIRST && verdicts.equals(Set.of("not-enough"));
            };
        }
    }

    public static void main(String[] arguments) throws Exception {
        RolloutDemo demo = new RolloutDemo(
                arguments[0],
                arguments[1],
                arguments[2],
                Arrays.asList(arguments).subList(4, arguments.length));
        String wanted = arguments[3];
        System.out.println("| Case | Expected | Outcome | Stable: requests, failed | Candidate: requests, failed"
                + " | p99 against stable's | Time | Agrees |\n|---|---|---|---|---|---|---|---|");
        int disagreed = 0;
        for (Case each : CASES) {
            if (wanted.equals("all") || each.name().contains(wanted)) {
                disagreed += demo.run(each) ? 0 : 1;
            }
        }
        System.exit(disagreed == 0 ? 0 : 1);
    }

    private boolean run(Case each) throws Exception {
        must("load", each.busy() ? rate : "0");
        must("apply", "-f", policy(each).toString(), "--reason", each.name());
        Count stable = count("v1");
        Count candidate = count("v2");
        long began = System.nanoTime();
        must("canary", "start", "catalog", "--candidate", "v2", "--reason", each.name());
        Seen seen = follow(each, began);
        double seconds = (System.nanoTime() - began) / 1e9;
        stable = count("v1").since(stable);
        candidate = count("v2").since(candidate);
        if (seen.phase().equals("running")) {
            must("canary", "rollback", "catalog", "--reason", "the time is over");
        }
        boolean agrees = seen.is(each.expected());
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %s | %s at %d %%: %s | %s | %s | %s | %.0f s | %s |",
                each.name(),
                each.expected().words,
                seen.phase(),
                seen.highest(),
                seen.why(),
                stable,
                candidate,
                Double.isNaN(seen.slower()) ? "–" : String.format(Locale.ROOT, "%+.0f %%", 100 * seen.slower()),
                seconds,
                agrees ? "yes" : "NO"));
        return agrees;
    }

    /** Looks once a second while {@code canary watch} waits; what that says of the end must be what is kept of it. */
    private Seen follow(Case each, long began) throws Exception {
        Process watch = start("canary", "watch", "catalog", "--timeout", each.longest() + "s");
        Set<String> verdicts = new TreeSet<>();
        int highest = 0;
        Seen last = null;
        while (last == null || watch.isAlive()) {
            Seen now = look("/api/v1/canaries/catalog", verdicts, highest);
            if (now != null) {
                last = now;
                highest = now.highest();
            }
            Thread.sleep(LOOK);
        }
        int status = watch.waitFor();
        String phase = switch (status) {
            case 0 -> "promoted";
            case 3 -> "rolled-back";
            case 124 -> "running";
            default -> throw new IllegalStateException("canary watch: status " + status);
        };
        if (!phase.equals("running")) {
            last = look("/api/v1/canaries/catalog/history", verdicts, highest);
        }
        if (last == null || !last.phase().equals(phase)) {
            throw new IllegalStateException("canary watch says " + phase + ", the rollout is " + last);
        }
        return last;
    }

    /** How the newest rollout stands; {@code null} when there is none. */
    private Seen look(String path, Set<String> verdicts, int highest) throws IOException, InterruptedException {
        String body = get(path);
        Matcher standing = STANDING.matcher(body);
        if (!standing.find()) {
            return null;
        }
        String rest = body.substring(standing.start());
        String verdict = first(VERDICT, rest);
        if (!verdict.isEmpty()) {
            verdicts.add(verdict);
        }
        String slower = first(SLOWER, rest);
        return new Seen(
                standing.group(1),
                Math.max(highest, Integer.parseInt(standing.group(2))),
                Set.copyOf(verdicts),
                verdict,
                slower.isEmpty() ? Double.NaN : Double.parseDouble(slower),
                first(WHY, rest));
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    private Count count(String version) throws IOException, InterruptedException {
        double requests = 0;
        double failures = 0;
        Matcher line = COUNTED.matcher(get("/metrics"));
        while (line.find()) {
            if (line.group(2).contains("version=\"" + version + "\"")) {
                double counted = Double.parseDouble(line.group(3));
                requests += counted;
                boolean isRetry = line.group(1).equals("retries");
                failures += isRetry || line.group(2).contains("code=\"5") ? counted : 0;
            }
        }
        return new Count(Math.round(requests), Math.round(failures));
    }

    private static Path policy(Case each) throws IOException {
        List<String> faults = new ArrayList<>();
        faults.add(slow("v1", MEDIAN_MILLIS));
        faults.add(slow("v2", MEDIAN_MILLIS * each.slowness()));
        faults.add(fail("v1", each.stableFails()));
        faults.add(fail("v2", each.candidateFails()));
        Path file = Files.createTempFile("catalog", ".yaml");
        file.toFile().deleteOnExit();
        return Files.writeString(file, """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            timeout: 12s
            retry: { maxAttempts: 3, retryOn: [5xx, connect-failure, reset], backoff: { base: 10ms, max: 200ms } }
            stickiness: { header: x-shopper-id }
            canary: { stable: v1, candidate: v2, initialWeight: %d, incrementStep: 35, incrementDelay: 10s }
            faults:
            %s
            """.formatted(FIRST, String.join("\n", faults)));
    }

    private static String fail(String version, double percent) {
        return String.format(
                Locale.ROOT,
                "  - { name: fails-%s, version: %s, share: %s, abort: { status: 503 } }",
                version,
                version,
                percent);
    }

    /** Log-normal times as in the simulation. */
    private static String slow(String version, double medianMillis) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < NORMAL.length; i++) {
            points.add(String.format(
                    Locale.ROOT, "p%s: %.0fus", NORMAL[i], 1_000 * medianMillis * Math.exp(SPREAD * DEVIATIONS[i])));
        }
        return "  - { name: slow-" + version + ", version: " + version + ", delay: { percentiles: { "
                + String.join(", ", points).replace(".0:", ":") + " } } }";
    }

    private void must(String... words) throws IOException, InterruptedException {
        Process process = start(words);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int ended = process.waitFor();
        if (ended != 0) {
            throw new IllegalStateException(String.join(" ", words) + ": status " + ended + "\n" + said);
        }
    }

    private Process start(String... words) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(words));
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(
                        words[1].equals("watch") ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.PIPE)
                .start();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(controlPlane.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
