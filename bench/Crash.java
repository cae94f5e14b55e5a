import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kills a control plane at random points while its policies are written, and looks what is left.
 *
 * <pre>java bench/Crash.java FOLDER KILLS SEED COMMAND...</pre>
 *
 * Four writers, two to a service, put policies in force with {@code If-Match}; each write carries a number of its own as
 * its reason. One kill in five falls into the start. After each restart every revision that was acknowledged must carry
 * the number that it was acknowledged for, revisions must have no gap, each must stand in the audit log, and a number
 * that was refused must stand nowhere. Prints what was found; exits with 1 if anything was wrong.
 */
final class Crash {

    private static final List<String> SERVICES = List.of("crash-a", "crash-b");
    private static final int WRITERS = 4;
    private static final int LONGEST_RUN_MILLIS = 1_500;
    private static final int LONGEST_START_MILLIS = 900;
    private static final int ONE_START_IN = 5;
    private static final int PAGE = 1_000;
    private static final Pattern REVISION =
            Pattern.compile("\"revision\":(\\d+),\"at\":\"[^\"]*\",\"by\":\"crash\"," + "\"reason\":\"(\\d+)\"");
    private static final Pattern AUDIT = Pattern.compile("\"sequence\":(\\d+),\"at\":\"[^\"]*\",\"by\":\"crash\","
            + "\"reason\":\"(\\d+)\",\"kind\":\"policy\",\"subject\":\"([^\"]*)\",\"revision\":(\\d+)");

    private final Path folder;
    private final List<String> command;
    private final Random random;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, ConcurrentSkipListMap<Long, Long>> acknowledged = new ConcurrentHashMap<>();
    private final Map<Long, Boolean> refused = new ConcurrentHashMap<>();
    private final LongAdder conflicts = new LongAdder();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final List<Long> startMillis = new ArrayList<>();
    private long lost;
    private long gaps;
    private long unaudited;
    private long ghosts;
    private int unopened;
    private int duringStart;

    private Crash(Path folder, long seed, List<String> command) {
        this.folder = folder;
        this.command = command;
        this.random = new Random(seed);
        SERVICES.forEach(service -> acknowledged.put(service, new ConcurrentSkipListMap<>()));
    }

    public static void main(String[] arguments) throws Exception {
        Crash crash = new Crash(
                Path.of(arguments[0]),
                Long.parseLong(arguments[2]),
                Arrays.asList(arguments).subList(3, arguments.length));
        System.exit(crash.run(Integer.parseInt(arguments[1])) ? 0 : 1);
    }

    private boolean run(int kills) throws Exception {
        long began = System.nanoTime();
        for (int kill = 1; kill <= kills; kill++) {
            if (random.nextInt(ONE_START_IN) == 0) {
                KilledPlane starting = KilledPlane.launch(folder, command);
                Thread.sleep(random.nextInt(LONGEST_START_MILLIS));
                starting.kill();
                duringStart++;
            } else {
                try (Plane plane = start()) {
                    look(plane, PAGE);
                    write(plane);
                } catch (IllegalStateException e) {
                    unopened++;
                    System.out.println(e.getMessage());
                }
            }
            if (kill % 10 == 0) {
                System.out.printf("%d kills, %d acknowledged%n", kill, count());
            }
        }
        long revisions;
        try (Plane plane = start()) {
            revisions = look(plane, Integer.MAX_VALUE);
        }
        startMillis.sort(null);
        System.out.printf(
                "%d kills with SIGKILL (%d during the start) in %d s; a start takes %d ms in the median, %d ms at"
                        + " most%n",
                kills,
                duringStart,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                startMillis.get(startMillis.size() / 2),
                startMillis.getLast());
        System.out.printf(
                "%d writes acknowledged, %d refused as stale, %d cut off; %d revisions in the store of %d KiB%n",
                count(), conflicts.sum(), unanswered.get(), revisions, size() / 1024);
        System.out.printf(
                "lost: %d   gaps: %d   not in the audit log: %d   refused but written: %d   starts that failed: %d%n",
                lost, gaps, unaudited, ghosts, unopened);
        return lost + gaps + unaudited + ghosts + unopened == 0;
    }

