import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Kills a control plane at random points in the middle of rollouts, and looks what is left.
 *
 * <pre>java bench/RolloutCrash.java FOLDER KILLS SEED COMMAND...</pre>
 *
 * One rollout of each {@link CrashKind} goes on at once. A sidecar that is made up attaches, tells of calls to both versions of
 * each service, and reads which weights it is told; webhooks answer, refuse now and then, or take their time; now and then somebody
 * pauses and resumes. After each restart: steps and stages stand in the policy's history once each, in order and without a gap, with
 * their weights; each promotion once, after the last step; revisions have no gap; each rollout stands at the weight and the revision
 * that its policy has, and goes on or has ended well; nothing that a sidecar was told is missing; and every webhook of a step that was
 * taken had agreed before, asked by one key for one question. Prints what was found; exits with 1 if anything was wrong, or if too
 * little happened to prove anything: fewer steps than half the kills, a kind none of whose rollouts came to its end, or, in 20 kills
 * and more, no question whose answer was lost.
 */
final class RolloutCrash {

    private static final int LONGEST_RUN_MILLIS = 5_000;
    private static final int LONGEST_START_MILLIS = 900;
    private static final int ONE_START_IN = 8;
    private static final int ENOUGH_KILLS = 20;
    private static final int PATIENCE_SECONDS = 30;

    private final Path folder;
    private final List<String> command;
    private final Random random;
    private final CrashHooks hooks;
    private final Map<CrashedPlane.Told, Integer> told = new TreeMap<>();
    private final Map<CrashKind, CrashTrail> trails = new EnumMap<>(CrashKind.class);
    private long wrong;
    private int pauses;
    private int duringStart;
    private int unopened;

