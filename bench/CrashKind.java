import java.util.List;
import java.util.Locale;

/** A kind of rollout that {@link RolloutCrash} lets go on, each in a service of its own. */
enum CrashKind {
    /** Small steps and nothing else. */
    PLAIN(50, 2, 1, Begins.AT_THE_FIRST_STEP),
    /** A stage by header and one of copies come first. */
    STAGED(5, 20, 2, Begins.BEFORE_THE_FIRST_STEP),
    /** Webhooks are asked around each step, and before the promotion. */
    HOOKED(5, 20, 1, Begins.BEFORE_THE_FIRST_STEP),
    /** All requests move at once after a stage; webhooks are asked after the step and before the promotion. */
    GREEN(1, 100, 1, Begins.BEFORE_THE_FIRST_STEP),
    /** An A/B experiment: nothing moves before its end. */
    COMPARED(0, 0, 1, Begins.WITHOUT_A_WRITE);

    static final List<String> VERSIONS = List.of("v1", "v2");

    private final int steps;
    private final int size;
    private final int stages;
    private final Begins begins;

    /** Where a rollout stands when it begins. */
    enum Begins {
        AT_THE_FIRST_STEP,
        BEFORE_THE_FIRST_STEP,
        WITHOUT_A_WRITE
    }

    CrashKind(int steps, int size, int stages, Begins begins) {
        this.steps = steps;
        this.size = size;
        this.stages = stages;
        this.begins = begins;
    }

    String service() {
        return name().toLowerCase(Locale.ROOT);
    }

    int steps() {
        return steps;
    }

    int stages() {
        return stages;
    }

    Begins begins() {
        return begins;
    }

    int weight(int step) {
        return step * size;
    }

    /** Whether somebody pauses it now and then; a question that was given up by a pause is another one afterwards. */
    boolean isPaused() {
        return this == PLAIN || this == STAGED;
    }

    boolean asksAroundSteps() {
        return this == HOOKED;
    }

    boolean asksBeforePromotion() {
        return this == HOOKED || this == GREEN;
    }

    /** The policy that a rollout follows; empty when its options say it all. */
    String policy(String stable, String candidate, String hooks) {
        String canary = switch (this) {
            case PLAIN -> "";
            case STAGED -> """
                  initialWeight: 20
                  incrementStep: 20
                  incrementDelay: 1s
                  stages:
                    - { match: { headers: { X-Beta: "yes" } } }
                    - { mirror: { share: 50 } }
                """;
            case HOOKED ->
                """
                          initialWeight: 20
                          incrementStep: 20
                          incrementDelay: 1s
                          webhooks:
                        """ + hook("ready", "before-step", hooks)
                        + hook("load", "before-step", hooks)
                        + hook("report", "after-step", hooks)
                        + hook("board", "before-promote", hooks)
                        + hook("chat", "promoted", hooks);
            case GREEN -> """
                  incrementDelay: 1s
                  stages:
                    - { match: { headers: { X-Beta: "yes" } } }
                  blueGreen: { keepFor: 1s }
                  webhooks:
                """ + hook("report", "after-step", hooks) + hook("board", "before-promote", hooks);
            case COMPARED -> "";
        };
        String head = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + service() + "\n";
        return switch (this) {
            case PLAIN -> "";
            case STAGED, HOOKED, GREEN ->
                head + "canary:\n  stable: " + stable + "\n  candidate: " + candidate + "\n" + canary;
            case COMPARED -> head + """
                abTest:
                  versionA: v1
                  versionB: v2
                  splitKey: X-User
                  winner: { minimumDuration: 2s, maximumDuration: 1m, promote: true }
                """;
        };
    }

    private static String hook(String name, String when, String hooks) {
        return "    - { name: " + name + ", when: " + when + ", url: \"" + hooks + "/" + name + "\", timeout: 5s }\n";
    }

    /** What starts one. */
    String start(String stable, String candidate) {
        String options = this == PLAIN
                ? "\"candidate\":\"" + candidate + "\",\"stable\":\"" + stable + "\",\"initialWeight\":" + size
                        + ",\"incrementStep\":" + size + ",\"incrementDelay\":\"1s\","
                : "";
        return "{" + options + "\"by\":\"crash\"}";
    }

    /** How many of a thousand calls of that version fail. */
    int failures(String version) {
        return this == COMPARED && version.equals("v1") ? 50 : 0;
    }
}
