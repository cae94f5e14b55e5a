import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the history of a policy tells of the rollouts of one kind; says what is wrong with it. */
final class CrashTrail {

    private static final Pattern BEGUN = Pattern.compile("rollout (\\d+) begins.*");
    private static final Pattern STAGE = Pattern.compile("rollout (\\d+), stage (\\d+) of (\\d+): .*");
    private static final Pattern STEP = Pattern.compile("rollout (\\d+), step (\\d+) of (\\d+): .*");
    private static final Pattern ENDED = Pattern.compile("rollout (\\d+): .*");
    private static final Pattern ROLLED_BACK = Pattern.compile("rollout (\\d+) rolled back: .*");

    private final CrashKind kind;
    private final CrashHooks hooks;
    private final Consumer<String> wrong;

    /** By rollout: the stage, and the step, that it stands at. */
    private final Map<Long, int[]> at = new TreeMap<>();

    private final Map<Long, CrashedPlane.Revision> ended = new TreeMap<>();
    private int steps;

    CrashTrail(CrashKind kind, CrashHooks hooks, Consumer<String> wrong) {
        this.kind = kind;
        this.hooks = hooks;
        this.wrong = what -> wrong.accept(kind.service() + ": " + what);
    }

    /** Steps and stages. */
    int steps() {
        return steps;
    }

    Collection<Long> ended() {
        return ended.keySet();
    }

    /** All revisions of the policy, the oldest first. */
    CrashTrail read(Collection<CrashedPlane.Revision> revisions) {
        long next = 1;
        for (CrashedPlane.Revision revision : revisions) {
            if (revision.number() != next) {
                wrong.accept("revision " + revision.number() + " where " + next + " was expected");
            }
            next = revision.number() + 1;
            read(revision);
        }
        return this;
    }

    private void read(CrashedPlane.Revision revision) {
        Matcher begun = BEGUN.matcher(revision.reason());
        Matcher stage = STAGE.matcher(revision.reason());
        Matcher step = STEP.matcher(revision.reason());
        Matcher end = ENDED.matcher(revision.reason());
        Matcher back = ROLLED_BACK.matcher(revision.reason());
        if (begun.matches()) {
            begun(Long.parseLong(begun.group(1)), revision);
        } else if (stage.matches()) {
            stage(Long.parseLong(stage.group(1)), Integer.parseInt(stage.group(2)), revision);
        } else if (step.matches()) {
            step(Long.parseLong(step.group(1)), Integer.parseInt(step.group(2)), revision);
        } else if (back.matches()) {
            wrong.accept("of equal versions one was rolled back: " + revision.reason());
        } else if (end.matches()) {
            ended(Long.parseLong(end.group(1)), revision);
        }
    }

    private void begun(long rollout, CrashedPlane.Revision revision) {
        int step = kind.begins() == CrashKind.Begins.AT_THE_FIRST_STEP ? 1 : 0;
        if (at.put(rollout, new int[] {1, step}) != null) {
            wrong.accept("rollout " + rollout + " began twice");
        }
        weight(rollout, step, revision);
    }

    private void stage(long rollout, int stage, CrashedPlane.Revision revision) {
        int[] before = at.get(rollout);
        if (before == null || before[1] != 0 || stage != before[0] + 1 || revision.weight() != 0) {
            wrong.accept("rollout " + rollout + ": stage " + stage + " at " + revision.weight() + " % after "
                    + where(before));
        }
        at.put(rollout, new int[] {stage, 0});
        steps++;
    }

    private void step(long rollout, int step, CrashedPlane.Revision revision) {
        int[] before = at.get(rollout);
        if (before == null || before[0] != kind.stages() || step != before[1] + 1 || ended.containsKey(rollout)) {
            wrong.accept("rollout " + rollout + ": step " + step + " after " + where(before));
        }
        weight(rollout, step, revision);
        if (kind.asksAroundSteps()) {
            asked(rollout, "before-step", step - 1, "ready", revision);
            asked(rollout, "before-step", step - 1, "load", revision);
            if (step > 1) {
                asked(rollout, "after-step", step - 1, "report", revision);
            }
        }
        at.put(rollout, new int[] {kind.stages(), step});
        steps++;
    }

    private void ended(long rollout, CrashedPlane.Revision revision) {
        int[] before = at.get(rollout);
        if (kind != CrashKind.COMPARED && (before == null || before[1] != kind.steps())) {
            wrong.accept("rollout " + rollout + " was promoted after " + where(before));
        }
        if (ended.put(rollout, revision) != null) {
            wrong.accept("rollout " + rollout + " ended twice");
        }
        if (kind.asksBeforePromotion()) {
            asked(rollout, "after-step", kind.steps(), "report", revision);
            asked(rollout, "before-promote", kind.steps(), "board", revision);
        }
    }

    /** What is told after the end arrives later, so this is for the last look. */
    boolean lacksNotices() {
        return kind == CrashKind.HOOKED
                && ended.keySet().stream()
                        .anyMatch(rollout -> !hooks.agreedBy(
                                kind.service() + "/" + rollout + "/promoted/chat", Instant.MAX.minusNanos(1)));
    }

    private void weight(long rollout, int step, CrashedPlane.Revision revision) {
        if (revision.weight() != kind.weight(step)) {
            wrong.accept("rollout " + rollout + ": " + revision.weight() + " % at step " + step);
        }
    }

    /** By one key, and agreed to before the revision was made. */
    private void asked(long rollout, String when, int step, String webhook, CrashedPlane.Revision revision) {
        String question = kind.service() + "/" + rollout + "/" + when + "/" + step + "/" + webhook + "/";
        List<String> keys = hooks.keys(question);
        if (keys.size() != 1) {
            wrong.accept(question + " was asked by the keys " + keys);
        }
        if (!hooks.agreedBy(question, revision.at())) {
            wrong.accept(question + " had not agreed when revision " + revision.number() + " was made");
        }
    }

    private static String where(int[] before) {
        return before == null ? "nothing" : "stage " + before[0] + ", step " + before[1];
    }
}
