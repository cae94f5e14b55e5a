import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Kills the process of a store at random points while it writes, and looks what is left.
 *
 * <pre>java -cp CLASSES Main FOLDER KILLS SEED ERRORS</pre>
 *
 * One kill in five falls into the start. After one in four the page that was under way is torn. Each start tells what there is
 * of the writes of the last two runs, the last start all: a write that was acknowledged must be there and whole, and the page
 * of each thread must name the last write of that thread that is there, since both were one transaction. Prints what was
 * found; exits with 1 if anything was wrong.
 */
final class Main {

    private static final int LONGEST_RUN_MILLIS = 300;
    private static final int LONGEST_START_MILLIS = 600;
    private static final int ONE_START_IN = 5;
    private static final int ONE_TORN_IN = 4;
    private static final int UNDER_WAY = 10;

    /** The status of a process that SIGKILL ended; one that could not start ended by itself. */
    private static final int KILLED = 137;

    private final Path folder;
    private final Path errors;
    private final Random random;
    private final NavigableSet<Long> acknowledged = new TreeSet<>();
    private long next = 1;
    private long before = 1;
    private long previous = 1;
    private int duringStart;
    private int torn;
    private int unopened;
    private long full;
    private long lost;
    private long spoilt;
    private long halves;
    private long failed;

    private Main(Path folder, long seed, Path errors) {
        this.folder = folder;
        this.errors = errors;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        Main main = new Main(Path.of(arguments[0]), Long.parseLong(arguments[2]), Path.of(arguments[3]));
        System.exit(main.run(Integer.parseInt(arguments[1])) ? 0 : 1);
    }

    private boolean run(int kills) throws Exception {
        long began = System.nanoTime();
        for (int kill = 1; kill <= kills; kill++) {
            Process process = launch(before, true);
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            boolean starting = random.nextInt(ONE_START_IN) == 0;
            if (starting) {
                duringStart++;
                killLater(process, random.nextInt(LONGEST_START_MILLIS)).join();
                listen(out);
            } else if (look(out, before)) {
                Thread killer = killLater(process, random.nextInt(LONGEST_RUN_MILLIS));
                listen(out);
                killer.join();
            } else {
                unopened++;
                process.toHandle().destroyForcibly();
            }
            int status = process.waitFor();
            unopened += starting && status != KILLED ? 1 : 0;
            before = previous;
            previous = next;
            torn += random.nextInt(ONE_TORN_IN) == 0 && TornPage.in(folder.resolve("store.db-wal"), random) ? 1 : 0;
            if (kill % 100 == 0) {
                System.out.printf("%d kills, %d acknowledged%n", kill, acknowledged.size());
            }
        }
        Process last = launch(1, false);
        unopened += look(last.inputReader(StandardCharsets.UTF_8), 1) ? 0 : 1;
        last.waitFor();
        System.out.printf(
                "%d kills with SIGKILL (%d during the start), %d of them with a torn page, in %d s%n",
                kills, duringStart, torn, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        System.out.printf(
                "%d writes acknowledged, %d found no room; %d KiB%n",
                acknowledged.size(), full, Files.size(folder.resolve("store.db")) / 1024);
        System.out.printf(
                "lost: %d   spoilt: %d   written in part: %d   failed: %d   starts that failed: %d%n",
                lost, spoilt, halves, failed, unopened);
        return lost + spoilt + halves + failed + unopened == 0 && !acknowledged.isEmpty();
    }

    private Process launch(long tellFrom, boolean write) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx200m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "Writer",
                        folder.toString(),
                        "" + next,
                        "" + tellFrom,
                        "" + write)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
    }

    private static Thread killLater(Process process, int millis) {
        return Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.toHandle().destroyForcibly();
        });
    }

    /** Takes what was acknowledged until the process is gone; a line that was cut off counts for nothing. */
    private void listen(BufferedReader out) throws IOException {
        String said = out.readAllAsString();
        for (String line : said.substring(0, said.lastIndexOf('\n') + 1).split("\n")) {
            String[] words = line.split(" ", 3);
            switch (words[0]) {
                case "ok" -> acknowledged.add(Long.parseLong(words[1]));
                case "full" -> full++;
                case "failed" -> {
                    failed++;
                    System.out.println(line);
                    continue;
                }
                default -> {
                    continue;
                }
            }
            next = Math.max(next, Long.parseLong(words[1]) + 1);
        }
        next += UNDER_WAY;
    }

    /** @return whether the store opened */
    private boolean look(BufferedReader out, long from) throws IOException {
        NavigableSet<Long> kept = new TreeSet<>();
        Map<String, Long> pages = new HashMap<>();
        List<Long> broken = new ArrayList<>();
        String line = out.readLine();
        for (; line != null && !line.equals("open"); line = out.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "kept" -> kept.add(Long.parseLong(words[1]));
                case "spoilt" -> broken.add(Long.parseLong(words[1]));
                case "page" -> pages.put(words[1], Long.parseLong(words[2]));
                default -> throw new IllegalStateException(line);
            }
        }
        if (line == null) {
            return false;
        }
        List<Long> missing = acknowledged.tailSet(from).stream()
                .filter(number -> !kept.contains(number))
                .toList();
        List<Map.Entry<String, Long>> halfWritten = pages.entrySet().stream()
                .filter(page -> page.getValue() >= from && !kept.contains(page.getValue()))
                .toList();
        lost += missing.size();
        spoilt += broken.size();
        halves += halfWritten.size();
        if (!missing.isEmpty() || !broken.isEmpty() || !halfWritten.isEmpty()) {
            System.out.println("lost " + missing + ", spoilt " + broken + ", page without its write " + halfWritten);
        }
        return true;
    }
}