    /** Writes until the process is killed under the writers. */
    private void write(Plane plane) throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String service = SERVICES.get(i % SERVICES.size());
            writers.add(Thread.ofPlatform().start(() -> writeOn(plane, service)));
        }
        Thread.sleep(random.nextInt(LONGEST_RUN_MILLIS));
        plane.process.kill();
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private void writeOn(Plane plane, String service) {
        long seen = 0;
        try {
            while (true) {
                long number = numbers.incrementAndGet();
                unanswered.incrementAndGet();
                HttpResponse<String> answer = plane.put(service, seen, number);
                switch (answer.statusCode()) {
                    case 200 -> {
                        seen = revision(answer);
                        acknowledged.get(service).put(seen, number);
                    }
                    case 412 -> {
                        seen = revision(answer);
                        refused.put(number, true);
                        conflicts.increment();
                    }
                    default -> throw new IllegalStateException(answer.statusCode() + " " + answer.body());
                }
                unanswered.decrementAndGet();
            }
        } catch (IOException e) {
            // the process is gone: nobody knows what became of this write
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how many revisions there are, of the newest of each service */
    private long look(Plane plane, int newest) throws IOException, InterruptedException {
        long sum = 0;
        Map<String, Long> audited = plane.audit(newest);
        for (String service : SERVICES) {
            Map<Long, Long> kept = plane.revisions(service, newest);
            sum += kept.size();
            boolean all = newest == Integer.MAX_VALUE;
            long oldest = all || kept.isEmpty() ? 1 : kept.keySet().iterator().next();
            for (Map.Entry<Long, Long> written :
                    acknowledged.get(service).tailMap(oldest).entrySet()) {
                if (!written.getValue().equals(kept.get(written.getKey()))) {
                    lost++;
                    System.out.println(
                            "lost: " + service + " revision " + written + ", there is " + kept.get(written.getKey()));
                }
            }
            long next = oldest;
            for (Map.Entry<Long, Long> revision : kept.entrySet()) {
                gaps += revision.getKey() == next ? 0 : 1;
                next = revision.getKey() + 1;
                ghosts += refused.containsKey(revision.getValue()) ? 1 : 0;
            }
            if (all) {
                for (Map.Entry<Long, Long> revision : kept.entrySet()) {
                    boolean there = revision.getValue().equals(audited.get(service + " " + revision.getKey()));
                    unaudited += there ? 0 : 1;
                }
            }
        }
        return sum;
    }

    private Plane start() throws IOException {
        long began = System.nanoTime();
        KilledPlane started = KilledPlane.launch(folder, command).ready();
        startMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        return new Plane(started);
    }

    private static long revision(HttpResponse<String> answer) {
        return Long.parseLong(answer.headers().firstValue("ETag").orElseThrow().replace("\"", ""));
    }

    private long count() {
        return acknowledged.values().stream().mapToLong(Map::size).sum();
    }

    private long size() throws IOException {
        return Files.size(folder.resolve("data").resolve("store.db"));
    }

    /** One control plane that runs. */
    private static final class Plane implements AutoCloseable {

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final KilledPlane process;

        Plane(KilledPlane process) {
            this.process = process;
        }

        HttpResponse<String> put(String service, long seen, long number) throws IOException, InterruptedException {
            String policy = "{\"apiVersion\":\"signalbox.io/v1\",\"kind\":\"TrafficPolicy\",\"service\":\"" + service
                    + "\",\"timeout\":\"" + (1 + number % 59) + "s\"}";
            return http.send(
                    process.request("/api/v1/policies/" + service + "?by=crash&reason=" + number)
                            .header("Content-Type", "application/json")
                            .header("If-Match", "\"" + seen + "\"")
                            .PUT(HttpRequest.BodyPublishers.ofString(policy))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        /** The newest revisions of a service and their numbers, the oldest first. */
        Map<Long, Long> revisions(String service, int newest) throws IOException, InterruptedException {
            Map<Long, Long> found = new TreeMap<>();
            String before = "";
            while (found.size() < newest) {
                String page = get("/api/v1/policies/" + service + "/history?limit=" + PAGE + before);
                int had = found.size();
                Matcher revision = REVISION.matcher(page);
                while (revision.find()) {
                    found.put(Long.parseLong(revision.group(1)), Long.parseLong(revision.group(2)));
                }
                if (found.size() - had < PAGE) {
                    break;
                }
                before = "&before=" + found.keySet().iterator().next();
            }
            return found;
        }

        /** The numbers of changes by service and revision. */
        Map<String, Long> audit(int newest) throws IOException, InterruptedException {
            Map<String, Long> found = new ConcurrentHashMap<>();
            String before = "";
            while (found.size() < newest) {
                Matcher entry = AUDIT.matcher(get("/api/v1/audit?limit=" + PAGE + before));
                int had = found.size();
                while (entry.find()) {
                    found.put(entry.group(3) + " " + entry.group(4), Long.parseLong(entry.group(2)));
                    before = "&before=" + entry.group(1);
                }
                if (found.size() - had < PAGE) {
                    break;
                }
            }
            return found;
        }

        @Override
        public void close() throws InterruptedException {
            process.kill();
            http.shutdownNow();
        }

        private String get(String path) throws IOException, InterruptedException {
            HttpResponse<String> answer =
                    http.send(process.request(path).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 404) {
                return "";
            }
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        }
    }
}