    private RolloutCrash(Path folder, long seed, List<String> command) throws IOException {
        this.folder = folder;
        this.command = command;
        this.random = new Random(seed);
        hooks = new CrashHooks(random.nextLong());
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
                KilledPlane starting = launch();
                Thread.sleep(random.nextInt(LONGEST_START_MILLIS));
                starting.kill();
                duringStart++;
                continue;
            }
            try (CrashedPlane plane = start()) {
                look(plane);
                drive(plane);
                Thread.sleep(500 + random.nextInt(LONGEST_RUN_MILLIS));
            } catch (IllegalStateException e) {
                unopened++;
                System.out.println(e.getMessage());
            }
            if (kill % 10 == 0) {
                System.out.printf("%d kills, %d steps, %d rollouts ended%n", kill, steps(), ended());
            }
        }
        try (CrashedPlane plane = start()) {
            look(plane);
            notices(plane);
        }
        System.out.printf(
                "%d kills with SIGKILL (%d during the start) in %d s, seed %s; %d steps and stages, %d rollouts ended"
                        + " (%s), %d paused and resumed, %d weights told%n%s%n",
                kills,
                duringStart,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                seed,
                steps(),
                ended(),
                trails.entrySet().stream()
                        .map(its -> its.getKey().service() + " "
                                + its.getValue().ended().size())
                        .reduce((one, other) -> one + ", " + other)
                        .orElse("none"),
                pauses,
                told.size(),
                hooks.figures());
        System.out.printf("wrong: %d   starts that failed: %d%n", wrong, unopened);
        return enough(kills) && wrong + unopened == 0;
    }

    private boolean enough(int kills) {
        boolean each = kills < ENOUGH_KILLS
                || (trails.values().stream().noneMatch(trail -> trail.ended().isEmpty()) && hooks.agreedAgain() > 0);
        boolean enough = each && steps() >= kills / 2;
        if (!enough) {
            System.out.println("too little happened to prove anything");
        }
        return enough;
    }

    private int steps() {
        return trails.values().stream().mapToInt(CrashTrail::steps).sum();
    }

    private int ended() {
        return trails.values().stream().mapToInt(trail -> trail.ended().size()).sum();
    }

    /** Lets both versions be there, attaches the sidecar, and sees to it that a rollout of each kind is under way. */
    private void drive(CrashedPlane plane) throws IOException, InterruptedException {
        for (CrashKind kind : CrashKind.values()) {
            plane.register(kind.service());
        }
        plane.attach(told);
        for (CrashKind kind : CrashKind.values()) {
            drive(plane, kind);
        }
    }

    private void drive(CrashedPlane plane, CrashKind kind) throws IOException, InterruptedException {
        String service = kind.service();
        Optional<CrashedPlane.Status> status = plane.status(service);
        if (status.filter(its -> !its.isOver()).isEmpty()) {
            boolean back = status.filter(its -> its.candidate().equals("v2")).isPresent();
            String stable = back ? "v2" : "v1";
            String candidate = back ? "v1" : "v2";
            String policy = kind.policy(stable, candidate, hooks.address());
            if (!policy.isEmpty()) {
                plane.put(service, policy);
            }
            plane.ask(service, "start", kind.start(stable, candidate));
        } else if (status.get().phase().equals("paused")) {
            if (!kind.isPaused()) {
                wrong(service + " is paused, which nobody asked for");
            }
            plane.ask(service, "resume", "{\"by\":\"crash\"}");
        } else if (kind.isPaused() && random.nextInt(4) == 0) {
            plane.ask(service, "pause", "{\"by\":\"crash\"}");
            plane.ask(service, "resume", "{\"by\":\"crash\"}");
            pauses++;
        }
    }

    private void look(CrashedPlane plane) throws IOException, InterruptedException {
        for (CrashKind kind : CrashKind.values()) {
            look(plane, kind);
        }
    }

    private void look(CrashedPlane plane, CrashKind kind) throws IOException, InterruptedException {
        String service = kind.service();
        Optional<CrashedPlane.Status> before;
        Optional<CrashedPlane.Status> status;
        TreeMap<Long, CrashedPlane.Revision> revisions;
        do {
            // webhooks may move it meanwhile
            before = plane.status(service);
            revisions = plane.revisions(service);
            status = plane.status(service);
        } while (!before.equals(status));
        trails.put(kind, new CrashTrail(kind, hooks, this::wrong).read(revisions.values()));
        if (status.isPresent()) {
            stands(service, status.get(), revisions.lastEntry());
        }
        Map<Long, CrashedPlane.Revision> kept = revisions;
        synchronized (told) {
            told.forEach((what, weight) -> {
                CrashedPlane.Revision its = kept.get(what.revision());
                if (what.service().equals(service) && (its == null || its.weight() != weight)) {
                    wrong("a sidecar was told " + weight + " % of " + what + ", kept is " + its);
                }
            });
        }
    }

    private void stands(String service, CrashedPlane.Status status, Map.Entry<Long, CrashedPlane.Revision> newest) {
        if (status.isOver()) {
            if (!status.isGood()) {
                wrong(service + " has ended as " + status);
            }
            return;
        }
        if (newest == null || status.revision() != newest.getKey()) {
            wrong(service + " stands at " + status + ", the policy at " + newest);
        } else if (newest.getValue().weight() >= 0
                && status.weight() != newest.getValue().weight()) {
            wrong(service + " stands at " + status + ", the policy at " + newest);
        }
    }

    /** What is told of ends comes after them, so it is waited for; and keys are counted. */
    private void notices(CrashedPlane plane) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (trails.values().stream().anyMatch(CrashTrail::lacksNotices) && System.nanoTime() < end) {
            Thread.sleep(200);
        }
        if (trails.values().stream().anyMatch(CrashTrail::lacksNotices)) {
            wrong("a webhook was not told of an end");
        }
        if (hooks.wrongKeys() > 0) {
            wrong(hooks.wrongKeys() + " letters with another key than their id");
        }
        look(plane);
    }

    private void wrong(String what) {
        wrong++;
        System.out.println("wrong: " + what);
    }

    private CrashedPlane start() throws IOException {
        return new CrashedPlane(launch().ready());
    }

    private KilledPlane launch() throws IOException {
        return KilledPlane.launch(folder, command, "--webhook-hosts", "127.0.0.1");
    }
}
