import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes a service's policy all the while it is called, and looks whether each request was decided by one revision.
 *
 * <pre>java bench/Churn.java CONTROL-PLANE TOKEN-FILE ENTRY RATE CHANGES-A-MINUTE SECONDS</pre>
 *
 * Each policy has the answers of ratings marked with its number, and sends its requests to v1 by a rule of its own. A
 * request may be decided by no policy older than the newest that was in force when it was sent, and by none that was not
 * sent yet when its answer came; the mesh's record of it must name the revision that marked the answer. The loop of
 * requests is open. Prints what was found; exits with 1 if anything was wrong.
 */
final class Churn {

    private static final String HEADER = "x-policy-number";
    private static final Pattern LINE = Pattern.compile("\"id\":\"(churn-\\d+)\".*?\"policyRevision\":(\\d+)");
    private static final int AT_ONCE = 256;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final URI controlPlane;
    private final String token;
    private final URI entry;
    private final Map<Long, Integer> numberOfRevision = new ConcurrentHashMap<>();
    private final Map<String, Integer> numberOfRequest = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger inForce = new AtomicInteger();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder early = new LongAdder();
    private int changes;
    private long records;
    private long wrongRecords;
    private long worstChangeNanos;

    private Churn(String controlPlane, String tokenFile, String entry) throws IOException {
        this.controlPlane = URI.create(controlPlane);
        this.token = Files.readString(Path.of(tokenFile)).strip();
        this.entry = URI.create(entry);
    }

    public static void main(String[] arguments) throws Exception {
        Churn churn = new Churn(arguments[0], arguments[1], arguments[2]);
        double rate = Double.parseDouble(arguments[3]);
        double changesASecond = Double.parseDouble(arguments[4]) / 60;
        double seconds = Double.parseDouble(arguments[5]);
        churn.change();
        Thread requests = Thread.startVirtualThread(() -> churn.load(rate, seconds));
        churn.changeFor(changesASecond, seconds);
        requests.join();
        churn.readRecords();
        churn.report();
        System.exit(churn.isWell() ? 0 : 1);
    }

    private void load(double rate, double seconds) {
        Semaphore room = new Semaphore(AT_ONCE);
        long begin = System.nanoTime();
        for (int i = 0; i < rate * seconds; i++) {
            LockSupport.parkNanos(begin + (long) (i * 1e9 / rate) - System.nanoTime());
            room.acquireUninterruptibly();
            String id = "churn-" + i;
            Thread.startVirtualThread(() -> {
                try {
                    ask(id);
                } finally {
                    room.release();
                }
            });
        }
        room.acquireUninterruptibly(AT_ONCE);
    }

    private void ask(String id) {
        int least = inForce.get();
        HttpRequest request = HttpRequest.newBuilder(entry.resolve("/ratings?items=tea"))
                .header("x-target-service", "ratings")
                .header("x-request-id", id)
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            int number = Integer.parseInt(answer.headers().firstValue(HEADER).orElse("-1"));
            answered.increment();
            if (answer.statusCode() != 200 || answer.headers().allValues(HEADER).size() != 1) {
                failed.increment();
            } else if (number < least) {
                stale.increment();
            } else if (number > sent.get()) {
                early.increment();
            }
            numberOfRequest.put(id, number);
        } catch (IOException e) {
            failed.increment();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void changeFor(double aSecond, double seconds) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < aSecond * seconds; i++) {
            LockSupport.parkNanos(begin + (long) (i * 1e9 / aSecond) - System.nanoTime());
            change();
            if (i % (int) Math.max(1, aSecond) == 0) {
                readRecords();
            }
        }
    }

    private void change() throws IOException, InterruptedException {
        int number = sent.incrementAndGet();
        String policy = """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: ratings
            retry: { maxAttempts: 3, retryOn: [5xx, connect-failure, reset] }
            rules:
              - match: { pathPrefix: /ratings }
                to: v1
                responseHeaders: { set: { %s: "%d" } }
            """.formatted(HEADER, number);
        HttpRequest request = api("/api/v1/policies/ratings")
                .header("Content-Type", "application/yaml")
                .PUT(HttpRequest.BodyPublishers.ofString(policy))
                .build();
        long began = System.nanoTime();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        worstChangeNanos = Math.max(worstChangeNanos, System.nanoTime() - began);
        if (answer.statusCode() != 200) {
            throw new IOException("a policy was refused: " + answer.statusCode() + " " + answer.body());
        }
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        numberOfRevision.put(Long.parseLong(tag.replace("\"", "")), number);
        inForce.set(number);
        changes++;
    }

    /** Those that the mesh has kept of its newest requests; each is looked at once. */
    private void readRecords() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                api("/api/v1/requests?service=ratings&limit=5000").build(), HttpResponse.BodyHandlers.ofString());
        for (String line : answer.body().split("(?=\\{\"id\")")) {
            Matcher found = LINE.matcher(line);
            Integer number = found.find() ? numberOfRequest.remove(found.group(1)) : null;
            if (number != null) {
                records++;
                if (!number.equals(numberOfRevision.get(Long.parseLong(found.group(2))))) {
                    wrongRecords++;
                }
            }
        }
    }

    private HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(controlPlane.resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(10));
    }

    private boolean isWell() {
        return failed.sum() + stale.sum() + early.sum() + wrongRecords == 0 && records > 0;
    }

    private void report() {
        System.out.printf(
                "changes %d (slowest %.0f ms), requests %d, failed %d, decided by an older policy %d, by a later one"
                        + " %d; records looked at %d, of another revision %d%n",
                changes,
                worstChangeNanos / 1e6,
                answered.sum(),
                failed.sum(),
                stale.sum(),
                early.sum(),
                records,
                wrongRecords);
    }
}
